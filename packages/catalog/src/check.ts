import { sharedFields } from './dictionary/dictionary.ts'
import type { EntityTable, Expr, Field, LogType, Shape } from './model.ts'
import { overlaps } from './disjoint.ts'
import { operators } from './operators.ts'
import { parseSelector } from './selector.ts'

/** One thing wrong with the catalog: where, and what to do. */
export interface CatalogProblem {
  readonly where: string
  readonly problem: string
}

/** Refuses a wrong definition: unknown fields and operations, selectors that do not parse, ids and names out of form. */
export function checkCatalog(types: readonly LogType[], tables: readonly EntityTable[]): CatalogProblem[] {
  const problems: CatalogProblem[] = []
  const report = (where: string, problem: string): void => void problems.push({ where, problem })
  checkDictionary(types, report)
  for (const type of types) checkType(type, types, tables, report)
  for (const table of tables) checkTable(table, report)
  for (const { a, b } of overlaps(types)) report(a, `a record could be of ${b} too; give one of them another rank`)
  return problems
}

type Report = (where: string, problem: string) => void

const fieldName = /^(@timestamp|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)$/

function checkDictionary(types: readonly LogType[], report: Report): void {
  const seen = new Map<string, { field: Field; by: string }>()
  for (const [name, field] of Object.entries(sharedFields)) seen.set(name, { field, by: 'the shared dictionary' })
  for (const type of types)
    for (const [name, field] of Object.entries(type.dictionary ?? {})) {
      const known = seen.get(name)
      if (known && (known.by === 'the shared dictionary' || !same(known.field, field)))
        report(`${type.id}.dictionary`, `"${name}" is defined by ${known.by} already; use that one or another name`)
      else seen.set(name, { field, by: type.id })
      if (!name.startsWith('microsoft.')) report(`${type.id}.dictionary`, `"${name}" must stand under microsoft.`)
    }
  for (const [name, { by }] of seen) {
    if (!fieldName.test(name)) report(by, `"${name}" is not lower-case words joined by dots`)
    for (const parent of parents(name))
      if (seen.has(parent)) report(by, `"${name}" lies inside "${parent}", which is a value: one name cannot be both`)
  }
}

const same = (a: Field, b: Field): boolean => JSON.stringify(a) === JSON.stringify(b)

function parents(name: string): string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'))
}

function checkType(type: LogType, types: readonly LogType[], tables: readonly EntityTable[], report: Report): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/.test(type.id))
    report(type.id, 'the id is not service.kind in kebab case')
  if (types.filter((t) => t.id === type.id).length > 1) report(type.id, 'the id is taken twice')
  for (const [name, shape] of Object.entries(type.shapes)) checkShape(`${type.id}.shapes.${name}`, type, shape, report)
  for (const name of Object.keys(type.fields)) checkField(type, name, report)
  for (const [name, expr] of expressions(type)) checkExpr(`${type.id}.${name}`, expr, report)
  for (const rule of type.entities ?? []) {
    if (!tables.some((t) => t.id === rule.table))
      report(`${type.id}.entities`, `there is no entity table "${rule.table}"`)
    checkExpr(`${type.id}.entities`, rule.list, report)
  }
  if (new Set(type.signature.known).size !== type.signature.known.length)
    report(`${type.id}.signature.known`, 'an id stands twice')
}

function checkField(type: LogType, name: string, report: Report): void {
  if (!(name in sharedFields) && !(name in (type.dictionary ?? {})))
    report(`${type.id}.fields`, `"${name}" is in no dictionary; add it to the type's own, under microsoft.`)
  if (name.startsWith('related.'))
    report(`${type.id}.fields`, `"${name}" is derived by the dictionary; do not write it`)
}

function checkShape(where: string, type: LogType, shape: Shape, report: Report): void {
  for (const test of [shape.when.is, shape.when.also]) {
    if (!test) continue
    checkExpr(where, test[0], report)
    if (test.length < 2) report(where, `discriminator "${test[0]}" has no value`)
  }
  if (shape.when.has.length === 0) report(where, 'a shape needs at least one key that it has')
  if (type.generic && (shape.rank ?? 0) < 100) report(where, 'a generic type needs a rank of 100 or more')
  if (shape.root !== undefined) checkExpr(where, shape.root, report)
  if (shape.each !== undefined) checkExpr(where, shape.each, report)
  for (const expr of [...shape.key, shape.tenant, ...Object.values(shape.fields ?? {})]) checkExpr(where, expr, report)
  for (const name of Object.keys(shape.fields ?? {})) checkField(type, name, report)
}

function* expressions(type: LogType): Generator<[string, Expr]> {
  yield ['time', type.time]
  yield ['severity', type.severity]
  yield ['signature.id', type.signature.id]
  yield ['signature.name', type.signature.name]
  if (type.signature.category) yield ['signature.category', type.signature.category]
  if (type.revision) yield ['revision', type.revision]
  for (const expr of type.significant ?? []) yield ['significant', expr]
  for (const expr of type.sensitive ?? []) yield ['sensitive', expr]
  for (const object of type.objects ?? []) yield ['objects', object.id]
  for (const [name, expr] of Object.entries(type.fields)) yield [`fields."${name}"`, expr]
}

function checkTable(table: EntityTable, report: Report): void {
  const where = `entities ${table.id}`
  checkExpr(where, table.kind, report)
  for (const [name, kind] of Object.entries(table.kinds))
    for (const [field, expr] of Object.entries({
      ...kind.fields,
      ...(kind.id && { id: kind.id }),
      ...(kind.name && { name: kind.name }),
    })) {
      checkExpr(`${where}.${name}.${field}`, expr, report)
      if (field !== 'id' && field !== 'name' && !(field in sharedFields))
        report(`${where}.${name}`, `"${field}" is in no dictionary`)
    }
}

function checkExpr(where: string, expr: Expr, report: Report): void {
  if (typeof expr === 'string') return checkSelector(where, expr, report)
  const [op, ...args] = expr
  const form = operators[op]
  if (!form) return report(where, `there is no operation "${op}"`)
  const problem = form.check(args)
  if (problem) report(where, `${op}: ${problem}`)
  else for (const part of form.expressions(args)) checkExpr(where, part, report)
}

function checkSelector(where: string, selector: string, report: Report): void {
  try {
    parseSelector(selector)
  } catch (error) {
    report(where, (error as Error).message)
  }
}
