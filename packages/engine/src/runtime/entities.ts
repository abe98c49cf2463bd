import type { EntityClass } from '@siembridge/catalog'
import { classOrder, entityRank } from '../interpret/rank.ts'
import { Folded } from '../values/folded.ts'
import type { CallContext } from './event.ts'

type Fields = ReadonlyMap<string, readonly string[]>

interface Kind {
  readonly class: EntityClass
  readonly fields: (element: unknown, record: unknown, levels: unknown) => Fields
}

interface Found {
  readonly kind: Kind
  readonly roles: readonly string[]
  readonly verdict: string | undefined
  readonly element: unknown
}

export type Entities = (here: unknown, record: unknown, levels: unknown) => readonly Found[]

export const kindsOf = (kinds: Readonly<Record<string, Kind>>): Folded<Kind> => new Folded(Object.entries(kinds))

const generic: Kind = { class: 'other', fields: () => new Map() }

export const kindAt = (kinds: Folded<Kind>, name = 'unknown'): Kind => kinds.get(name) ?? generic

/** Fields of the entities that the event is about: for each class the most to the point, classes in order. */
export function primary(entities: Entities, h: unknown, r: unknown, l: unknown, context: CallContext): Fields {
  if (context.primary) return context.primary
  const best = new Map<EntityClass, { readonly found: Found; readonly rank: number }>()
  for (const found of entities(h, r, l)) {
    const rank = entityRank(found.roles, found.verdict)
    const known = best.get(found.kind.class)
    if (!known || rank < known.rank) best.set(found.kind.class, { found, rank })
  }
  const fields = new Map<string, readonly string[]>()
  for (const name of classOrder) {
    const found = best.get(name)?.found
    if (found)
      for (const [field, values] of found.kind.fields(found.element, r, l))
        if (!fields.has(field)) fields.set(field, values)
  }
  context.primary = fields
  return fields
}

export const orElse = (values: readonly string[], others: readonly string[]): readonly string[] =>
  values.length > 0 ? values : others
