import { parseSelector, sentinels, type Step } from '@siembridge/catalog'
import { isArray, isObject, type Json, JsonNumber, type JsonObject, printJson } from '../json/json.ts'
import { readNested } from '../json/nested.ts'
import { lowerAscii } from '../values/text.ts'

/** What a selector can point into. */
export interface Scope {
  /** The shape's root, or the element of `each`. */
  readonly here: Json
  readonly record: Json
  /** Elements on the way to the current one, by the name of their list. */
  readonly levels: ReadonlyMap<string, Json>
}

const absent = new Set(sentinels)

/** The values that a selector points at, absent ones left out. */
export function select(selector: string, scope: Scope): Json[] {
  const { from, steps } = parseSelector(selector)
  let values: Json[] = [
    from === 'here' ? scope.here : from === 'record' ? scope.record : (scope.levels.get(from.level) ?? null),
  ]
  for (const step of steps) values = values.flatMap((value) => take(value, step))
  return values.filter((value) => !isAbsent(value))
}

function take(value: Json, step: Step): readonly Json[] {
  switch (step.kind) {
    case 'key':
      return isObject(value) ? [member(value, step.names)] : []
    case 'each':
      return elements(value)
    case 'where':
      return elements(value).filter((e) => isObject(e) && is(member(e, [step.key]), step.value))
    case 'json':
      return typeof value === 'string' ? [readNested(value) ?? null] : [value]
  }
}

const is = (value: Json, text: string): boolean => value !== null && textOf(value) === text

const elements = (value: Json): readonly Json[] => (isArray(value) ? value : value === null ? [] : [value])

/** The first of the names that has a value, exactly; then the same without regard to ASCII case. */
export function member(object: JsonObject, names: readonly string[]): Json {
  for (const name of names) {
    const value = object.get(name)
    if (value !== undefined && value !== null) return value
  }
  for (const name of names)
    for (const [key, value] of object)
      if (value !== null && key !== name && lowerAscii(key) === lowerAscii(name)) return value
  return null
}

export function isAbsent(value: Json): boolean {
  if (value === null) return true
  if (typeof value === 'string') return absent.has(value)
  if (isArray(value)) return value.length === 0
  return isObject(value) && value.size === 0
}

/** A value as text: containers as their minified source. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value
  return value instanceof JsonNumber ? value.text : printJson(value)
}
