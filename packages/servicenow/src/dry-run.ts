import type { Clock, Logger, Secrets } from '@siembridge/core'
import { Client } from './client/client.ts'
import { isFailure } from './client/table.ts'
import type { ServiceNowOptions } from './options.ts'
import { tablesOf } from './prepare.ts'
import { readEvent, type TicketEvent } from './rules/event.ts'
import { createRules, isDone, type Rule, worst } from './rules/rule.ts'
import { loadSchema } from './schema/load-schema.ts'
import { References } from './schema/references.ts'
import { shippedSchema, type TableSchema } from './schema/schema.ts'
import { render } from './tickets/fields.ts'
import { blocksOf, pack } from './tickets/notes.ts'
import { attachmentName } from './client/attachments.ts'

/** A ticket as it would be made. */
export interface DryTicket {
  readonly table: string
  readonly rule: string
  readonly correlation: string
  /** Alerts in it. */
  readonly alerts: number
  readonly fields: Readonly<Record<string, string>>
  readonly notes: readonly string[]
  readonly attachments: readonly string[]
  /** What a person should know before it is real. */
  readonly remarks: readonly string[]
}

export interface DryRunOptions {
  readonly options: ServiceNowOptions
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Logger
  /** Asks the instance for its fields and names; else what ServiceNow ships is taken, and names stay names. */
  readonly ask: boolean
}

/** The tickets that events (lines of the format `ecs` for state targets) would become. Nothing is written. */
export async function dryRun(
  lines: readonly Buffer[],
  run: DryRunOptions,
): Promise<{ tickets: DryTicket[]; without: number }> {
  const { options, secrets, clock } = run
  const client = run.ask ? new Client(options, secrets, clock) : undefined
  try {
    const references = client && new References(client, () => clock.now())
    const schemas = new Map<string, TableSchema>()
    for (const table of tablesOf(options)) schemas.set(table, await schemaOf(client, table, run.log))
    const rules = createRules(options.rules)
    const { groups, without } = grouped(lines, rules)
    const tickets: DryTicket[] = []
    for (const group of groups.values())
      tickets.push(
        await ticketOf(group, schemas.get(group.rule.table) ?? shippedSchema(group.rule.table), references, options),
      )
    return { tickets, without }
  } finally {
    await client?.close()
  }
}

async function schemaOf(client: Client | undefined, table: string, log: Logger): Promise<TableSchema> {
  const schema = client && (await loadSchema(client, table))
  if (!schema) return shippedSchema(table)
  if (!isFailure(schema) && schema.read) return schema
  log.warn(
    `fields of ${table} cannot be read${isFailure(schema) ? `: ${schema.reason}` : ''}; what ServiceNow ships is taken`,
  )
  return shippedSchema(table)
}

interface Group {
  readonly key: string
  readonly rule: Rule
  readonly events: Map<string, TicketEvent>
}

function grouped(lines: readonly Buffer[], rules: readonly Rule[]): { groups: Map<string, Group>; without: number } {
  const groups = new Map<string, Group>()
  let without = 0
  for (const line of lines) {
    const event = readEvent(line)
    const rule = 'unreadable' in event ? undefined : rules.find((one) => one.takes(event))
    if (!rule || 'unreadable' in event) {
      without++
      continue
    }
    const key = rule.keyOf(event)
    const group = groups.get(key) ?? { key, rule, events: new Map<string, TicketEvent>() }
    groups.set(key, group)
    group.events.set(event.object, event)
  }
  return { groups, without }
}

async function ticketOf(
  { key, rule, events }: Group,
  schema: TableSchema,
  references: References | undefined,
  { attach }: ServiceNowOptions,
): Promise<DryTicket> {
  const all = [...events.values()]
  const lead = all.find(({ ownKind }) => rule.options.group === 'incident' && ownKind === 'incident') ?? all[0]
  const rendered = lead ? await render(rule, lead, schema, references) : { values: {}, remarks: [] }
  const severity = worst(all.map((event) => event.severity))
  const { impact, urgency } = rule.options.severity[severity]
  const items = all.map((event) => ({ event, places: [], attachOnly: false }))
  const length = schema.fields.get('work_notes')?.length || 4000
  const blocks = blocksOf({ key, rule, items, storm: false, lead: lead?.object, before: new Map(), length })
  const resolved = all.every((event) => isDone(event)) && rule.options.on_resolved === 'resolve'
  const values = isFailure(rendered) ? {} : rendered.values
  return {
    table: rule.table,
    rule: rule.name,
    correlation: key,
    alerts: all.length,
    fields: rule.table === 'em_event' ? values : { impact: String(impact), urgency: String(urgency), ...values },
    notes: rule.table === 'em_event' ? [] : pack(blocks, length),
    attachments:
      attach === 'off' ? [] : all.flatMap(({ original }) => (original === undefined ? [] : [attachmentName(original)])),
    remarks: [
      ...(isFailure(rendered) ? [rendered.reason] : rendered.remarks),
      ...(resolved ? ['Microsoft has resolved it: the ticket would be resolved at once'] : []),
    ],
  }
}
