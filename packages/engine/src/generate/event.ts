import { parseSelector, type Expr } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { compile, firstOf } from './expression.ts'
import { type Code, literal, together } from './code.ts'
import type { FunctionWriter, Origins } from './function.ts'

/** Code of what every event has, whatever the dialect. Variables named here are parameters of the generated functions. */
export interface EventCode {
  readonly signatureId: string
  readonly signatureName: Code
  /** undefined where the type has no category at all. */
  readonly category?: Code
  readonly severity: string
  readonly tenant: string
  /** A local: what makes the revision of the event's object. */
  readonly revision: string
  readonly eventId: string
}

/** Parameters of every generated function over one event: root or element, record, levels, child, and the call's context. */
export const parameters = 'h, r, l, child, c'

export const originsOf = ({ shape }: Candidate): Origins => ({
  // One variable where the root is the record itself, so that its members are looked at once.
  here: shape.root === undefined && shape.each === undefined ? 'r' : 'h',
  record: 'r',
  keys: 'c.keys',
  levels: Object.fromEntries(
    (shape.each === undefined ? [] : levelNames(shape.each)).map((name) => [name, `l[${JSON.stringify(name)}]`]),
  ),
})

/** A list goes by the first of its names. */
const levelNames = (each: string): string[] =>
  parseSelector(each).steps.flatMap((step) => (step.kind === 'key' ? (step.names[0] ?? []) : []))

export function eventCode({ type, shape }: Candidate, prepared: Prepared, fn: FunctionWriter): EventCode {
  const one = (expr: Expr): string => firstOf(compile(expr, fn))
  const first = (value: Code): Code => ({ ...value, code: firstOf(value), list: false })
  const known = Object.fromEntries(
    [...prepared.known(type)].flatMap(([lower, id]) => [
      [lower, id],
      [id, id],
    ]),
  )
  const table = fn.module.constant('T', `rowsOf(${JSON.stringify(known)})`)
  const id = compile(type.signature.id, fn)
  const name = compile(type.signature.name, fn)
  const original = fn.local(firstOf(id))
  const tenant = fn.local(`${one(shape.tenant)} ?? c.tenant`)
  const key = shape.key.map((expr) => `(${one(expr)} ?? '')`).join(" + '\\0' + ")
  const revision = type.revision === undefined ? "''" : fn.local(`${one(type.revision)} ?? ''`)
  return {
    signatureId: `(${original} === undefined ? ${JSON.stringify(type.id)} : rowOf(${table}, ${original}) ?? ${JSON.stringify(type.id)})`,
    signatureName: {
      code: `(${firstOf(name)} ?? ${original} ?? ${JSON.stringify(type.title)})`,
      list: false,
      ...together([name, id, literal(type.title)]),
    },
    ...(type.signature.category !== undefined && { category: first(compile(type.signature.category, fn)) }),
    severity: `severityOf(${one(type.severity)})`,
    tenant,
    revision,
    eventId: `eventId(c.hashMode, ${JSON.stringify(shape.space)}, lowerTenant(${tenant}), nativeKey(${key === '' ? "''" : key}, c), ${revision}, child)`,
  }
}
