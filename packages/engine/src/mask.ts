import { type LogType, parseSelector, type Shape, type Step } from '@siembridge/catalog'
import { isArray, isObject, type Json, type JsonObject, printJson } from './json/json.ts'
import { isAbsent } from './interpret/select.ts'
import { parseJson } from './json/parse.ts'
import { masked } from './values/signatures.ts'
import { lowerAscii } from './values/text.ts'

/** The record with the values of the type's sensitive selectors masked; the same object where there were none. */
export function maskSensitive(record: Json, type: LogType, shape: Shape): Json {
  const root = shape.root === undefined ? [] : parseSelector(shape.root).steps
  return (type.sensitive ?? []).reduce(
    (value, selector) => change(value, [...root, ...parseSelector(selector).steps]),
    record,
  )
}

function change(value: Json, steps: readonly Step[]): Json {
  const [step, ...rest] = steps
  if (!step) return hide(value)
  switch (step.kind) {
    case 'key':
      return isObject(value) ? changeMember(value, step.names, rest) : value
    case 'each':
      return isArray(value)
        ? sameOr(
            value,
            value.map((e) => change(e, rest)),
          )
        : change(value, rest)
    case 'where':
      return isArray(value)
        ? sameOr(
            value,
            value.map((e) => (has(e, step) ? change(e, rest) : e)),
          )
        : value
    case 'json':
      return typeof value === 'string' ? changeNested(value, rest) : change(value, rest)
  }
}

/** What stands for nothing hides nothing. */
const hide = (value: Json): Json => (isAbsent(value) || value === masked ? value : masked)

const sameOr = (before: readonly Json[], after: readonly Json[]): Json =>
  after.every((e, i) => e === before[i]) ? before : after

const has = (element: Json, { key, value }: Extract<Step, { kind: 'where' }>): boolean =>
  isObject(element) && [...element].some(([k, v]) => lowerAscii(k) === lowerAscii(key) && v === value)

/** A secret hides under its name in any case. */
function changeMember(object: JsonObject, names: readonly string[], rest: readonly Step[]): Json {
  const wanted = names.map(lowerAscii)
  const after = new Map([...object].map(([k, v]) => [k, wanted.includes(lowerAscii(k)) ? change(v, rest) : v] as const))
  return [...after].every(([k, v]) => object.get(k) === v) ? object : after
}

function changeNested(text: string, rest: readonly Step[]): Json {
  try {
    const before = parseJson(text)
    const after = change(before, rest)
    return after === before ? text : printJson(after)
  } catch {
    return text
  }
}
