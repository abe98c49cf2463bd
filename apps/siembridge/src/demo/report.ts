import { grid } from '../terminal/grid.ts'
import { columns, colour } from '../terminal/style.ts'
import { readLine, textOf } from './judge/index.ts'
import { isBusy } from './open-work.ts'
import type { DemoResult } from './run-demo.ts'
import { count } from './talk.ts'
import { demoTargets } from './targets.ts'

export const leastKills = 5
export const leastEvents = 10_000

/** Everything went as it is promised. */
export const isGood = ({ verdict, kills, collected, exitStatus }: DemoResult): boolean =>
  verdict.ok &&
  collected &&
  exitStatus === 0 &&
  kills.filter(isBusy).length >= leastKills &&
  verdict.targets.every(({ delivered }) => delivered >= leastEvents)

const right = (rows: readonly (readonly string[])[], from: number): string[][] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows.map((row) => row.map((cell, i) => (i < from ? cell : cell.padStart(widths[i] ?? 0))))
}

/** Per source what was issued and collected. */
export function sourceTable({ verdict: { sources } }: DemoResult): string {
  const rows = sources.map(({ stream, issued, collected, superseded, silent }) => [
    stream,
    ...[issued, collected, superseded, silent].map(count),
  ])
  const total = (of: (row: (typeof sources)[number]) => number): string =>
    count(sources.reduce((sum, row) => sum + of(row), 0))
  const sums = [
    'together',
    total((s) => s.issued),
    total((s) => s.collected),
    total((s) => s.superseded),
    total((s) => s.silent),
  ]
  return grid(right([['Source', 'issued', 'collected', 'superseded', 'silent'], ...rows, sums], 1))
}

/** Per target what arrived and how. */
export function targetTable({ verdict: { targets } }: DemoResult): string {
  const head = ['Target', 'by', 'delivered', 'lost', 'doubled', 'repeated', 'within', 'window']
  const rows = targets.map((target) => {
    const { name, delivered, lost, doubled, repeated, repeatedWithin, window } = target
    const title = demoTargets.find((one) => one.name === name)?.title ?? ''
    return [name, title, ...[delivered, lost, doubled, repeated].map(count), kib(repeatedWithin), kib(window)]
  })
  return grid(right([head, ...rows], 2))
}

const kib = (bytes: number): string => `${count(Math.ceil(bytes / 1024))} KiB`

const names: Readonly<Record<string, string>> = { cef: 'CEF', leef: 'LEEF', 'raw+': 'JSON', hec: 'Splunk HEC' }

/** One line of each format as it arrived. */
export const samples = ({ received }: DemoResult): string =>
  demoTargets
    .map((target) => {
      const texts = (received.get(target.name) ?? []).map(textOf)
      const text = texts.find((one) => !readLine(one, target).own) ?? ''
      return `  ${colour('bold', names[target.format] ?? target.format)}\n  ${cut(text.replaceAll('\t', '  '), columns() - 2)}`
    })
    .join('\n')

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)

/** What was wrong, in words; none where all is well. */
export function complaints(result: DemoResult): string[] {
  const { verdict, kills, collected, exitStatus } = result
  const least = Math.min(...verdict.targets.map(({ delivered }) => delivered))
  const busy = kills.filter(isBusy).length
  return [
    ...(collected ? [] : ['The agent had not collected and delivered everything in time.']),
    ...(exitStatus === 0 ? [] : [`The agent ended with status ${exitStatus} after SIGTERM.`]),
    ...(busy >= leastKills ? [] : [`Only ${busy} kills found a page open and unacknowledged events on every target.`]),
    ...(least >= leastEvents ? [] : [`Only ${count(least)} events arrived at one of the targets.`]),
    ...verdict.targets.flatMap(({ name, lost, doubled, unknown, altered, examples }) =>
      lost + doubled + unknown + altered === 0
        ? []
        : [
            `${name}: ${lost} lost, ${doubled} doubled, ${unknown} never issued, ${altered} with other bytes.`,
            ...examples.slice(0, 5).map((example) => `  ${cut(example, columns() - 4)}`),
          ],
    ),
  ]
}
