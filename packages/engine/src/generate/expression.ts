import { parseSelector, type Expr, type FieldType } from '@siembridge/catalog'
import { type Code, joined, literal, together } from './code.ts'
import { type FunctionWriter, hasList } from './function.ts'

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
  if (!hasList(parsed)) return { code: fn.local(`textAt(${fn.value(parsed)})`), list: false, origin: 'record' }
  return {
    code: fn.local(`textsOf(${fn.values(parsed)})`),
    list: true,
    first: fn.local(fn.firstText(parsed)),
    origin: 'record',
  }
}

const quote = JSON.stringify

/** The first text, or undefined. */
export const firstOf = ({ code, list, first }: Code): string => (list ? (first ?? `${code}[0]`) : code)
export const asList = ({ code, list }: Code): string => (list ? code : `listOf(${code})`)

// The checker has proved the form of the arguments.
// oxlint-disable-next-line typescript/no-explicit-any
type Writer = (args: readonly any[], fn: FunctionWriter) => Code

/** An operation on each text by a function of the runtime. */
const each =
  (call: (text: string, args: readonly unknown[]) => string, of?: (code: Code) => Partial<Code>): Writer =>
  ([expr, ...rest], fn) => {
    const value = compile(expr, fn)
    return change(value, (text) => call(text, rest), fn, of?.(value))
  }

/** Applies code to each text of a value; "" and undefined are left out. */
export function change(
  value: Code,
  call: (text: string) => string,
  fn: FunctionWriter,
  facts: Partial<Code> = {},
): Code {
  const { code, list } = value
  const { origin, size } = facts
  const known = { ...(origin && { origin }), ...(size !== undefined && { size }) }
  if (!list) return { code: fn.local(`${code} === undefined ? undefined : filled(${call(code)})`), list, ...known }
  return {
    code: fn.local(`mapped(${code}, (t) => ${call('t')})`),
    list,
    first: fn.local(`firstMapped(${code}, (t) => ${call('t')})`),
    ...known,
  }
}

/** The same for functions of the runtime that take undefined and never give "": nothing stands before it is asked for. */
function convert(value: Code, name: string, size: number, fn: FunctionWriter): Code {
  if (value.list) return change(value, (t) => `${name}(${t})`, fn, { origin: 'ours', size })
  return { code: fn.local(`${name}(${value.code})`), list: false, origin: 'ours', size }
}

const converting =
  (name: string, size: number): Writer =>
  ([expr], fn) =>
    convert(compile(expr, fn), name, size, fn)

const same = ({ origin }: Code): Partial<Code> => (origin ? { origin } : {})
/** A piece of a text. */
const piece = ({ origin }: Code): Partial<Code> => (origin ? { origin: 'cut' } : {})

const parts = each((t, [separator, index]) => `partOf(${t}, ${quote(separator)}, ${String(index)})`, piece)
const lowered = each((t) => `lowerAscii(${t})`, same)
const isPart = (expr: Expr): boolean =>
  typeof expr !== 'string' && expr[0] === 'part' && !/[A-Za-z]/.test(expr[2] as string)

const writers: Readonly<Record<string, Writer>> = {
  literal: ([text]) => ({ code: text === '' ? 'undefined' : quote(text), list: false, ...literal(text) }),
  first: (exprs, fn) =>
    either(
      exprs.map((e) => compile(e, fn)),
      fn,
    ),
  all: (exprs, fn) =>
    allOf(
      exprs.map((e) => compile(e, fn)),
      fn,
    ),
  concat: (exprs, fn) => {
    const parts = exprs.map((e) => emptyable(e, fn))
    return { code: fn.local(`concatenated([${parts.map((p) => p.code).join(', ')}])`), list: false, ...joined(parts) }
  },
  join: ([expr, separator], fn) => {
    const value = compile(expr, fn)
    if (!value.list) return value
    const { origin } = together([value, literal(separator), { origin: 'cut' }])
    return { code: fn.local(`filled(${value.code}.join(${quote(separator)}))`), list: false, ...(origin && { origin }) }
  },
  // Parts of one text in lower case: that is changed once, then cut.
  lower: ([expr], fn) => (isPart(expr) ? parts([['lower', expr[1]], ...expr.slice(2)], fn) : lowered([expr], fn)),
  ip: converting('ipAt', 45),
  port: converting('portAt', 5),
  number: each(
    (t) => `numberOf(${t})`,
    () => ({ origin: 'ours', size: 60 }),
  ),
  time: ([expr, unit], fn) =>
    unit === undefined
      ? convert(compile(expr, fn), 'timeAt', 40, fn)
      : change(compile(expr, fn), (t) => `epochIso(${t}, ${quote(unit)})`, fn, { origin: 'ours', size: 40 }),
  part: parts,
  strip: each((t, [prefix, suffix]) => `stripOf(${t}, ${quote(prefix)}, ${quote(suffix)})`, piece),
  pairs: each((t, [name]) => `pairOf(${t}, ${quote(name)})`, piece),
  dissect: ([expr, patterns, name], fn) => {
    const list = fn.module.constant('D', quote(patterns))
    const value = compile(expr, fn)
    return change(value, (t) => `dissectOf(${t}, ${list}, ${quote(name)})`, fn, piece(value))
  },
  table: ([expr, rows, otherwise], fn) => {
    const value = compile(expr, fn)
    if (Object.entries<string>(rows).some(([key, row]) => beyondAscii.test(row) && !beyondAscii.test(key)))
      throw new Error('a table turns ASCII into more; generated code cannot')
    const map = fn.module.constant('T', `rowsOf(${quote(rows)})`)
    const other = otherwise === undefined ? undefined : compile(otherwise, fn)
    const facts = together([...Object.values<string>(rows).map(literal), other ?? value])
    return change(value, (t) => `rowOf(${map}, ${t}) ?? ${other === undefined ? t : `(${firstOf(other)})`}`, fn, facts)
  },
  when: ([condition, then, otherwise], fn) => {
    const test = compileCondition(condition, fn)
    const yes = compile(then, fn)
    const no: Code = otherwise === undefined ? nothing : compile(otherwise, fn)
    const facts = together([yes, no])
    if (!yes.list && !no.list) return { code: fn.local(`${test} ? ${yes.code} : ${no.code}`), list: false, ...facts }
    const first = fn.local(`${test} ? ${firstOf(yes)} : ${firstOf(no)}`)
    return { code: fn.local(`${test} ? ${asList(yes)} : ${asList(no)}`), list: true, first, ...facts }
  },
}

const beyondAscii = /[^\0-\x7f]/

const nothing: Code = { code: 'undefined', list: false, origin: 'ours', size: 0 }

const either = (parts: readonly Code[], fn: FunctionWriter): Code => ({
  code: fn.local(parts.map(firstOf).join(' ?? ')),
  list: false,
  ...together(parts),
})

const allOf = (parts: readonly Code[], fn: FunctionWriter): Code => ({
  code: fn.local(`union(${parts.map((p) => p.code).join(', ')})`),
  list: true,
  first: fn.local(parts.map(firstOf).join(' ?? ')),
  ...together(parts),
})

/** Within `concat`, an empty literal is a part like any other, also behind `first`. */
function emptyable(expr: Expr, fn: FunctionWriter): Code {
  if (typeof expr !== 'string' && expr[0] === 'literal')
    return { code: quote(expr[1]), list: false, ...literal(expr[1] as string) }
  if (typeof expr !== 'string' && expr[0] === 'first') {
    const parts = (expr.slice(1) as Expr[]).map((e) => emptyable(e, fn))
    return { code: `(${parts.map((p) => p.code).join(' ?? ')})`, list: false, ...together(parts) }
  }
  const value = compile(expr, fn)
  return { ...value, code: firstOf(value), list: false }
}

export function compileCondition(
  condition: Readonly<Record<string, string | readonly string[]>>,
  fn: FunctionWriter,
): string {
  const tests = Object.entries(condition).map(([selector, values]) => {
    const parsed = parseSelector(selector)
    // Whether a value is a container at all: its whole text is not wanted.
    if ((values === '{*' || values === '[*') && !hasList(parsed))
      return `opens(${fn.value(parsed)}, ${quote(values[0])})`
    const value = compileSelector(selector, fn)
    if (values === '*') return `${firstOf(value)} !== undefined`
    const pattern = fn.module.constant('P', `patternOf(${quote(values)})`)
    if (value.list) return `${value.code}.some((t) => matches(t, ${pattern}))`
    return `(${value.code} !== undefined && matches(${value.code}, ${pattern}))`
  })
  return tests.length === 0 ? 'true' : tests.map((test) => fn.local(test)).join(' && ')
}

/** `ms` is a date as milliseconds since 1970, for dialects that print nothing else. */
export type Wanted = FieldType | 'ms'

const conversions: Readonly<
  Record<Exclude<Wanted, 'object' | 'keyword' | 'text'>, readonly [name: string, size: number]>
> = {
  ms: ['msAt', 20],
  long: ['longAt', 20],
  float: ['floatAt', 60],
  boolean: ['booleanAt', 5],
  date: ['timeAt', 40],
  ip: ['ipAt', 45],
  port: ['portAt', 5],
}

/** Valid values of a typed expression, as `typed` has them. */
export function compileTyped(expr: Expr, type: Wanted, fn: FunctionWriter): Code {
  if (type === 'object') return compileContainers(expr, fn)
  if (typeof expr !== 'string' && expr[0] === 'first')
    return either(
      (expr.slice(1) as Expr[]).map((part) => compileTyped(part, type, fn)),
      fn,
    )
  const value = compile(expr, fn)
  return type === 'keyword' || type === 'text' ? value : convert(value, ...conversions[type], fn)
}

function compileContainers(expr: Expr, fn: FunctionWriter): Code {
  if (typeof expr === 'string') {
    const parsed = parseSelector(expr)
    if (hasList(parsed)) return { code: fn.local(`containersOf(${fn.values(parsed)})`), list: true }
    return { code: fn.local(`containerAt(${fn.value(parsed)})`), list: false }
  }
  const parts = (expr.slice(1) as Expr[]).map((part) => compileContainers(part, fn))
  return expr[0] === 'all' ? allOf(parts, fn) : either(parts, fn)
}
