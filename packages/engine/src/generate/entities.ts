import { type EntityKind, type EntityTable, type LogType, parseSelector } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import { asList, compile, compileTyped, firstOf } from './expression.ts'
import { FunctionWriter, hasList, type ModuleWriter } from './function.ts'

const quote = JSON.stringify
const originsOf = { here: 'h', record: 'r', levels: {} }

/**
 * A function from one event to its entities, in the order of the record, each with what decides whether the event is about it,
 * and a function to its fields: few entities are asked for them.
 */
export function entitiesFunction(type: LogType, prepared: Prepared, module: ModuleWriter): string | undefined {
  const rules = (type.entities ?? []).flatMap((rule) => {
    const table = prepared.tables.get(rule.table)
    return table ? [{ list: rule.list, table }] : []
  })
  if (rules.length === 0) return undefined
  const fn = new FunctionWriter(module, originsOf)
  const lists = rules.map(({ list, table }) => {
    const selector = parseSelector(list)
    const values = hasList(selector) ? fn.values(selector) : `[${fn.value(selector)}]`
    return `...${values}.filter(isRecord).map((e) => ${entityFunction(table, prepared, module)}(e, r, l))`
  })
  fn.statement(`return [${lists.join(', ')}]`)
  return `(h, r, l) => {\n${fn.body()}\n}`
}

/** From an element to the function of its kind, roles and verdict. */
function entityFunction(table: EntityTable, prepared: Prepared, module: ModuleWriter): string {
  const fn = new FunctionWriter(module, originsOf)
  const kinds = Object.entries(table.kinds).map(
    ([name, kind]) =>
      `${quote(name)}: { class: ${quote(kind.class)}, fields: ${fieldsFunction(kind, prepared, module)} }`,
  )
  const rows = module.constant('N', `kindsOf({\n${kinds.join(',\n')}\n})`)
  const kind = fn.local(firstOf(compile(table.kind, fn)))
  const roles = table.roles === undefined ? '[]' : asList(compile(table.roles, fn))
  const verdict = table.verdict === undefined ? 'undefined' : firstOf(compile(table.verdict, fn))
  fn.statement(`return { kind: kindAt(${rows}, ${kind}), roles: ${roles}, verdict: ${verdict}, element: h }`)
  return module.constant('E', `(h, r, l) => {\n${fn.body()}\n}`)
}

/** A function from an element to its normalised fields. */
export function fieldsFunction(kind: EntityKind, prepared: Prepared, module: ModuleWriter): string {
  const fn = new FunctionWriter(module, originsOf)
  fn.statement('const fields = new Map()')
  for (const [field, expr] of Object.entries(kind.fields ?? {})) {
    const type = prepared.dictionary.get(field)?.type
    if (type !== undefined && type !== 'object') setField(fn, field, prepared, compileTyped(expr, type, fn))
  }
  fn.statement('return fields')
  return module.constant('F', `(h, r, l) => {\n${fn.body()}\n}`)
}

export function setField(
  fn: FunctionWriter,
  field: string,
  prepared: Prepared,
  value: Parameters<typeof asList>[0],
): void {
  if (prepared.dictionary.get(field)?.many) {
    const values = fn.local(`unique(${asList(value)})`)
    fn.statement(`if (${values}.length > 0) fields.set(${quote(field)}, ${values})`)
  } else {
    const one = fn.local(firstOf(value))
    fn.statement(`if (${one} !== undefined) fields.set(${quote(field)}, [${one}])`)
  }
}
