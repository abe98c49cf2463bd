import { maxDepth } from '../json/parse.ts'

/**
 * Thrown by generated code where plain `JSON.parse` objects cannot give what the reference interpreter gives; the record then
 * goes through the interpreter, and the reason is counted.
 */
export class Fallback {
  readonly reason: 'key-case' | 'nested' | 'container' | 'secret' | 'lines'
  constructor(reason: Fallback['reason']) {
    this.reason = reason
  }
}

export const caseFallback = new Fallback('key-case')
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
