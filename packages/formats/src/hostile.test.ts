import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength, cutIndex } from './text-mode.ts'

const structural = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\t',
  '\u001b',
  '\u007f',
  '|',
  '=',
  '\\',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '/',
]
const keyLike = [
  ' ',
  '   ',
  ' foo=bar',
  ' cs1=x',
  'msg=',
  '\\n',
  '\\=',
  '\\\\',
  '...',
  'CEF:0|',
  'LEEF:2.0|',
  '<13>1 ',
  'a: ',
]
const accents = ['é', 'ß', '日本', '😀', '👩‍👩‍👧', 'שלום', '\u202e', '\u0085', '\u00a0', '\u2028', '\ufeff', 'ï»¿']
const awkward = [...structural, ...keyLike, ...accents, '\ud800', '\udc00']

const bit = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', maxLength: 20 }), fc.string())
const short = fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(''))
const commandLine = fc.tuple(short, fc.constantFrom(' -enc AAAA', 'é', '😀', '=\\', '\\')).map(long)

function long([start, filler]: [string, string]): string {
  return start + filler.repeat(Math.ceil(32_768 / filler.length))
}

/** Whatever a record may hold: every char that means something to a format, broken Unicode, 32 KB command lines. */
export const hostile = fc.oneof({ weight: 12, arbitrary: short }, { weight: 1, arbitrary: commandLine })

/** The same, but every string has a UTF-8 form (no lone surrogates). */
export const wellFormed = hostile.map((text) => Buffer.from(text).toString())

/** The bytes of a text held as a latin1 string, as the engine passes them through. */
export function asLatin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

// Other test files import the arbitraries above; the tests of this file run only here.
if (expect.getState().testPath?.endsWith('hostile.test.ts')) {
  test('a cut keeps the longest whole prefix and gives the same bytes in both modes', () => {
    fc.assert(
      fc.property(wellFormed, fc.nat(80), (text, max) => {
        const kept = text.slice(0, cutIndex(text, max, 'utf8'))
        const bytes = asLatin1(text)
        expect(bytes.slice(0, cutIndex(bytes, max, 'latin1'))).toBe(asLatin1(kept))
        expect(byteLength(kept, 'utf8')).toBeLessThanOrEqual(max)
        if (kept.length < text.length) {
          const next = String.fromCodePoint(text.codePointAt(kept.length) ?? 0)
          expect(byteLength(kept + next, 'utf8')).toBeGreaterThan(max)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a byte string that is not UTF-8 is cut where the limit is', () => {
    expect(cutIndex('\u0080'.repeat(50), 20, 'latin1')).toBe(20)
  })

  test('a lone surrogate counts the three bytes that replace it', () => {
    expect(byteLength('\ud800', 'utf8')).toBe(3)
    expect(cutIndex('\ud800x', 3, 'utf8')).toBe(1)
  })
}
