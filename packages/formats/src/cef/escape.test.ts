import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { cefHeader, cefSubstituted, cefValue } from './escape.ts'
import { unescapeCef, valueEscapes } from './unescape.ts'

describe('an extension value', () => {
  test.each([
    ['C:\\Windows', 'C:\\\\Windows'],
    ['a=b', 'a\\=b'],
    ['one\r\ntwo\nthree\rfour', 'one\\ntwo\\nthree\\rfour'],
    ['a|b', 'a/b'],
    ['a\tb\0c\u007fd', 'a b c d'],
    ['  padded \t', 'padded'],
    [' \0 ', ''],
    ['ends with \\', 'ends with \\\\'],
  ])('%j is written as %j', (raw, escaped) => {
    expect(cefValue(raw)).toBe(escaped)
  })

  test('comes back as exactly the documented substitution', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        expect(unescapeCef(cefValue(raw), 0, valueEscapes, false)).toBe(substitutedByHand(raw))
        expect(cefSubstituted(raw)).toBe(substitutedByHand(raw))
      }),
      { numRuns: 300 },
    )
  })

  test('bytes of UTF-8 held as latin1 are never touched', () => {
    const everyByte = Array.from({ length: 128 }, (_, i) => String.fromCharCode(128 + i)).join('')
    expect(cefValue(everyByte)).toBe(everyByte)
    expect(cefHeader(everyByte)).toBe(everyByte)
  })
})

describe('a header field', () => {
  test.each([
    ['plain name', 'plain name'],
    ['a|b\\c=d', 'a/b/c:d'],
    ['line\r\nbreak\ttab', 'line break tab'],
    [' padded ', 'padded'],
    ['', 'unknown'],
    ['\n', 'unknown'],
  ])('%j is written as %j', (raw, written) => {
    expect(cefHeader(raw)).toBe(written)
  })
})

/** The table of the README, char by char. */
function substitutedByHand(raw: string): string {
  let out = ''
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (code === 13 && raw.charCodeAt(i + 1) === 10) continue
    if (code === 124) out += '/'
    else if (code === 10 || code === 13) out += raw.charAt(i)
    else out += code < 32 || code === 127 ? ' ' : raw.charAt(i)
  }
  return out.replace(/^ +/, '').replace(/ +$/, '')
}
