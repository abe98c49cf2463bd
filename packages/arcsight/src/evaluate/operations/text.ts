import { isProblem, javaReplace, javaReplacement } from '@siembridge/formats'
import { patternOf } from '../patterns.ts'
import { address, integer, isSet, string, type Value, whole } from '../value.ts'
import { any, type Notes, type Operations, textOf } from './operation.ts'

const onText =
  (change: (text: string) => string) =>
  ([value]: readonly (Value | null)[]): Value | null =>
    value ? string(change(value.text)) : null

function replaced([value, pattern, by]: readonly (Value | null)[], all: boolean): Value | null {
  const regex = patternOf(textOf(pattern))
  if (!value || typeof regex === 'string') return null
  const replacement = javaReplacement(textOf(by), regex)
  return isProblem(replacement) ? null : string(javaReplace(value.text, regex, replacement, all))
}

/** Parts are counted from 1. */
const part = ([value, separator, number]: readonly (Value | null)[]): string =>
  isSet(value ?? null) && isSet(separator ?? null)
    ? (textOf(value).split(textOf(separator))[Number(textOf(number)) - 1] ?? '')
    : ''

const orNull = (text: string): Value | null => (text === '' ? null : string(text))

/** A missing argument is read as nothing; the documents do not say that it does not spoil the whole. */
function concatenated(args: readonly (Value | null)[], notes: Notes): Value {
  if (args.some((arg) => arg === null)) notes.ambiguous('__concatenate of a token that is not set')
  return string(args.map(textOf).join(''))
}

/** Operations that make texts. */
export const textOperations: Operations = {
  stringConstant: { args: [1, 1], gives: 'String', run: ([value]) => string(textOf(value)) },
  getVendor: { args: [1, 1], gives: 'String', run: ([value]) => string(textOf(value)) },
  integerConstant: { args: [1, 1], gives: 'Integer', run: ([value]) => whole(textOf(value), 'Integer') },
  concatenate: { args: [1, any], gives: 'String', run: concatenated },
  toLowerCase: { args: [1, 1], gives: 'String', run: onText((text) => text.toLowerCase()) },
  toUpperCase: { args: [1, 1], gives: 'String', run: onText((text) => text.toUpperCase()) },
  stringTrim: { args: [1, 1], gives: 'String', run: onText((text) => text.trim()) },
  length: { args: [1, 1], gives: 'Integer', run: ([value]) => (value ? integer(value.text.length) : null) },
  split: { args: [3, 3], gives: 'String', run: (args) => orNull(part(args)) },
  splitAsInteger: { args: [3, 3], gives: 'Integer', run: (args) => whole(part(args), 'Integer') },
  splitAsLong: { args: [3, 3], gives: 'Long', run: (args) => whole(part(args), 'Long') },
  splitAsAddress: { args: [3, 3], gives: 'IPAddress', run: (args) => address(part(args)) },
  replaceAll: { args: [3, 3], gives: 'String', pattern: 1, run: (args) => replaced(args, true) },
  replaceFirst: { args: [3, 3], gives: 'String', pattern: 1, run: (args) => replaced(args, false) },
  extractNTDomain: { args: [1, 1], gives: 'String', run: ([v]) => orNull(/^(.*)\\/.exec(textOf(v))?.[1] ?? '') },
  extractNTUser: { args: [1, 1], gives: 'String', run: ([v]) => orNull(textOf(v).replace(/^.*\\/, '')) },
  getTimeZone: { args: [1, 1], gives: 'String', run: ([value]) => string(textOf(value)) },
}
