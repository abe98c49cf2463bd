import { evaluate, textsOf } from '../eval/evaluate.ts'
import { extractJson } from './kv-json.ts'
import type { Knowledge, SourcetypeProps } from './knowledge.ts'
import { matches } from './search.ts'

/** An event as it lies in the index. */
export interface IndexedEvent {
  readonly raw: string
  readonly sourcetype: string
}

/** What a search shows of an event. */
export interface FoundEvent {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly eventTypes: readonly string[]
  readonly tags: ReadonlySet<string>
  /** Fields of the event that the limits of automatic extraction keep out. */
  readonly cut: readonly string[]
}

/**
 * Splunk's sequence of search-time operations (Knowledge Manager Manual): automatic extraction, aliases, calculated fields (which
 * do not see each other), lookups, event types, tags.
 */
export function searchTime(event: IndexedEvent, knowledge: Knowledge): FoundEvent {
  const props = knowledge.sourcetypes.get(event.sourcetype)
  const { fields, cut } =
    props?.kvMode === 'json' ? extractJson(event.raw) : { fields: new Map<string, readonly string[]>(), cut: [] }
  fields.set('sourcetype', [event.sourcetype])
  fields.set('_raw', [event.raw])
  if (props) calculate(fields, props, knowledge)
  const eventTypes = knowledge.eventTypes.filter(({ search }) => matches(search, fields)).map(({ name }) => name)
  return { fields, eventTypes, tags: new Set(eventTypes.flatMap((name) => knowledge.tags.get(name) ?? [])), cut }
}

function calculate(fields: Map<string, readonly string[]>, props: SourcetypeProps, { lookups }: Knowledge): void {
  for (const { from, to } of props.aliases) {
    const values = fields.get(from)
    if (values) fields.set(to, values)
    else fields.delete(to)
  }
  const calculated = props.evals.map(({ field, node }) => [field, textsOf(evaluate(node, fields))] as const)
  for (const [field, values] of calculated)
    if (values.length > 0) fields.set(field, values)
    else fields.delete(field)
  for (const { table, input, outputs } of props.lookups) {
    const [value] = fields.get(input) ?? []
    const row = lookups.get(table)?.find((one) => one.get(input) === value)
    for (const [column, field] of outputs) {
      const cell = row?.get(column)
      if (cell !== undefined && cell !== '') fields.set(field, [cell])
    }
  }
}
