import { type CharSet, complement, setOf, single } from './char-set.ts'
import type { Cursor } from './cursor.ts'
import { cased, categories, posix, predefined } from './named-sets.ts'

/** Escapes that stand for one char, by their letter. */
const chars: Readonly<Record<string, number | undefined>> = {
  t: 0x09,
  n: 0x0a,
  r: 0x0d,
  f: 0x0c,
  a: 0x07,
  e: 0x1b,
}

/** What Java knows and JavaScript does not, or reads otherwise, by the letter behind the backslash. */
const refused: Readonly<Record<string, string | undefined>> = {
  G: '\\G, the end of the last match',
  R: '\\R, whose backtracking depends on the release of Java',
  X: '\\X, a grapheme cluster',
  N: '\\N, a character by its name',
}

/** A set of characters that an escape stands for. The cursor is behind the backslash. */
export function escapedSet(cursor: Cursor, caseInsensitive: boolean): CharSet {
  const start = cursor.at - 1
  const letter = cursor.text[cursor.at] ?? ''
  const set = predefined[letter]
  if (set) {
    cursor.at++
    return set
  }
  return letter === 'p' || letter === 'P' ? property(cursor, caseInsensitive) : single(escapedCode(cursor, start))
}

/** The code point that an escape stands for. The cursor is behind the backslash, which is at `start`. */
export function escapedCode(cursor: Cursor, start: number): number {
  const letter = cursor.text[cursor.at] ?? ''
  const known = chars[letter]
  if (known !== undefined) {
    cursor.at++
    return known
  }
  const numbered = cursor.match(/0([0-3]?[0-7]?[0-7])|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})/y)
  if (numbered) return codeOf(numbered, cursor, start)
  if (cursor.eat('c')) return cursor.take() ^ 64
  const why = refused[letter]
  if (why !== undefined) cursor.refuse(why, start)
  if (/[A-Za-z0-9]/.test(letter)) cursor.refuse(`\\${letter} is no escape of Java`, start)
  return cursor.take()
}

function codeOf(match: RegExpExecArray, cursor: Cursor, start: number): number {
  const [, octal, short, long, unicode] = match
  const code = octal === undefined ? Number.parseInt(short ?? long ?? unicode ?? '', 16) : Number.parseInt(octal, 8)
  if (unicode !== undefined && code >= 0xd800 && code <= 0xdbff) {
    const low = cursor.match(/\\u(d[c-f][0-9a-f]{2})/iy)
    if (low) return 0x1_00_00 + ((code - 0xd800) << 10) + (Number.parseInt(low[1] ?? '', 16) - 0xdc00)
  }
  if (code > 0x10ffff) cursor.refuse('a number beyond the last code point', start)
  if (code >= 0xd800 && code <= 0xdfff) cursor.refuse('half of a surrogate pair', start)
  return code
}

/** `\p{Lu}`, `\pL`, `\p{Alpha}`, `\p{IsLatin}` and their opposites with `P`. */
function property(cursor: Cursor, caseInsensitive: boolean): CharSet {
  const start = cursor.at - 1
  const found = cursor.match(/([pP])(?:\{(\w+)\}|(\w))/y)
  const name = found?.[2] ?? found?.[3] ?? ''
  const negated = found?.[1] === 'P'
  if (caseInsensitive && cased.has(name)) cursor.refuse(`\\p{${name}} without regard to case`, start)
  const set = posix[name]
  if (set) return negated ? setOf(...complement(set.ranges)) : set
  const spelled = categories.has(name) ? name : script(name)
  if (spelled === undefined)
    cursor.refuse('a property whose members in Java and JavaScript are not known to agree', start)
  return { ranges: [], properties: [`\\${negated ? 'P' : 'p'}{${spelled}}`] }
}

const scripts: ReadonlySet<string> = new Set(
  'Latin Greek Cyrillic Armenian Hebrew Arabic Thai Georgian Hangul Hiragana Katakana Han'.split(' '),
)

function script(name: string): string | undefined {
  const plain = name.startsWith('Is') ? name.slice(2) : ''
  return scripts.has(plain) ? `Script=${plain}` : undefined
}
