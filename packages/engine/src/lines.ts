/** What formats print, event by event and key by key: for generators of parsers, and for what runs them. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { type Dialect, dialectOf } from './dialects/dialect.ts'
import { leefCategory, leefSeverity } from './dialects/leef/fields.ts'
import { type LeefItem, leefPlan } from './dialects/leef/plan.ts'
import { fieldsOfType } from './dialects/slots.ts'
import type { Format } from './formats.ts'
import type { EventView, Inspected } from './inspect.ts'
import { prepare } from './interpret/prepared.ts'

const prepared = prepare(logTypes, entityTables)

/** Attributes that LEEF lines of a log type can have behind the first few, in any shape. A key stands for one field a shape. */
export function leefItems(type: string): readonly LeefItem[] {
  const items = prepared.candidates.filter((c) => c.type.id === type).flatMap((c) => leefPlan(c, prepared))
  return [...new Map(items.map((item) => [`${item.key}\0${item.field}`, item])).values()]
}

/** What a format prints of an event, at most `maxBytes` long where the format can be shrunk; 0 for no limit. */
export const lineOf = (view: EventView, { candidate, text }: Inspected, format: Format, maxBytes = 0): string =>
  dialect(format, maxBytes).encode(view, text, candidate, 'utf8')

const dialects = new Map<string, Dialect>()

function dialect(format: Format, maxBytes: number): Dialect {
  const key = `${format} ${maxBytes}`
  const known = dialects.get(key) ?? dialectOf(format, prepared, maxBytes, Date.now)
  dialects.set(key, known)
  return known
}

/** Whether events of a log type tell how it came out. */
export const hasOutcome = (type: string): boolean => {
  const found = logTypes.find(({ id }) => id === type)
  return found !== undefined && fieldsOfType(found).includes('event.outcome')
}

export { leefCategory, leefSeverity }
export type { LeefItem }
