import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochIso, msOf, timeIso, timeMs } from './time.ts'

test.for<[string, string]>([
  ['2026-06-01T10:20:30Z', '2026-06-01T10:20:30.000Z'],
  ['2026-06-01T10:20:30', '2026-06-01T10:20:30.000Z'],
  ['2022-12-12 22:19:00', '2022-12-12T22:19:00.000Z'],
  ['2026-06-01T10:20:30.1Z', '2026-06-01T10:20:30.100Z'],
  ['2026-06-01T10:20:30.12Z', '2026-06-01T10:20:30.120Z'],
  ['2026-06-01T10:20:30.1234567Z', '2026-06-01T10:20:30.1234567Z'],
  ['2026-06-01T10:20:30.1230000Z', '2026-06-01T10:20:30.123Z'],
  ['2025-04-21 20:51:04.058183200', '2025-04-21T20:51:04.0581832Z'],
  ['2026-06-01T10:20:30.123456+02:00', '2026-06-01T08:20:30.123456Z'],
  ['2026-06-01T10:20:30.123+0000', '2026-06-01T10:20:30.123Z'],
  ['2026-06-01T00:10:00-05:30', '2026-06-01T05:40:00.000Z'],
  ['2026-06-01 10:20:30 +01:00', '2026-06-01T09:20:30.000Z'],
  ['2026-06-01', '2026-06-01T00:00:00.000Z'],
  ['06/01/2026 10:20:30', '2026-06-01T10:20:30.000Z'],
  ['6/1/2026 1:20:30 AM', '2026-06-01T01:20:30.000Z'],
  ['6/1/2026 12:20:30 AM', '2026-06-01T00:20:30.000Z'],
  ['6/1/2026 12:20:30 PM', '2026-06-01T12:20:30.000Z'],
  ['6/1/2026 1:20:30 PM +01:00', '2026-06-01T12:20:30.000Z'],
  ['Mon, 01 Jun 2026 10:20:30 GMT', '2026-06-01T10:20:30.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', ([text, iso]) => {
  expect(timeIso(text)).toBe(iso)
})

test.for([
  '',
  'yesterday',
  '2023-06-15:54:46.8676027Z',
  '2023-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-06-01T25:00:00Z',
  '2026-06-01T10:61:00Z',
  '2026-06-01T10:20:30.Z',
  '13/32/2026 10:00:00',
  '6/1/2026 13:20:30 PM',
  '2026-06-01T10:20:30Zx',
  '20260601',
])('%s is no time', (text) => {
  expect(timeIso(text)).toBeUndefined()
  expect(timeMs(text)).toBeNaN()
})

test('numbers count seconds or milliseconds', () => {
  expect(epochIso('1717236030', 's')).toBe('2024-06-01T10:00:30.000Z')
  expect(epochIso('1717236030123', 'ms')).toBe('2024-06-01T10:00:30.123Z')
  expect(epochIso('2024-06-01T10:00:30Z', 's')).toBe('2024-06-01T10:00:30.000Z')
  expect(epochIso('99999999999999', 's')).toBeUndefined()
})

test('any moment of our calendar reads back as it was written', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1600-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(timeMs(date.toISOString())).toBe(date.getTime())
      expect(timeIso(date.toISOString())).toBe(date.toISOString())
    }),
  )
})

test('milliseconds as text', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  const edges = fc
    .constantFrom(0, 999, 1e12 - 1, 1e12, 1e12 + 7, 1e13 - 1, 1e13, 1_790_000_000_007)
    .map((ms) => new Date(ms))
  fc.assert(
    fc.property(fc.oneof(dates, edges), (date) => {
      expect(msOf(date.toISOString())).toBe(String(date.getTime()))
    }),
    { numRuns: 2000 },
  )
  expect([msOf('2026-06-01'), msOf('no time')]).toEqual(['1780272000000', undefined])
})
