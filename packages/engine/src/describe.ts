/** What the catalog and the dialects say of themselves, as rows for lists and documents. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { cefKeyOf, cefWithout, containerReason } from './dialects/cef/fields.ts'
import { cefPlan } from './dialects/cef/plan.ts'
import { flatKey } from './dialects/flat/key.ts'
import { leefPlan } from './dialects/leef/plan.ts'
import { printedFields } from './dialects/printed.ts'
import { sourcetypeOf } from './dialects/hec/sourcetypes.ts'
import { expressionsOf } from './interpret/normalise.ts'
import { prepare } from './interpret/prepared.ts'

const prepared = prepare(logTypes, entityTables)

export interface ShapeRow extends Readonly<Record<string, string | number>> {
  readonly type: string
  readonly shape: string
  readonly fields: number
  readonly sourcetype: string
  readonly from: string
}

/** One row a shape. */
export const shapeRows = (): readonly ShapeRow[] =>
  [...prepared.candidates]
    .toSorted((a, b) => (a.type.id < b.type.id ? -1 : a.type.id > b.type.id ? 1 : 0))
    .map((c) => ({
      type: c.type.id,
      shape: c.name,
      fields: Object.keys(expressionsOf(c)).length,
      sourcetype: sourcetypeOf(c.type.id, c.name),
      from: c.shape.title,
    }))

/** The dictionary. */
export const fieldRows = (): readonly Readonly<Record<string, string | boolean>>[] =>
  [...prepared.dictionary].map(([field, { type, many, meaning }]) => ({ field, type, many, meaning }))

/** Where each field of a type goes in CEF, LEEF and the flat form, or why it does not. */
export function fieldPlacement(id: string): readonly Readonly<Record<string, string>>[] {
  const type = logTypes.find((t) => t.id === id)
  const candidates = prepared.candidates.filter((c) => c.type === type)
  if (!type) return []
  const cef = new Map(
    cefPlan(type, prepared).map((item) => [
      item.field,
      item.label === undefined ? item.key : `${item.key} (${item.label})`,
    ]),
  )
  const leef = new Map(candidates.flatMap((c) => leefPlan(c, prepared).map((item) => [item.field, item.key])))
  return [...new Set(candidates.flatMap((c) => printedFields(c, prepared)))].map((field) => ({
    field,
    type: prepared.dictionary.get(field)?.type ?? '',
    cef: cef.get(field) ?? `- ${without(field)}`,
    leef: leef.get(field) ?? '',
    flat: flatKey(field),
    meaning: prepared.dictionary.get(field)?.meaning ?? '',
  }))
}

const without = (field: string): string =>
  cefWithout[field] ??
  (prepared.dictionary.get(field)?.type === 'object'
    ? containerReason
    : 'every slot of its kind is taken by a more important field')

/** The CEF column of the whole dictionary: a key of its own, a slot by type, or the reason why not. */
export const cefPlacements = (): readonly { readonly field: string; readonly cef: string }[] =>
  [...prepared.dictionary].map(([field, { type }]) => {
    const key = cefKeyOf.find(([name]) => name === field)?.[1]
    const reason = cefWithout[field] ?? (type === 'object' ? containerReason : undefined)
    return { field, cef: key ?? (reason === undefined ? 'slot' : `- ${reason}`) }
  })
