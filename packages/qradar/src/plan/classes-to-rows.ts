import type { EventClass } from '../generate/classes.ts'
import type { MappingKey } from '../generate/mapping-keys.ts'
import type { Plan, PlannedQid, Way } from './model.ts'

/** QID records and mappings of one log source type. */
export interface QidRows {
  readonly qidRecords: PlannedQid[]
  readonly eventMappings: Plan['eventMappings']
}

/** `leef:entra.directory-audit:Add user:failure`; without the last part where an id means one thing alone. */
function keyOf(way: Way, { type, id, outcomes }: EventClass): string {
  const [first = '', ...others] = outcomes
  const part = first === 'unknown' ? ['other'] : others.length === 0 && first !== '' ? [first] : []
  return [way, type, id.trim(), ...part].join(':')
}

/** Rows of classes; of two classes under one key the first counts. */
export function qidRows(
  way: Way,
  type: string,
  classes: readonly EventClass[],
  keysOf: (of: EventClass) => readonly MappingKey[],
): QidRows {
  const qids = new Map<string, PlannedQid>()
  const mappings = new Map<string, Plan['eventMappings'][number]>()
  for (const of of classes) {
    const key = keyOf(way, of)
    const fresh = keysOf(of).filter(({ eventId, category }) => !mappings.has(`${eventId}\0${category}`))
    if (fresh.length === 0) continue
    const { name, description, severity, categories } = of
    qids.set(key, { key, type, name, description, severity, categories: [...categories] })
    for (const { eventId, category } of fresh)
      mappings.set(`${eventId}\0${category}`, { type, eventId, category, qid: key })
  }
  return { qidRecords: [...qids.values()], eventMappings: [...mappings.values()] }
}
