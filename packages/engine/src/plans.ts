/** What the dialects print of each log type: for generators of parsers, which must know every key that can come. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { flatKey } from './dialects/flat/key.ts'
import { type FlatItem, flatPlan } from './dialects/flat/plan.ts'
import { leefCategory, leefSeverity } from './dialects/leef/fields.ts'
import { type LeefItem, leefPlan } from './dialects/leef/plan.ts'
import { fieldsOfType } from './dialects/slots.ts'
import { prepare } from './interpret/prepared.ts'

const prepared = prepare(logTypes, entityTables)

/** Keys of the flat form that events of a log type can have, in any shape; in the order of the lines. Empty for an unknown type. */
export function flatKeys(type: string): readonly FlatItem[] {
  const items = prepared.candidates.filter((c) => c.type.id === type).flatMap((c) => flatPlan(c, prepared))
  return [...new Map(items.map((item) => [item.key, item])).values()]
}

/** Attributes that LEEF lines of a log type can have behind the first few, in any shape. A key stands for one field a shape. */
export function leefItems(type: string): readonly LeefItem[] {
  const items = prepared.candidates.filter((c) => c.type.id === type).flatMap((c) => leefPlan(c, prepared))
  return [...new Map(items.map((item) => [`${item.key}\0${item.field}`, item])).values()]
}

/** Whether events of a log type tell how it came out. */
export const hasOutcome = (type: string): boolean => {
  const found = logTypes.find(({ id }) => id === type)
  return found !== undefined && fieldsOfType(found).includes('event.outcome')
}

export { flatKey, leefCategory, leefSeverity }
export type { FlatItem, LeefItem }
