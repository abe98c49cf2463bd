import { type EntityKind, type EntityTable, parseSelector } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import { expressionsOf } from '../interpret/normalise.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { asList, compile, compileTyped, firstOf } from './expression.ts'
import { eventCode, originsOf, parameters } from './event.ts'
import { fieldsFunction, setField } from './entities.ts'
import { FunctionWriter, hasList, type ModuleWriter } from './function.ts'

const quote = JSON.stringify

/** A function from one event to its view. */
export function viewFunction(candidate: Candidate, prepared: Prepared, module: ModuleWriter): string {
  const { type, name } = candidate
  const fn = new FunctionWriter(module, originsOf(candidate))
  const event = eventCode(candidate, prepared, fn)
  fn.statement('const fields = new Map()')
  for (const [field, expr] of Object.entries(expressionsOf(candidate)))
    setField(fn, field, prepared, compileTyped(expr, prepared.dictionary.get(field)?.type ?? 'keyword', fn))
  fn.statement(`const entities = ${entitiesCode(candidate, prepared, fn)}`)
  fn.statement('complete(fields, entities, c.prepared)')
  const time = fn.local(firstOf(compileTyped(type.time, 'date', fn)))
  const objects = (type.objects ?? []).map(
    (o) => `objectAt(c.hashMode, ${quote(o.kind)}, ${firstOf(compile(o.id, fn))})`,
  )
  const parts = [
    `type: ${quote(type.id)}, shape: ${quote(name)}, product: ${quote(type.product)}, version: ${type.version}`,
    `eventId: ${event.eventId}`,
    `objects: [${objects.join(', ')}].flat()`,
    `tenant: ${event.tenant}`,
    `time: ${time}`,
    `severity: ${event.severity}`,
    `signature: { id: ${event.signatureId}, name: ${event.signatureName.code}, category: ${event.category?.code ?? 'undefined'} }`,
    'fields, entities',
    `revision: ${event.revision}`,
    `significant: ${significantCode(candidate, fn)}`,
  ]
  fn.statement(`return { ${parts.join(', ')} }`)
  return `(${parameters}) => {\n${fn.body()}\n}`
}

function significantCode({ type }: Candidate, fn: FunctionWriter): string {
  const values = (type.significant ?? []).map((expr) => `(${firstOf(compile(expr, fn))} ?? '')`)
  return values.length === 0 ? "''" : values.join(" + '\\0' + ")
}

function entitiesCode({ type }: Candidate, prepared: Prepared, fn: FunctionWriter): string {
  const lists = (type.entities ?? []).flatMap((rule) => {
    const table = prepared.tables.get(rule.table)
    if (!table) return []
    const selector = parseSelector(rule.list)
    const values = hasList(selector) ? fn.values(selector) : `[${fn.value(selector)}]`
    const entity = fn.module.constant('E', entityFunction(table, prepared, fn.module))
    return [`...${values}.filter(isRecord).map((e) => ${entity}(e, r, l))`]
  })
  return `[${lists.join(', ')}]`
}

/** A function from an element to its entity; the kinds are functions of their own, found by name. */
function entityFunction(table: EntityTable, prepared: Prepared, module: ModuleWriter): string {
  const fn = new FunctionWriter(module, { here: 'h', record: 'r', levels: {} })
  const kinds = Object.entries(table.kinds).map(
    ([name, kind]) => `[${quote(name.toLowerCase())}, ${kindFunction(kind, prepared, module)}]`,
  )
  const rows = module.constant('M', `new Map([${kinds.join(', ')}])`)
  const kind = fn.local(`${firstOf(compile(table.kind, fn))} ?? 'unknown'`)
  const roles = table.roles === undefined ? '[]' : asList(compile(table.roles, fn))
  const verdict = table.verdict === undefined ? 'undefined' : firstOf(compile(table.verdict, fn))
  fn.statement(`return entityOf(${rows}.get(lowerAscii(${kind})), ${kind}, ${roles}, ${verdict}, h, r, l)`)
  return `(h, r, l) => {\n${fn.body()}\n}`
}

function kindFunction(kind: EntityKind, prepared: Prepared, module: ModuleWriter): string {
  const fn = new FunctionWriter(module, { here: 'h', record: 'r', levels: {} })
  const id = kind.id === undefined ? 'undefined' : firstOf(compile(kind.id, fn))
  const name = kind.name === undefined ? 'undefined' : firstOf(compile(kind.name, fn))
  fn.statement(
    `return { class: ${quote(kind.class)}, id: ${id}, name: ${name}, fields: ${fieldsFunction(kind, prepared, module)}(h, r, l) }`,
  )
  return module.constant('N', `(h, r, l) => {\n${fn.body()}\n}`)
}
