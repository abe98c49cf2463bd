import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { exit } from '@siembridge/core'
import { inspect } from '@siembridge/engine/inspect'
import { compare, type Comparison, type DemoFormat } from '../demo/compare.ts'
import { startReceiver } from '../demo/receiver.ts'
import { demoSamples } from '../demo/samples.ts'

const formats: readonly DemoFormat[] = ['cef', 'leef', 'flat']
const names: Readonly<Record<DemoFormat, string>> = { cef: 'CEF', leef: 'LEEF', flat: 'JSON' }

/** The record that is shown beside its lines. */
const shownSample = { type: 'entra.sign-in', name: 'graph-failure-at-risk' } as const

/**
 * `siembridge demo`: converts the project's own samples with the real command, sends them over TCP to a receiver started
 * here, reads back what arrived and compares it with what the reference interpreter makes of each record; exit status.
 */
export async function demo(): Promise<number> {
  const samples = demoSamples()
  const records = samples.map((s) => Buffer.from(s.text))
  const input = Buffer.concat(records.flatMap((r) => [r, Buffer.from('\n')]))
  say(
    `${samples.length} made-up records of ${new Set(samples.map((s) => s.type)).size} log types; nothing leaves this machine.\n`,
  )
  const at = Math.max(
    0,
    samples.findIndex((s) => s.type === shownSample.type && s.name === shownSample.name),
  )
  const before = records.slice(0, at).reduce((sum, r) => sum + (inspect(r)?.views.length ?? 0), 0)
  const lines: string[] = []
  let good = true
  for (const format of formats) {
    const receiver = await startReceiver()
    const status = await send(format, receiver.url, input)
    await receiver.close()
    const result = compare(format, records, receiver.messages)
    good &&= status === 0 && result.differences.length === 0
    report(result, receiver.url, status)
    lines.push(receiver.messages[before] ?? '')
  }
  const shown = samples[at]
  if (shown) show(shown, lines)
  say(
    good
      ? mark('green', '\nEvery field arrived as it was sent.')
      : mark('red', '\nSomething did not arrive as it was sent; the lines above say what.'),
  )
  return good ? exit.good : exit.no
}

/** The command itself, as a process of its own. */
async function send(format: DemoFormat, url: string, input: Buffer): Promise<number> {
  const command = join(import.meta.dirname, '../../bin/siembridge.js')
  const header = format === 'flat' ? [] : ['--max-bytes', '65000']
  const child = spawn(process.execPath, [command, 'convert', '--to', format, '--send', url, '--quiet', ...header], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [status] = (await once(child, 'close')) as [number | null]
  return status ?? 1
}

function report(
  { format, sent, arrived, fields, shortened, differences }: Comparison,
  url: string,
  status: number,
): void {
  const verdict =
    differences.length === 0 && status === 0
      ? mark('green', 'all equal')
      : mark('red', `${differences.length} differ, exit status ${status}`)
  const cut = shortened > 0 ? `, ${shortened} shortened to fit and marked so` : ''
  say(
    `${names[format].padEnd(5)} over syslog to ${url}: ${sent} events sent, ${arrived} arrived, ${fields} fields compared${cut}: ${verdict}`,
  )
  for (const difference of differences.slice(0, 10)) say(`        ${difference}`)
}

function show(sample: { type: string; name: string; text: string }, lines: readonly string[]): void {
  say(`\n${mark('bold', `A record (${sample.type}, ${sample.name}):`)}\n${sample.text.trim()}`)
  formats.forEach((format, i) => say(`\n${mark('bold', `As ${names[format]} on the wire:`)}\n${lines[i] ?? ''}`))
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Colours only where a person looks. */
const mark = (style: 'green' | 'red' | 'bold', text: string): string =>
  process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? styleText(style, text) : text
