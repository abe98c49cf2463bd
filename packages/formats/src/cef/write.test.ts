import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatin1, hostile, wellFormed } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { byteLength } from '../text-mode.ts'
import { cutValue } from './cut.ts'
import { cefHeader, cefSubstituted } from './escape.ts'
import { cefHeaderMax, cefKeys } from './keys.ts'
import { readCef } from './read.ts'
import { cefLine } from './write.ts'
import type { CefHeader, CefPair } from './write.ts'

const header: CefHeader = { vendor: 'V', product: 'P', version: '1', classId: 'c', name: 'n', severity: 5 }
const textKeys = [
  'duser',
  'shost',
  'msg',
  'suser',
  'request',
  'fname',
  'rawEvent',
  'requestContext',
  'externalId',
  'custom7',
  'filePath',
]

function headers(text: fc.Arbitrary<string>): fc.Arbitrary<CefHeader> {
  const severity = fc.integer({ min: 0, max: 10 })
  return fc.record({ vendor: text, product: text, version: text, classId: text, name: text, severity })
}

function pairsOf(text: fc.Arbitrary<string>): fc.Arbitrary<CefPair[]> {
  return fc.uniqueArray(fc.tuple(fc.constantFrom(...textKeys), text), { selector: ([key]) => key, maxLength: 8 })
}

function expectedExtensions(pairs: readonly CefPair[]): Record<string, string> {
  const cut = pairs.map(([key, value]) => [key, cefSubstituted(cutValue(value, cefKeys[key]?.max ?? 1e9, 'utf8'))])
  return Object.fromEntries(cut.filter(([, value]) => value !== ''))
}

test('a line has seven pipes, single spaces, escaped values and nothing after the last value', () => {
  const line = cefLine(header, [
    ['rt', '1753372800123'],
    ['dst', ''],
    ['msg', 'a=b\nc|d '],
    ['cs1', 'C:\\x'],
    ['cs1Label', 'Path'],
    ['cs2', ' '],
    ['cs2Label', 'Nothing'],
  ])
  expect(line).toBe(String.raw`CEF:0|V|P|1|c|n|5|rt=1753372800123 msg=a\=b\nc/d cs1=C:\\x cs1Label=Path`)
})

test('whatever a line is made of, the strict reader gives it back', () => {
  fc.assert(
    fc.property(headers(hostile), pairsOf(hostile), (head, pairs) => {
      const event = readCef(cefLine(head, pairs))
      if (isProblem(event)) throw new Error(event.problem)
      expect({ ...event.extensions }).toEqual(expectedExtensions(pairs))
      expect(event.severity).toBe(head.severity)
      expect(event.name).toBe(cefHeader(cutValue(head.name, cefHeaderMax.name, 'utf8')))
      expect(event.vendor).toBe(cefHeader(cutValue(head.vendor, cefHeaderMax.vendor, 'utf8')))
    }),
    { numRuns: 300 },
  )
})

test('latin1 strings give the same bytes as ordinary ones', () => {
  fc.assert(
    fc.property(
      headers(wellFormed),
      pairsOf(wellFormed),
      fc.integer({ min: 512, max: 9000 }),
      (head, pairs, maxBytes) => {
        const bytes = pairs.map(([key, value]): CefPair => [key, asLatin1(value)])
        const { severity, ...texts } = head
        const fields = Object.entries(texts).map(([name, text]) => [name, asLatin1(text)])
        const binaryHead = { ...Object.fromEntries(fields), severity } as CefHeader
        const line = cefLine(head, pairs, { maxBytes })
        expect(cefLine(binaryHead, bytes, { mode: 'latin1', maxBytes })).toBe(asLatin1(line))
      },
    ),
    { numRuns: 300 },
  )
})

describe('a cut value', () => {
  test('never exceeds its limit, ends with dots and is a prefix', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 300 }), (text, max) => {
        const cut = cutValue(text, max, 'utf8')
        expect(byteLength(cut, 'utf8')).toBeLessThanOrEqual(max)
        if (cut !== text) expect(cut.endsWith('...') && text.startsWith(cut.slice(0, -3))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('of exactly the limit stays whole', () => {
    expect(cutValue('é'.repeat(20), 40, 'utf8')).toBe('é'.repeat(20))
    expect(cutValue('é'.repeat(21), 40, 'utf8')).toBe(`${'é'.repeat(18)}...`)
  })

  test('has the length of its column', () => {
    expect(cefLine(header, [['externalId', 'x'.repeat(56)]])).toContain(`externalId=${'x'.repeat(37)}...`)
  })
})

test('a key that CEF cannot carry and a severity outside 0 to 10 are programming errors', () => {
  expect(() => cefLine(header, [['a b', 'x']])).toThrow(RangeError)
  expect(() => cefLine({ ...header, severity: 11 }, [])).toThrow(RangeError)
})
