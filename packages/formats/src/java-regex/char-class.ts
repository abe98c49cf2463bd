import { bothCases, type CharSet, printSet, setOf, single, union } from './char-set.ts'
import type { Cursor } from './cursor.ts'
import { escapedSet } from './escape.ts'

/** A class in brackets, as JavaScript. The cursor is behind the `[`. */
export function charClass(cursor: Cursor, caseInsensitive: boolean): string {
  const negated = cursor.eat('^')
  const sets: CharSet[] = []
  // Java takes a `]` in the first place as itself.
  while (sets.length === 0 || !cursor.eat(']')) sets.push(...item(cursor, caseInsensitive))
  const whole = union(sets)
  return printSet(caseInsensitive ? bothCases(whole) : whole, negated)
}

function item(cursor: Cursor, caseInsensitive: boolean): CharSet[] {
  if (cursor.done) cursor.refuse('a class without its ]')
  if (cursor.looksAt('[')) cursor.refuse('a class inside of a class')
  if (cursor.looksAt('&&')) cursor.refuse('an intersection of classes')
  if (cursor.eat('\\Q')) return quoted(cursor).map(single)
  const low = member(cursor, caseInsensitive)
  const [range, ...more] = low.ranges
  const one = range !== undefined && more.length === 0 && range[0] === range[1] && low.properties.length === 0
  if (!cursor.looksAt('-') || /^-[\][]/.test(cursor.text.slice(cursor.at, cursor.at + 2))) return [low]
  if (!one) cursor.refuse('a range that begins with a class')
  return [rangeFrom(range[0], cursor)]
}

function rangeFrom(low: number, cursor: Cursor): CharSet {
  const at = cursor.at++
  const high = member(cursor, false)
  const [range, ...more] = high.ranges
  if (range === undefined || more.length > 0 || range[0] !== range[1] || high.properties.length > 0)
    cursor.refuse('a range that ends with a class', at)
  if (range[0] < low) cursor.refuse('a range that runs backwards', at)
  return setOf([low, range[0]])
}

function member(cursor: Cursor, caseInsensitive: boolean): CharSet {
  return cursor.eat('\\') ? escapedSet(cursor, caseInsensitive) : single(cursor.take())
}

/** The code points between `\Q` and `\E`, or to the end. The cursor is behind the `\Q`. */
export function quoted(cursor: Cursor): readonly number[] {
  const codes: number[] = []
  while (!cursor.done && !cursor.eat('\\E')) codes.push(cursor.take())
  return codes
}
