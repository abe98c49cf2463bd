import type { EntityKind, EntityTable, LogType } from '@siembridge/catalog'
import type { Json } from '../json/json.ts'
import { isObject } from '../json/json.ts'
import { converters } from '../values/convert.ts'
import { lowerAscii } from '../values/text.ts'
import { evaluate, typed } from './evaluate.ts'
import type { Prepared } from './prepared.ts'
import { classOrder, entityRank } from './rank.ts'
import { type Scope, select } from './select.ts'
import type { EntityView } from './view.ts'

const generic: EntityKind = { class: 'other' }

/** Every entity of the event, in the order of the record. */
export function entitiesOf(type: LogType, scope: Scope, prepared: Prepared): EntityView[] {
  return (type.entities ?? []).flatMap((rule) => {
    const table = prepared.tables.get(rule.table)
    if (!table) return []
    return select(rule.list, scope)
      .filter(isObject)
      .map((element) => entityOf(element, table, scope, prepared))
  })
}

function entityOf(element: Json, table: EntityTable, outer: Scope, prepared: Prepared): EntityView {
  const scope: Scope = { here: element, record: outer.record, levels: outer.levels }
  const kindText = evaluate(table.kind, scope)[0] ?? 'unknown'
  const kind = kindOf(table, kindText)
  const verdict = table.verdict && evaluate(table.verdict, scope)[0]
  const id = kind.id && evaluate(kind.id, scope)[0]
  const name = kind.name && evaluate(kind.name, scope)[0]
  return {
    kind: kindText,
    class: kind.class,
    roles: table.roles ? evaluate(table.roles, scope) : [],
    ...(verdict !== undefined && { verdict }),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    fields: valuesOf(kind.fields ?? {}, scope, prepared),
  }
}

/** Table rows by kind, ASCII case aside; an unknown kind is generic and loses nothing but its name. */
export function kindOf(table: EntityTable, kind: string): EntityKind {
  const lower = lowerAscii(kind)
  const key = Object.keys(table.kinds).find((k) => lowerAscii(k) === lower)
  return key === undefined ? generic : (table.kinds[key] ?? generic)
}

/** Expressions to fields, each value converted to the field's type; fields without a valid value are left out. */
export function valuesOf(
  exprs: EntityKind['fields'] & object,
  scope: Scope,
  prepared: Prepared,
): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, expr] of Object.entries(exprs)) {
    const field = prepared.dictionary.get(name)
    if (!field || field.type === 'object') continue
    const convert = converters[field.type]
    const values = [...new Set(typed(expr, convert, scope))]
    if (values.length > 0) found.set(name, field.many ? values : values.slice(0, 1))
  }
  return found
}

/** For each class the entity that the event is about, classes in order. */
export function primaries(entities: readonly EntityView[]): EntityView[] {
  return classOrder.flatMap((wanted) => {
    const [best] = entities
      .filter((e) => e.class === wanted)
      .map((entity) => ({ entity, rank: entityRank(entity.roles, entity.verdict) }))
      .toSorted((a, b) => a.rank - b.rank)
    return best ? [best.entity] : []
  })
}
