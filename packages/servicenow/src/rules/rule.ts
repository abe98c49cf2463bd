import { createFilter } from '@siembridge/engine/filter'
import { fromNative, isOver, type CanonicalState, type System } from '@siembridge/sync'
import { ticketKey } from '../tickets/key.ts'
import { statusOf } from '../tickets/evidence.ts'
import type { Severity, TicketEvent } from './event.ts'
import { defaultFields } from './defaults.ts'
import type { RecordTable, RuleOptions } from './rule-options.ts'
import { parseTemplate, specials, type Template, valuesOf } from './template.ts'
import { fieldsOfEvents } from '@siembridge/engine/filter'

/** A rule at work: which events it takes, what shares a ticket, and what stands in its fields. */
export interface Rule {
  readonly name: string
  readonly options: RuleOptions
  readonly table: RecordTable
  readonly templates: ReadonlyMap<string, Template>
  takes(event: TicketEvent): boolean
  /** Key of the ticket that an event belongs to. */
  keyOf(event: TicketEvent): string
}

export function createRules(all: readonly RuleOptions[]): Rule[] {
  const known = new Set([...fieldsOfEvents(), ...specials])
  return all.map((options) => ruleOf(options, known))
}

function ruleOf(options: RuleOptions, known: ReadonlySet<string>): Rule {
  const { name, when, record, fields } = options
  const written = Object.entries(fields).map(([field, text]) => [field, parseTemplate(text, known)] as const)
  const templates = new Map([...Object.entries(defaultFields[record]), ...written])
  return {
    name,
    options,
    table: record,
    templates,
    takes: when === undefined ? () => true : createFilter<TicketEvent>(when, reader),
    keyOf: (event) => ticketKey(...groupOf(options, event)),
  }
}

const reader = (field: string) => (event: TicketEvent) => valuesOf(event, field)

/** What shares a ticket, as texts. An event without what it is grouped by has a ticket of its own. */
function groupOf({ name, group, by, within }: RuleOptions, event: TicketEvent): string[] {
  const own = ['object', event.object]
  if (group === 'alert') return own
  if (group === 'incident') return ['object', event.objects['incident'] ?? event.object]
  const span = Math.floor((Number.isFinite(event.timeMs) ? event.timeMs : 0) / within)
  if (group === 'time') return ['time', name, event.tenant, String(span)]
  const entity = by.map((field) => valuesOf(event, field)[0]?.toLowerCase() ?? '')
  return entity.every((value) => value === '') ? own : ['entity', name, event.tenant, ...entity, String(span)]
}

const stateSystems: readonly System[] = ['graph-alert', 'graph-incident', 'defender-cloud', 'sentinel', 'cloud-apps']

/** What an event says of the state of its object; undefined where it says nothing. */
export function stateOf(event: TicketEvent): CanonicalState | undefined {
  const [state] = statusOf(event)
  const [verdict] = [
    ...event.values('microsoft.alert.classification'),
    ...event.values('microsoft.incident.classification'),
  ]
  if (state === undefined) return undefined
  for (const system of stateSystems) {
    const found = fromNative(system, { state, ...(verdict !== undefined && { verdict }) })
    if (found) return found
  }
  return undefined
}

export const isDone = (event: TicketEvent): boolean => {
  const state = stateOf(event)
  return state !== undefined && isOver(state)
}

const rank: Readonly<Record<Severity, number>> = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 }

export const worst = (severities: readonly string[]): Severity =>
  severities.reduce<Severity>(
    (most, one) => ((rank[one as Severity] ?? 0) > rank[most] ? (one as Severity) : most),
    'informational',
  )
