import type { DryTicket } from './dry-run.ts'

const priorities: Readonly<Record<string, string>> = {
  '11': '1 - Critical',
  '12': '2 - High',
  '13': '3 - Moderate',
  '21': '2 - High',
  '22': '3 - Moderate',
  '23': '4 - Low',
  '31': '3 - Moderate',
  '32': '4 - Low',
  '33': '5 - Planning',
}
const levels: Readonly<Record<string, string>> = { '1': '1 - High', '2': '2 - Medium', '3': '3 - Low' }

const first = ['short_description', 'impact', 'urgency']
const last = ['description']

/** A ticket as a person would see it in the form. */
export function ticketText({
  table,
  rule,
  correlation,
  alerts,
  fields,
  notes,
  attachments,
  remarks,
}: DryTicket): string {
  const names = Object.keys(fields).filter((name) => fields[name] !== '' && ![...first, ...last].includes(name))
  const priority = priorities[`${fields['impact'] ?? ''}${fields['urgency'] ?? ''}`]
  const row = (name: string, value: string): string =>
    `  ${`${name}:`.padEnd(22)}${value.replaceAll('\n', `\n${' '.repeat(24)}`)}`
  const rows = [
    ...first
      .filter((name) => fields[name])
      .map((name) =>
        row(
          name,
          name === 'short_description' ? (fields[name] ?? '') : (levels[fields[name] ?? ''] ?? fields[name] ?? ''),
        ),
      ),
    ...(priority === undefined ? [] : [row('priority', `${priority} (by ServiceNow's usual rules)`)]),
    ...names.map((name) => row(name, fields[name] ?? '')),
    row('correlation_id', correlation),
    ...last.filter((name) => fields[name]).map((name) => row(name, fields[name] ?? '')),
    ...notes.map((text) => row('work note', text)),
    ...attachments.map((name) => row('attachment', name)),
    ...remarks.map((text) => row('to look at', text)),
  ]
  return `${table}, by rule ${rule}${alerts === 1 ? '' : `, ${alerts} alerts`}\n${rows.join('\n')}\n`
}
