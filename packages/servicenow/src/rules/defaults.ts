import { aboutEvent } from '../tickets/evidence.ts'
import type { TicketEvent } from './event.ts'
import type { RecordTable } from './rule-options.ts'
import type { Template } from './template.ts'

const first = (event: TicketEvent, ...fields: readonly string[]): string =>
  fields.map((field) => event.values(field).join(', ')).find((text) => text !== '') ?? ''

const title: Template = (event) => first(event, 'rule.name') || event.signature.name || event.type

const description: Template = (event) =>
  [first(event, 'message'), aboutEvent(event)].filter((text) => text !== '').join('\n\n')

const display: Template = (event) => `${event.product}/${event.native}`

const task = { short_description: title, description, correlation_display: display }

/** Fields of a record where a rule says nothing of them: they come from the catalog's normalised fields. */
export const defaultFields: Readonly<Record<RecordTable, Readonly<Record<string, Template>>>> = {
  incident: task,
  sn_si_incident: task,
  em_event: {
    node: (event) => first(event, 'host.name', 'host.ip'),
    resource: (event) => first(event, 'user.name', 'user.email', 'cloud.resource.id', 'host.name'),
    type: (event) => event.signature.id,
    metric_name: title,
    description,
  },
}
