import type { EntityClass } from '@siembridge/catalog'
import type { Entity, TicketEvent } from '../rules/event.ts'
import { isObject, valuesAt } from '../rules/event.ts'
import { fit, noCode, oneLine, readable } from './text.ts'

const headings: Readonly<Record<EntityClass, string>> = {
  user: 'Users',
  host: 'Hosts',
  ip: 'Addresses',
  file: 'Files',
  process: 'Processes',
  url: 'URLs',
  mailbox: 'Mailboxes',
  message: 'Messages',
  application: 'Applications',
  resource: 'Resources',
  registry: 'Registry',
  group: 'Groups',
  malware: 'Malware',
  session: 'Sessions',
  network: 'Networks',
  other: 'Others',
}

/** What is told of an entity besides its name, in this order. */
const details = [
  'user.email',
  'user.domain',
  'user.id',
  'host.ip',
  'host.os.name',
  'file.path',
  'file.hash.sha256',
  'process.command_line',
  'process.pid',
  'source.ip',
  'destination.ip',
  'url.full',
  'email.subject',
  'email.sender.address',
] as const

const mostOfOne = 25
const longestLine = 400

/** What a person needs to know of an event, as lines of plain text. */
export function aboutEvent(event: TicketEvent): string {
  const line = (name: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${name}: ${fit(oneLine(values.join(', ')), longestLine)}`]
  const of = (field: string): readonly string[] => event.values(field)
  return [
    ...line('Product', [event.product]),
    ...line('Alert', of('rule.name')),
    ...line('Id', [event.native]),
    ...line('Severity', [event.severity]),
    ...line('Status', statusOf(event)),
    ...line('Tactics', of('threat.tactic.name')),
    ...line('Techniques', of('threat.technique.id')),
    ...line('First activity', of('event.start')),
    ...line('Last activity', of('event.end')),
    ...line('Incident', of('microsoft.incident.id')),
    ...line('Tenant', event.tenant === '' ? [] : [event.tenant]),
    ...line('Link', of('event.url')),
  ].join('\n')
}

export const statusOf = (event: TicketEvent): readonly string[] => {
  const alert = event.values('microsoft.alert.status')
  return alert.length > 0 ? alert : event.values('microsoft.incident.status')
}

/** The evidence, a heading a class of entities. Empty where the event has none. */
export function evidenceOf(event: TicketEvent): string {
  const classes = Map.groupBy(event.entities, (entity) => headings[entity.class] ?? 'Others')
  return [...classes]
    .map(([heading, entities]) => {
      const lines = [...new Set(entities.map(entityLine))]
      const more = lines.length > mostOfOne ? [`  and ${lines.length - mostOfOne} more`] : []
      return [`${heading}:`, ...lines.slice(0, mostOfOne), ...more].join('\n')
    })
    .join('\n')
}

function entityLine(entity: Entity): string {
  const fields = isObject(entity.fields) ? entity.fields : {}
  const name = entity.name ?? entity.id ?? entity.kind
  const told = details.flatMap((path) => valuesAt(fields, path)).filter((value) => value !== name)
  const verdict = entity.verdict === undefined ? [] : [`verdict ${entity.verdict}`]
  const roles = (entity.roles ?? []).filter((role) => role !== '' && role !== 'unknown')
  return `  - ${fit(oneLine([name, ...new Set([...told, ...roles, ...verdict])].join(' | ')), longestLine)}`
}

const changes: readonly (readonly [name: string, fields: readonly string[]])[] = [
  ['status', ['microsoft.alert.status', 'microsoft.incident.status']],
  ['classification', ['microsoft.alert.classification', 'microsoft.incident.classification']],
  ['determination', ['microsoft.alert.determination', 'microsoft.incident.determination']],
  ['assigned in Microsoft to', ['microsoft.alert.assigned_to', 'microsoft.incident.assigned_to']],
  ['comments', ['microsoft.alert.comment_texts', 'microsoft.incident.comment_texts']],
]

/** What a later revision says, as one paragraph. */
export function revisionNote(event: TicketEvent): string {
  const told = changes.flatMap(([name, fields]) => {
    const values = fields.flatMap((field) => event.values(field))
    return values.length === 0 ? [] : [`${name} ${fit(oneLine(values.join('; ')), longestLine)}`]
  })
  const when = event.revision === '' ? event.time : event.revision
  return `Microsoft updated ${oneLine(event.native)} (${oneLine(when)}): severity ${event.severity}${told.map((one) => `, ${one}`).join('')}`
}

/** A note as it may be written: nothing in it is code, and it fits. */
export const note = (text: string, most: number): string => fit(noCode(readable(text)), most)
