/** What the dialects print of each log type: for generators of parsers, which must know every key that can come. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { encodeFlatShortFirst } from './dialects/flat/encode.ts'
import { flatKey } from './dialects/flat/key.ts'
import { type FlatItem, flatPlan } from './dialects/flat/plan.ts'
import { isPublished, ownSourcetype, sourcetypeOf } from './dialects/hec/sourcetypes.ts'
import type { Candidate } from './interpret/recognise.ts'
import type { EventView } from './interpret/view.ts'
import { prepare } from './interpret/prepared.ts'

const prepared = prepare(logTypes, entityTables)

/** Keys of the flat form that events of a log type can have, in any shape; in the order of the lines. Empty for an unknown type. */
export function flatKeys(type: string): readonly FlatItem[] {
  const items = prepared.candidates.filter((c) => c.type.id === type).flatMap((c) => flatPlan(c, prepared))
  return [...new Map(items.map((item) => [item.key, item])).values()]
}

/** Sourcetypes of a log type's records: those that others published, by shape, and our own. */
export function sourcetypesOf(type: string): { readonly published: readonly string[]; readonly own: string } {
  const shapes = prepared.candidates.filter((c) => c.type.id === type).map((c) => sourcetypeOf(type, c.name))
  return { published: [...new Set(shapes.filter((name) => isPublished(name)))], own: ownSourcetype(type) }
}

/** The line that the flat form makes of an event, long members last, as it goes out in the format `hec-flat`. */
export const flatLine = (view: EventView, candidate: Candidate): string =>
  encodeFlatShortFirst(view, flatPlan(candidate, prepared))

export { flatKey }
export type { FlatItem }
