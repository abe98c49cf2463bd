import type { QidRow } from '../evaluate/event.ts'
import type { Plan } from '../plan/model.ts'

/** The event mapping of one log source type as a console would hold it after a plan was applied. */
export type QidTable = (eventId: string, category: string) => QidRow | undefined

/** Event mappings of a plan by log source type. */
export function qidTables({ qidRecords, eventMappings }: Plan): ReadonlyMap<string, QidTable> {
  const qids = new Map(qidRecords.map((row) => [row.key, row]))
  const types = new Map<string, Map<string, QidRow>>()
  for (const { type, eventId, category, qid: key } of eventMappings) {
    const qid = qids.get(key)
    if (!qid) continue
    const rows = types.get(type) ?? new Map<string, QidRow>()
    types.set(type, rows)
    const { name, severity, categories } = qid
    rows.set(`${eventId}\0${category}`, { qid: key, name, severity, category: categories[0] ?? '' })
  }
  return new Map([...types].map(([type, rows]) => [type, (eventId, category) => rows.get(`${eventId}\0${category}`)]))
}
