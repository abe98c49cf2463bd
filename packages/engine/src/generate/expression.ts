import { parseSelector, type Expr, type FieldType } from '@siembridge/catalog'
import { type Code, type FunctionWriter, hasList } from './function.ts'

/** Code that yields what `evaluate` yields. Expressions are pure, so each is computed once a function and kept. */
export function compile(expr: Expr, fn: FunctionWriter): Code {
  if (typeof expr === 'string') return compileSelector(expr, fn)
  const [op, ...args] = expr
  const write = writers[op]
  if (!write) throw new Error(`operation "${op}" cannot be generated`)
  return write(args, fn)
}

function compileSelector(selector: string, fn: FunctionWriter): Code {
  const parsed = parseSelector(selector)
  if (hasList(parsed)) return { code: fn.local(`textsOf(${fn.values(parsed)})`), list: true }
  return { code: fn.local(`textAt(${fn.value(parsed)})`), list: false }
}

const quote = JSON.stringify

/** The first text, or undefined. */
export const firstOf = ({ code, list }: Code): string => (list ? `${code}[0]` : code)
export const asList = ({ code, list }: Code): string => (list ? code : `listOf(${code})`)

// The checker has proved the form of the arguments.
// oxlint-disable-next-line typescript/no-explicit-any
type Writer = (args: readonly any[], fn: FunctionWriter) => Code

/** An operation on each text by a function of the runtime. */
const each =
  (call: (text: string, args: readonly unknown[]) => string): Writer =>
  ([expr, ...rest], fn) =>
    change(compile(expr, fn), (text) => call(text, rest), fn)

/** Applies code to each text of a value; "" and undefined are left out. */
export function change(value: Code, call: (text: string) => string, fn: FunctionWriter): Code {
  if (value.list) return { code: fn.local(`mapped(${value.code}, (t) => ${call('t')})`), list: true }
  return { code: fn.local(`${value.code} === undefined ? undefined : filled(${call(value.code)})`), list: false }
}

const writers: Readonly<Record<string, Writer>> = {
  literal: ([text]) => ({ code: text === '' ? 'undefined' : quote(text), list: false }),
  first: (exprs, fn) => ({ code: fn.local(exprs.map((e) => firstOf(compile(e, fn))).join(' ?? ')), list: false }),
  all: (exprs, fn) => ({ code: fn.local(`unique([${exprs.map((e) => spread(compile(e, fn))).join(', ')}])`), list: true }),
  concat: (exprs, fn) => ({ code: fn.local(`concatenated([${exprs.map((e) => emptyable(e, fn)).join(', ')}])`), list: false }),
  join: ([expr, separator], fn) => {
    const value = compile(expr, fn)
    return value.list ? { code: fn.local(`filled(${value.code}.join(${quote(separator)}))`), list: false } : value
  },
  lower: each((t) => `lowerAscii(${t})`),
  ip: each((t) => `addressOf(${t})`),
  port: each((t) => `portOf(${t})`),
  number: each((t) => `numberOf(${t})`),
  time: each((t, [unit]) => (unit === undefined ? `timeIso(${t})` : `epochIso(${t}, ${quote(unit)})`)),
  part: each((t, [separator, index]) => `partOf(${t}, ${quote(separator)}, ${String(index)})`),
  strip: each((t, [prefix, suffix]) => `stripOf(${t}, ${quote(prefix)}, ${quote(suffix)})`),
  pairs: each((t, [name]) => `pairOf(${t}, ${quote(name)})`),
  dissect: ([expr, patterns, name], fn) => {
    const list = fn.module.constant('D', quote(patterns))
    return change(compile(expr, fn), (t) => `dissectOf(${t}, ${list}, ${quote(name)})`, fn)
  },
  table: ([expr, rows, otherwise], fn) => {
    const value = compile(expr, fn)
    const map = fn.module.constant('T', `rowsOf(${quote(rows)})`)
    const other = otherwise === undefined ? undefined : firstOf(compile(otherwise, fn))
    return change(value, (t) => `rowOf(${map}, ${t}) ?? ${other === undefined ? t : `(${other})`}`, fn)
  },
  when: ([condition, then, otherwise], fn) => {
    const test = compileCondition(condition, fn)
    const yes = compile(then, fn)
    const no: Code = otherwise === undefined ? { code: 'undefined', list: false } : compile(otherwise, fn)
    if (!yes.list && !no.list) return { code: fn.local(`${test} ? ${yes.code} : ${no.code}`), list: false }
    return { code: fn.local(`${test} ? ${asList(yes)} : ${asList(no)}`), list: true }
  },
}

const spread = (value: Code): string => (value.list ? `...${value.code}` : value.code)

/** Within `concat`, an empty literal is a part like any other, also behind `first`. */
function emptyable(expr: Expr, fn: FunctionWriter): string {
  if (typeof expr !== 'string' && expr[0] === 'literal') return quote(expr[1])
  if (typeof expr !== 'string' && expr[0] === 'first') return `(${(expr.slice(1) as Expr[]).map((e) => emptyable(e, fn)).join(' ?? ')})`
  return firstOf(compile(expr, fn))
}

export function compileCondition(condition: Readonly<Record<string, string | readonly string[]>>, fn: FunctionWriter): string {
  const tests = Object.entries(condition).map(([selector, values]) => {
    const value = compileSelector(selector, fn)
    const pattern = fn.module.constant('P', `patternOf(${quote(values)})`)
    if (value.list) return `${value.code}.some((t) => matches(t, ${pattern}))`
    if (values === '*') return `${value.code} !== undefined`
    return `(${value.code} !== undefined && matches(${value.code}, ${pattern}))`
  })
  return tests.length === 0 ? 'true' : tests.join(' && ')
}

/** `ms` is a date as milliseconds since 1970, for dialects that print nothing else. */
export type Wanted = FieldType | 'ms'

const conversions: Readonly<Record<Exclude<Wanted, 'object' | 'keyword' | 'text'>, string>> = {
  ms: 'msOf',
  long: 'longOf',
  float: 'floatOf',
  boolean: 'booleanOf',
  date: 'timeIso',
  ip: 'addressOf',
  port: 'portOf',
}

/** Valid values of a typed expression, as `typed` has them. */
export function compileTyped(expr: Expr, type: Wanted, fn: FunctionWriter): Code {
  if (type === 'object') return compileContainers(expr, fn)
  if (typeof expr !== 'string' && expr[0] === 'first') {
    const parts = (expr.slice(1) as Expr[]).map((part) => firstOf(compileTyped(part, type, fn)))
    return { code: fn.local(parts.join(' ?? ')), list: false }
  }
  const value = compile(expr, fn)
  return type === 'keyword' || type === 'text' ? value : change(value, (t) => `${conversions[type]}(${t})`, fn)
}

function compileContainers(expr: Expr, fn: FunctionWriter): Code {
  if (typeof expr === 'string') {
    const parsed = parseSelector(expr)
    if (hasList(parsed)) return { code: fn.local(`containersOf(${fn.values(parsed)})`), list: true }
    return { code: fn.local(`containerAt(${fn.value(parsed)})`), list: false }
  }
  const parts = (expr.slice(1) as Expr[]).map((part) => compileContainers(part, fn))
  if (expr[0] === 'all') return { code: fn.local(`unique([${parts.map(spread).join(', ')}])`), list: true }
  return { code: fn.local(parts.map(firstOf).join(' ?? ')), list: false }
}
