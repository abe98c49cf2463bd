/** Where the fields of a log type go in the dialects that several targets share: what parsers are generated from. */
import { entityTables, type Field, type LogType, logTypes } from '@siembridge/catalog'
import { type CefItem, cefPlan } from './dialects/cef/plan.ts'
import { cefWithout, containerReason } from './dialects/cef/fields.ts'
import { encodeFlatShortFirst } from './dialects/flat/encode.ts'
import { flatKey } from './dialects/flat/key.ts'
import { type FlatItem, flatPlan } from './dialects/flat/plan.ts'
import { isPublished, ownSourcetype, sourcetypeOf } from './dialects/hec/sourcetypes.ts'
import { expressionsOf } from './interpret/normalise.ts'
import { prepare } from './interpret/prepared.ts'
import type { Candidate } from './interpret/recognise.ts'
import type { EventView } from './interpret/view.ts'

export { cefSeverity } from './dialects/cef/fields.ts'
export { flatKey }
export { slotLabel } from './dialects/slots.ts'
export type { CefItem } from './dialects/cef/plan.ts'
export type { FlatItem } from './dialects/flat/plan.ts'
export type { Candidate } from './interpret/recognise.ts'

const prepared = prepare(logTypes, entityTables)

export interface TypePlan {
  readonly type: LogType
  /** Its shapes, in the order in which records are tried. */
  readonly shapes: readonly Candidate[]
  /** Columns of CEF, in the order of a line. */
  readonly cef: readonly CefItem[]
  /** Every field that an event of the type can have, in the order of the flat form, shape after shape. */
  readonly flat: readonly FlatItem[]
}

const plans = new Map<string, TypePlan>()

/** Made once. Throws RangeError where there is no such log type. */
export function typePlan(id: string): TypePlan {
  const plan = plans.get(id) ?? planOf(id)
  plans.set(id, plan)
  return plan
}

function planOf(id: string): TypePlan {
  const type = logTypes.find((t) => t.id === id)
  if (!type) throw new RangeError(`there is no log type "${id}"`)
  const shapes = prepared.candidates.filter((c) => c.type === type)
  const flat = new Map(shapes.flatMap((c) => flatPlan(c, prepared)).map((item) => [item.field, item]))
  return { type, shapes, cef: cefPlan(type, prepared), flat: [...flat.values()] }
}

/** Why CEF has no column for a field, where that is a decision and not a lack of slots. */
export const cefReason = (field: string): string | undefined =>
  cefWithout[field] ?? (prepared.dictionary.get(field)?.type === 'object' ? containerReason : undefined)

/** The dictionary's entry of a field. */
export const fieldOf = (name: string): Field | undefined => prepared.dictionary.get(name)

/** Normalised field to expression, of a type in one of its shapes. */
export const expressionsOfShape = (candidate: Candidate): Readonly<Record<string, LogType['fields'][string]>> =>
  expressionsOf(candidate)

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
  encodeFlatShortFirst(view, flatPlan(candidate, prepared), 'utf8')
