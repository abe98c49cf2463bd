import type { Eval, EvalFunction } from './ast.ts'

/** A field has one text or several; a number keeps being one until it is a field. */
export type Value = string | number | boolean | readonly string[] | undefined
/** Fields of an event by name. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** What an expression is over an event; undefined is Splunk's null. */
export function evaluate(node: Eval, fields: Fields): Value {
  switch (node.is) {
    case 'field':
      return fieldValue(fields.get(node.name))
    case 'text':
    case 'number':
      return node.value
    case 'equal':
      return equals(evaluate(node.left, fields), evaluate(node.right, fields))
    case 'all':
      return node.parts.every((part) => evaluate(part, fields) === true)
    case 'any':
      return node.parts.some((part) => evaluate(part, fields) === true)
    case 'call': {
      const late = lazy[node.name]
      return late ? late(node.args, fields) : eager(node, fields)
    }
  }
}

/** Texts of a value as a field holds them; none where it is null. */
export function textsOf(value: Value): readonly string[] {
  if (value === undefined) return []
  if (typeof value === 'object') return value
  return [typeof value === 'string' ? value : String(value)]
}

const fieldValue = (values: readonly string[] | undefined): Value =>
  values === undefined || values.length === 0 ? undefined : values.length === 1 ? values[0] : values

const numeric = /^-?\d+(?:\.\d+)?$/

/** Texts that are both numbers compare as numbers; anything against null is null. */
function equals(left: Value, right: Value): boolean | undefined {
  const lefts = textsOf(left)
  const [against] = textsOf(right)
  if (lefts.length === 0 || against === undefined) return undefined
  return lefts.some((one) =>
    numeric.test(one) && numeric.test(against) ? Number(one) === Number(against) : one === against,
  )
}

type Lazy = (args: readonly Eval[], fields: Fields) => Value

/** Functions that do not look at all their arguments. */
const lazy: Readonly<Partial<Record<EvalFunction, Lazy>>> = {
  coalesce: (args, fields) => args.map((arg) => evaluate(arg, fields)).find((value) => textsOf(value).length > 0),
  case(args, fields) {
    for (let at = 0; at + 1 < args.length; at += 2)
      if (evaluate(args[at] as Eval, fields) === true) return evaluate(args[at + 1] as Eval, fields)
    return undefined
  },
}

type Eager = (args: readonly Value[]) => Value
const one = (value: Value): string | undefined => textsOf(value)[0]

const eagers: Readonly<Record<Exclude<EvalFunction, 'case' | 'coalesce'>, Eager>> = {
  true: () => true,
  isnotnull: ([value]) => textsOf(value).length > 0,
  in: ([value, ...list]) => textsOf(value).some((text) => list.some((other) => one(other) === text)),
  like: ([value, pattern]) => textsOf(value).some((text) => likePattern(one(pattern) ?? '').test(text)),
  lower: ([value]) => one(value)?.toLowerCase(),
  replace: ([value, pattern, by]) => one(value)?.replace(new RegExp(one(pattern) ?? '', 'g'), rewritten(one(by) ?? '')),
  split: ([value, separator]) => one(value)?.split(one(separator) ?? ''),
  mvcount: ([value]) => textsOf(value).length || undefined,
  mvindex: ([value, from, to]) => sliced(textsOf(value), Number(from), to === undefined ? Number(from) : Number(to)),
  mvjoin: ([value, separator]) => (value === undefined ? undefined : textsOf(value).join(one(separator) ?? '')),
  json_extract: ([value, path]) => extracted(one(value), one(path) ?? ''),
}

function eager(node: Extract<Eval, { is: 'call' }>, fields: Fields): Value {
  return eagers[node.name as keyof typeof eagers](node.args.map((arg) => evaluate(arg, fields)))
}

/** `%` is any run of characters, `_` any one. */
const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    's',
  )

/** Splunk writes groups as `\1`. */
const rewritten = (by: string): string => by.replaceAll('$', '$$$$').replaceAll(/\\(\d)/g, '$$$1')

/** Both ends are inside; negative counts from the end. */
function sliced(values: readonly string[], from: number, to: number): Value {
  const start = from < 0 ? values.length + from : from
  const end = to < 0 ? values.length + to : to
  const found = start < 0 ? [] : values.slice(start, end + 1)
  return fieldValue(found)
}

/** A value inside JSON text: `a.b`, `{0}` one element, `{}` every element; objects and arrays come as their text. */
function extracted(source: string | undefined, path: string): Value {
  if (source === undefined) return undefined
  let found: unknown[]
  try {
    found = [JSON.parse(source)]
  } catch {
    return undefined
  }
  for (const step of path.match(/[^.{}]+|\{\d*\}/g) ?? []) found = found.flatMap((value) => stepped(value, step))
  return fieldValue(
    found
      .filter((value) => value !== null && value !== undefined)
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  )
}

function stepped(value: unknown, step: string): unknown[] {
  if (!step.startsWith('{')) {
    const inside = value !== null && typeof value === 'object' && !Array.isArray(value)
    return inside && Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : []
  }
  if (!Array.isArray(value)) return []
  return step === '{}' ? value : [value[Number(step.slice(1, -1))]]
}
