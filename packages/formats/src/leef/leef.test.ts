import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatin1, hostile, wellFormed } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { byteLength } from '../text-mode.ts'
import { cutValue } from '../cef/cut.ts'
import { leefHeader, leefKey, leefSubstituted, leefValue } from './escape.ts'
import { leefKeys } from './keys.ts'
import { readLeef } from './read.ts'
import { shrinkLeef } from './shrink.ts'
import { leefLine } from './write.ts'
import type { LeefEvent } from './read.ts'
import type { LeefHeader, LeefPair } from './write.ts'

const header: LeefHeader = { vendor: 'V', product: 'P', deviceVersion: '1', eventId: 'e' }
const keys = ['cat', 'usrName', 'url', 'resource', 'identHostName', 'correlationId', 'user.agent', 'raw-1']

function read(line: string): LeefEvent {
  const event = readLeef(line)
  if (isProblem(event)) throw new Error(`${event.problem} at ${event.at}`)
  return event
}

function pairsOf(text: fc.Arbitrary<string>): fc.Arbitrary<LeefPair[]> {
  return fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), text), { selector: ([key]) => key, maxLength: 6 })
}

function headers(text: fc.Arbitrary<string>): fc.Arbitrary<LeefHeader> {
  const version = fc.constantFrom('1.0' as const, '2.0' as const)
  return fc.record({ version, vendor: text, product: text, deviceVersion: text, eventId: text })
}

describe('the writer', () => {
  test('names the delimiter in 2.0 and not in 1.0', () => {
    expect(
      leefLine(header, [
        ['cat', 'a'],
        ['x', 'b=c'],
      ]),
    ).toBe('LEEF:2.0|V|P|1|e|x09|cat=a\tx=b=c')
    expect(leefLine({ ...header, version: '1.0' }, [['cat', 'a']])).toBe('LEEF:1.0|V|P|1|e|cat=a')
  })

  test('replaces what would end a field or a line, omits empties and makes keys single words', () => {
    expect(leefHeader(' a|b\tc\r\n')).toBe('a/b c')
    expect(leefHeader('')).toBe('unknown')
    expect(leefValue('a\tb\r\nc\0d\u007f ')).toBe('a b c d')
    expect(leefKey('user agent\u00e9=x')).toBe('user_agent_x')
    expect(
      leefLine(header, [
        ['cat', ' \t'],
        ['sev', '5'],
      ]),
    ).toBe('LEEF:2.0|V|P|1|e|x09|sev=5')
  })

  test('cuts predefined attributes to their 255 bytes', () => {
    const { attributes } = read(leefLine(header, [['usrName', 'é'.repeat(300)]]))
    expect(attributes.usrName).toBe(`${'é'.repeat(126)}...`)
  })

  test('knows the predefined keys', () => {
    expect(Object.keys(leefKeys)).toHaveLength(46)
    expect(leefKeys.usrName).toEqual({ type: 'string', max: 255, normalized: true, priority: 1 })
    expect(leefKeys.url?.normalized).toBe(false)
  })
})

test('whatever a line is made of, the strict reader gives it back', () => {
  fc.assert(
    fc.property(headers(hostile), pairsOf(hostile), (head, pairs) => {
      const event = read(leefLine(head, pairs))
      const cut = pairs.map(([key, value]) => [
        key,
        leefSubstituted(cutValue(value, leefKeys[key]?.max ?? 1e9, 'utf8')),
      ])
      expect({ ...event.attributes }).toEqual(Object.fromEntries(cut.filter(([, value]) => value !== '')))
      expect(event.eventId).toBe(leefHeader(head.eventId))
      expect(event.eventId).toBe(byHand(head.eventId.replaceAll('|', '/')) || 'unknown')
      expect(event.version).toBe(head.version)
    }),
    { numRuns: 300 },
  )
})

test('latin1 strings give the same bytes as ordinary ones', () => {
  fc.assert(
    fc.property(pairsOf(wellFormed), wellFormed, fc.integer({ min: 512, max: 9000 }), (pairs, eventId, maxBytes) => {
      const bytes = pairs.map(([key, value]): LeefPair => [key, asLatin1(value)])
      const line = leefLine({ ...header, eventId }, pairs, { maxBytes })
      const options = { mode: 'latin1', maxBytes } as const
      expect(leefLine({ ...header, eventId: asLatin1(eventId) }, bytes, options)).toBe(asLatin1(line))
    }),
    { numRuns: 300 },
  )
})

describe('a line that is too long', () => {
  test('fits its cap, can be read and says that it was shortened', () => {
    fc.assert(
      fc.property(headers(hostile), pairsOf(hostile), fc.integer({ min: 512, max: 4096 }), (head, pairs, maxBytes) => {
        const whole = leefLine(head, pairs)
        const line = shrinkLeef(whole, maxBytes, 'utf8')
        expect(byteLength(line, 'utf8')).toBeLessThanOrEqual(maxBytes)
        expect(read(line).attributes.sbTruncated).toBe(line === whole ? undefined : '1')
      }),
      { numRuns: 300 },
    )
  })

  test('loses attributes of its own from the end, then predefined ones by priority', () => {
    const long = 'x'.repeat(200)
    const whole = leefLine(header, [
      ['own1', long],
      ['usrName', long],
      ['url', long],
      ['own2', long],
      ['sev', '5'],
    ])
    const kept = (max: number): string[] => Object.keys(read(shrinkLeef(whole, max, 'utf8')).attributes)
    expect(kept(800)).toEqual(['own1', 'usrName', 'url', 'sev', 'sbTruncated'])
    expect(kept(600)).toEqual(['usrName', 'url', 'sev', 'sbTruncated'])
    expect(kept(400)).toEqual(['usrName', 'sev', 'sbTruncated'])
  })
})

describe('the reader', () => {
  test.each([
    ['^', '^'],
    ['x5E', '^'],
    ['0x5E', '^'],
    ['x7C', '|'],
    ['x09', '\t'],
    ['', '\t'],
    ['xA6', '\u00a6'],
    ['x00a6', '\u00a6'],
    ['x', 'x'],
  ])('takes the delimiter %j', (field, delimiter) => {
    const event = read(`<13>1 2026-01-18T11:07:53.520Z h LEEF:2.0|V|P|1|e|${field}|a=1${delimiter}b=2=3`)
    expect({ ...event.attributes }).toEqual({ a: '1', b: '2=3' })
    expect([event.delimiter, event.prefix]).toEqual([delimiter, '<13>1 2026-01-18T11:07:53.520Z h '])
  })

  test.each([
    ['no mark', 'CEF:0|', 0],
    ['another version', 'LEEF:3.0|V|P|1|e|', 5],
    ['an empty product', 'LEEF:1.0|V||1|e|', 11],
    ['a header cut short', 'LEEF:1.0|V|P|1|e', 15],
    ['a tab in the header', 'LEEF:1.0|V|P\t|1|e|', 12],
    ['two chars as delimiter', 'LEEF:2.0|V|P|1|e|^^|a=1', 17],
    ['five hex digits', 'LEEF:2.0|V|P|1|e|x00009|a=1', 17],
    ['= as delimiter', 'LEEF:2.0|V|P|1|e|x3D|a=1', 17],
    ['no delimiter field', 'LEEF:2.0|V|P|1|e|a=1', 17],
    ['an attribute without =', 'LEEF:1.0|V|P|1|e|a=1\tb', 21],
    ['a key of two words', 'LEEF:1.0|V|P|1|e|a b=1', 17],
    ['a key repeated', 'LEEF:1.0|V|P|1|e|a=1\ta=2', 21],
    ['an empty value', 'LEEF:1.0|V|P|1|e|a=\tb=2', 19],
    ['a trailing delimiter', 'LEEF:1.0|V|P|1|e|a=1\t', 21],
    ['a line break', 'LEEF:1.0|V|P|1|e|a=1\n', 20],
  ])('refuses %s', (_, line, at) => {
    expect(readLeef(line)).toEqual({ problem: expect.any(String), at })
  })
})

function byHand(text: string): string {
  const spaces = Array.from(text.replaceAll('\r\n', '\n'), (c) => (c < ' ' || c === '\u007f' ? ' ' : c)).join('')
  return spaces.replace(/^ +| +$/g, '')
}
