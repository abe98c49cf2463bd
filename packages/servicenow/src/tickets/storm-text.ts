import type { Member } from '@siembridge/sync'
import type { ServiceNowOptions } from '../options.ts'
import { fit, oneLine } from './text.ts'

const mostTitles = 10
const mostIds = 20

const counts = (texts: readonly string[]): [string, number][] =>
  [...Map.groupBy(texts, (text) => text)]
    .map(([text, all]): [string, number] => [text, all.length])
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))

/** Title and description of a ticket that stands for many alerts. */
export function stormTexts(
  rule: string,
  members: readonly Member[],
  { tickets, within }: ServiceNowOptions['storm'],
): { readonly short_description: string; readonly description: string } {
  const hours = Math.round((within / 3_600_000) * 10) / 10
  const severities = counts(members.map(({ severity }) => severity)).map(([name, n]) => `${n} ${name}`)
  const titles = counts(members.map(({ title }) => oneLine(title)))
  const newest = members.slice(-mostIds).toReversed()
  return {
    short_description: `Alert storm: ${members.length} alerts of rule ${rule} beyond ${tickets} tickets`,
    description: [
      `Rule ${rule} had made ${tickets} tickets within ${hours} h. ${members.length} more alerts are folded into this one: ${severities.join(', ')}.`,
      'Each stands in the work notes with its id; search for the id to find it.',
      `Most frequent:\n${titles
        .slice(0, mostTitles)
        .map(([title, n]) => `  ${n} x ${fit(title, 100)}`)
        .join('\n')}`,
      `Newest:\n${newest.map(({ native, title }) => `  ${fit(oneLine(native), 100)}  ${fit(oneLine(title), 60)}`).join('\n')}`,
    ].join('\n\n'),
  }
}

/** One alert of a storm, as a line of a work note. */
export const stormLine = (severity: string, title: string, native: string, status: string): string =>
  `- ${severity} | ${fit(oneLine(title), 80)} | ${oneLine(native)}${status === '' ? '' : ` | ${oneLine(status)}`}`
