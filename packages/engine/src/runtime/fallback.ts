import { maxDepth } from '../json/parse.ts'

/**
 * Thrown by generated code where plain `JSON.parse` objects cannot give what the reference interpreter gives; the record then
 * goes through the interpreter, and the reason is counted.
 */
export class Fallback {
  readonly reason: 'key-case' | 'escaped-key' | 'nested' | 'container' | 'secret' | 'lines'
  constructor(reason: Fallback['reason']) {
    this.reason = reason
  }
}

export const caseFallback = new Fallback('key-case')
export const escapedKeyFallback = new Fallback('escaped-key')
export const nestedFallback = new Fallback('nested')
export const secretFallback = new Fallback('secret')
export const containerFallback = new Fallback('container')
export const linesFallback = new Fallback('lines')

// Numbers whose text JSON.parse does not give back: 16 digits and more, exponents, trailing zeros of a fraction, tiny
// ones, minus zero. Behind a member's name or in a list; what only looks like one inside a string costs time, no more.
const odd =
  /(?:"[ \t\r\n]*:|[[,])[ \t\r\n]*-?(?:[\d.]{17}|\d{16}|0\.0{5}|\d+\.\d*0(?![\d.])|\d+(?:\.\d+)?[eE]|(?<=-)0(?![.\d]))/

export const hasOddNumber = (text: string): boolean => odd.test(text)

/** More opening brackets than the interpreter's parser goes deep: it decides whether they are nested. */
export function mayNestDeep(text: string): boolean {
  if (text.length < maxDepth * 2) return false
  let left = maxDepth
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) if (--left < 0) return true
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) if (--left < 0) return true
  return false
}

/**
 * Whether a member's name may hold an escape. V8 13.6 (Node 24) takes such a name for another one of its length: after
 * `{"a":1,"\\":2}` it reads `{"a":1,"\u0063":2}` with the name of the former.
 */
export function hasEscapedKey(text: string): boolean {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
    at = stringEnd(text, at)
    endOfName.lastIndex = at
    if (endOfName.test(text)) return true
  }
  return false
}

const endOfName = /"[ \t\r\n]*:/y

/** Place of the quote that ends the string in which an escape begins at `from`. */
function stringEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
