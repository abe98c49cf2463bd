import { dictionaryOf, type EntityTable, type Field, type LogType } from '@siembridge/catalog'
import { lowerAscii } from '../values/text.ts'
import { type Candidate, candidates } from './recognise.ts'

/** The catalog, laid out for reading: what both engines start from. */
export interface Prepared {
  readonly types: readonly LogType[]
  readonly tables: ReadonlyMap<string, EntityTable>
  readonly dictionary: ReadonlyMap<string, Field>
  readonly candidates: readonly Candidate[]
  /** Fields that are computed from another: name, source, how. In dictionary order. */
  readonly derived: readonly (readonly [name: string, field: Field])[]
  /** Fields whose values are collected into `related.*`. In dictionary order. */
  readonly related: readonly (readonly [name: string, into: string])[]
  /** Known signature ids of a type by their lower-case form. */
  known(type: LogType): ReadonlyMap<string, string>
}

export function prepare(types: readonly LogType[], tables: readonly EntityTable[]): Prepared {
  const dictionary = dictionaryOf(types)
  const entries = [...dictionary]
  const known = new Map(types.map((t) => [t.id, new Map(t.signature.known.map((id) => [lowerAscii(id), id]))]))
  return {
    types,
    tables: new Map(tables.map((t) => [t.id, t])),
    dictionary,
    candidates: candidates(types),
    derived: entries.filter(([, field]) => field.derived),
    related: entries.flatMap(([name, field]) => (field.related ? [[name, `related.${field.related}`] as const] : [])),
    known: (type) => known.get(type.id) ?? new Map(),
  }
}
