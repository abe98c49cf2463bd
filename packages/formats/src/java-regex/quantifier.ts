import type { Cursor } from './cursor.ts'
import { type Part, repeated } from './part.ts'

const int = 2_147_483_647

/** The part with the quantifier that stands behind it, if one does. */
export function quantified(cursor: Cursor, part: Part): Part {
  const at = cursor.at
  const found = cursor.match(/[*+?]|\{(\d+)(?:(,)(\d*))?\}/y)
  if (!found) {
    if (cursor.looksAt('{')) cursor.refuse('a { that begins no quantifier; Java wants it escaped')
    return part
  }
  if (cursor.looksAt('+')) cursor.refuse('a possessive quantifier', at)
  const [least, most] = bounds(found)
  if (least > int || (most !== Infinity && (most > int || most < least)))
    cursor.refuse('a quantifier that Java refuses', at)
  const suffix = found[0] + (cursor.eat('?') ? '?' : '')
  if (cursor.match(/[*+?{]/y)) cursor.refuse('a quantifier behind a quantifier', cursor.at - 1)
  const doubt = doubtful(part, most)
  if (doubt !== undefined) cursor.refuse(doubt, at)
  return repeated(part, suffix, least, most)
}

function bounds([text, least, comma, most]: RegExpExecArray): readonly [least: number, most: number] {
  if (least === undefined) return [text === '+' ? 1 : 0, text === '?' ? 1 : Infinity]
  if (comma === undefined) return [Number(least), Number(least)]
  return [Number(least), most === '' || most === undefined ? Infinity : Number(most)]
}

/**
 * Where the two languages repeat differently: Java ends a loop whose turn matched nothing and keeps what a group held from the
 * turn before; JavaScript tries the next way instead, and forgets.
 */
function doubtful(part: Part, most: number): string | undefined {
  if (part.min === 0 && !part.assertion && most > 0) return 'a repeated part that can match nothing'
  if (most > 1 && part.groups.some((group) => !part.sure.includes(group)))
    return 'a repeated part with a group that not every turn sets'
  return undefined
}
