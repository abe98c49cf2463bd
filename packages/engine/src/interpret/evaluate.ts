import type { Expr } from '@siembridge/catalog'
import { isArray, isObject, type Json, printJson } from '../json/json.ts'
import { addressOf, portOf } from '../values/address.ts'
import { matches, patternOf } from '../values/match.ts'
import { numberOf } from '../values/scalar.ts'
import { dissectOf, lowerAscii, pairOf, partOf, stripOf } from '../values/text.ts'
import { epochIso, timeIso } from '../values/time.ts'
import { type Scope, select, textOf } from './select.ts'

/** The texts that an expression yields. This is what the words of the catalog mean; the generator must agree with it. */
export function evaluate(expr: Expr, scope: Scope): string[] {
  if (typeof expr === 'string') return select(expr, scope).map(textOf)
  const [op, ...args] = expr
  const run = operations[op]
  if (!run) throw new Error(`operation "${op}" is not known; the checker should have refused it`)
  return run(args, scope)
}

// The checker has proved the form of the arguments of every operation.
// oxlint-disable-next-line typescript/no-explicit-any
type Arguments = any[]
type Operation = (args: Arguments, scope: Scope) => string[]

const each =
  (change: (text: string, args: Arguments) => string | undefined): Operation =>
  ([expr, ...rest], scope) =>
    present(evaluate(expr, scope).map((text) => change(text, rest)))

/** An operation whose result is "" has found nothing. */
const present = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((t): t is string => t !== undefined && t !== '')

const operations: Readonly<Record<string, Operation>> = {
  literal: ([text]) => present([text]),
  first: (exprs: Expr[], scope) => {
    for (const expr of exprs) {
      const found = evaluate(expr, scope)
      if (found.length > 0) return found.slice(0, 1)
    }
    return []
  },
  all: (exprs: Expr[], scope) => [...new Set(exprs.flatMap((expr) => evaluate(expr, scope)))],
  concat: (exprs: Expr[], scope) => {
    const parts = exprs.map((expr) => evaluateEmpty(expr, scope))
    return parts.includes(undefined) ? [] : present([parts.join('')])
  },
  join: ([expr, separator], scope) => present([evaluate(expr, scope).join(separator)]),
  lower: each(lowerAscii),
  ip: each(addressOf),
  port: each(portOf),
  number: each(numberOf),
  time: each((text, [unit]) => (unit ? epochIso(text, unit) : timeIso(text))),
  part: each((text, [separator, index]) => partOf(text, separator, index)),
  strip: each((text, [prefix, suffix]) => stripOf(text, prefix, suffix)),
  pairs: each((text, [name]) => pairOf(text, name)),
  dissect: each((text, [patterns, name]) => dissectOf(text, patterns, name)),
  table: ([expr, rows, otherwise], scope) => {
    const lookup = lowerRows(rows)
    return evaluate(expr, scope).flatMap((text) => {
      const row = lookup.get(lowerAscii(text))
      if (row !== undefined) return present([row])
      return otherwise === undefined ? [text] : evaluate(otherwise, scope).slice(0, 1)
    })
  },
  when: ([condition, then, otherwise], scope) => {
    if (holds(condition, scope)) return evaluate(then, scope)
    return otherwise === undefined ? [] : evaluate(otherwise, scope)
  },
}

/** Within `concat` an empty literal is a part like any other. */
function evaluateEmpty(expr: Expr, scope: Scope): string | undefined {
  if (typeof expr !== 'string' && expr[0] === 'literal') return expr[1] as string
  if (typeof expr !== 'string' && expr[0] === 'first') {
    for (const part of expr.slice(1) as Expr[]) {
      const found = evaluateEmpty(part, scope)
      if (found !== undefined) return found
    }
    return undefined
  }
  return evaluate(expr, scope)[0]
}

const rowsCache = new WeakMap<object, ReadonlyMap<string, string>>()
function lowerRows(rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  let lookup = rowsCache.get(rows)
  if (!lookup) rowsCache.set(rows, (lookup = new Map(Object.entries(rows).map(([k, v]) => [lowerAscii(k), v]))))
  return lookup
}

export function holds(condition: Readonly<Record<string, string | readonly string[]>>, scope: Scope): boolean {
  return Object.entries(condition).every(([selector, values]) => {
    const pattern = patternOf(values)
    return select(selector, scope).some((value) => matches(textOf(value), pattern))
  })
}

/**
 * The valid values of a typed expression: `first` goes on to its next part where a value is not of the type, so that a
 * garbled address does not hide a good one.
 */
export function typed(expr: Expr, convert: (text: string) => string | undefined, scope: Scope): string[] {
  if (typeof expr === 'string' || expr[0] !== 'first') return present(evaluate(expr, scope).map(convert))
  for (const part of expr.slice(1) as Expr[]) {
    const found = typed(part, convert, scope)
    if (found.length > 0) return found.slice(0, 1)
  }
  return []
}

/**
 * Containers for fields of type `object`: minified source. A scalar that stands where a container should becomes
 * `{"value": …}`, so that the field is an object in every event (a SIEM's index refuses a mixture).
 */
export function containers(expr: Expr, scope: Scope): string[] {
  if (typeof expr === 'string') return select(expr, scope).map(asContainer)
  const [op, ...args] = expr
  const parts = args as readonly Expr[]
  if (op === 'all') return [...new Set(parts.flatMap((part) => containers(part, scope)))]
  if (op !== 'first') throw new Error(`operation "${op}" cannot yield an object`)
  for (const part of parts) {
    const found = containers(part, scope)
    if (found.length > 0) return found.slice(0, 1)
  }
  return []
}

const asContainer = (value: Json): string =>
  isObject(value) || isArray(value) ? printJson(value) : `{"value":${printJson(value)}}`
