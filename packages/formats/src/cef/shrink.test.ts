import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatin1, hostile } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { byteLength } from '../text-mode.ts'
import { readCef } from './read.ts'
import { cefCaps, shrinkCef } from './shrink.ts'
import { cefLine } from './write.ts'
import type { CefHeader, CefPair } from './write.ts'

const header: CefHeader = { vendor: 'V', product: 'P', version: '1', classId: 'c', name: 'n', severity: 5 }
const always = ['rt', 'externalId', 'src', 'suser', 'act'] as const

function keysOf(line: string): string[] {
  const event = readCef(line)
  if (isProblem(event)) throw new Error(`${event.problem} at ${event.at} of ${line}`)
  return Object.keys(event.extensions)
}

function labelled(key: string, value: string): CefPair[] {
  return [
    [key, value],
    [`${key}Label`, `Label of ${key}`],
  ]
}

const wide = fc
  .tuple(hostile, hostile, hostile, hostile, hostile)
  .map(([msg, cs1, cs6, suser, own]): CefPair[] => [
    ['rt', '1753372800123'],
    ['msg', `m${msg}`],
    ['own', `o${own}`],
    ...labelled('cs1', `1${cs1}`),
    ...labelled('cs6', `6${cs6}`),
    ...labelled('cn3', '42'),
    ['suser', `s${suser}`],
    ['rawEvent', 'r'.repeat(3000)],
  ])

test('a line within the cap is returned as it is', () => {
  const line = cefLine(header, [['msg', 'short']])
  expect(shrinkCef(line, cefCaps.udp, 'utf8')).toBe(line)
})

test('whatever it holds, a line fits its cap, can be read, and tells how much is gone', () => {
  fc.assert(
    fc.property(hostile, wide, fc.integer({ min: 512, max: 4096 }), (name, pairs, maxBytes) => {
      const whole = cefLine({ ...header, name, classId: name }, pairs)
      const line = shrinkCef(whole, maxBytes, 'utf8')
      expect(byteLength(line, 'utf8')).toBeLessThanOrEqual(maxBytes)
      const event = readCef(line)
      if (isProblem(event)) throw new Error(`${event.problem} at ${event.at}`)
      if (line === whole) return
      expect(event.extensions.cn3Label).toBe('TruncatedBytes')
      const rest = byteLength(line.replace(/ ?cn3=[0-9]+ cn3Label=TruncatedBytes$/, ''), 'utf8')
      expect(Number(event.extensions.cn3)).toBe(byteLength(whole, 'utf8') - rest)
    }),
    { numRuns: 300 },
  )
})

describe('what goes first', () => {
  const pairs: CefPair[] = [
    ...always.map((key): CefPair => [key, 'kept']),
    ['msg', 'm'.repeat(300)],
    ['own', 'o'.repeat(300)],
    ...labelled('cs1', '1'.repeat(300)),
    ...labelled('cs6', '6'.repeat(300)),
    ['rawEvent', 'r'.repeat(300)],
  ]
  const whole = cefLine(header, pairs)

  function lostAt(maxBytes: number): string[] {
    const kept = keysOf(shrinkCef(whole, maxBytes, 'utf8'))
    return keysOf(whole).filter((key) => !kept.includes(key))
  }

  test('keys unknown to ArcSight, then rawEvent, then the last custom string with its label', () => {
    expect(lostAt(1400)).toEqual(['own'])
    expect(lostAt(1100)).toEqual(['own', 'rawEvent'])
    expect(lostAt(900)).toEqual(['own', 'cs6', 'cs6Label', 'rawEvent'])
  })

  test('msg is shortened before an identity is lost', () => {
    const line = cefLine(header, [...always.map((key): CefPair => [key, 'kept']), ['msg', 'm'.repeat(1000)]])
    const short = shrinkCef(line, 512, 'utf8')
    expect(keysOf(short)).toEqual([...always, 'msg', 'cn3', 'cn3Label'])
    expect(byteLength(short, 'utf8')).toBeGreaterThan(500)
  })

  test('msg is shortened before longer texts are', () => {
    const line = cefLine(header, [
      ['suser', 's'.repeat(400)],
      ['msg', 'm'.repeat(300)],
    ])
    expect(shrinkCef(line, 600, 'utf8')).toContain('s'.repeat(400))
  })

  test('when every text is as short as it may be, the less telling ones go', () => {
    const texts = ['reason', 'suid', 'duid', 'cat', 'shost', 'dhost', 'suser', 'duser']
    const line = cefLine(header, [['rt', '1'], ...texts.map((key): CefPair => [key, key.repeat(50)])])
    const short = shrinkCef(line, 512, 'utf8')
    expect(short.length).toBeLessThanOrEqual(512)
    expect(keysOf(short)).toEqual(['rt', 'reason', 'cat', 'shost', 'dhost', 'suser', 'duser', 'cn3', 'cn3Label'])
  })

  test('long identities are shortened, not dropped', () => {
    const users: CefPair[] = [
      ['suser', 'é'.repeat(500)],
      ['duser', '='.repeat(1000)],
      ['src', '10.0.0.1'],
    ]
    expect(keysOf(shrinkCef(cefLine(header, users), 512, 'utf8'))).toEqual(['suser', 'duser', 'src', 'cn3', 'cn3Label'])
  })
})

test('which text is the longest does not depend on how the texts are held', () => {
  const users: CefPair[] = [
    ['duser', '😀'.repeat(200)],
    ['shost', 'x'.repeat(500)],
  ]
  const bytes = users.map(([key, text]): CefPair => [key, asLatin1(text)])
  const line = cefLine(header, users, { maxBytes: 512 })
  expect(cefLine(header, bytes, { mode: 'latin1', maxBytes: 512 })).toBe(asLatin1(line))
})

test('shrinking again counts from the first line', () => {
  const whole = cefLine(header, [['msg', 'm'.repeat(1000)], ...labelled('cs1', 'x'.repeat(2000))])
  const twice = shrinkCef(shrinkCef(whole, 1200, 'utf8'), 600, 'utf8')
  const rest = twice.replace(/ cn3=.*$/, '')
  expect(twice).toBe(`${rest} cn3=${whole.length - rest.length} cn3Label=TruncatedBytes`)
})
