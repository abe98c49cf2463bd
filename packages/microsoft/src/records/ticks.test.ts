import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { msOfTicks, ticksOf } from './ticks.ts'

describe('times with more than milliseconds', () => {
  it('graph-11.02 orders fractions of 0, 1, 3, 6 and 7 digits and offsets by time', () => {
    const rising = [
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.0000001Z',
      '2026-01-01T00:00:00.000002Z',
      '2026-01-01T02:00:00.1+02:00',
      '2026-01-01T00:00:00.100000+00:00',
      '2026-01-01T00:00:00.123Z',
      '2026-01-01T00:00:00.1230001Z',
      '2025-12-31T19:00:00.5-05:00',
      '2026-01-01T00:00:01Z',
    ].map((text) => ticksOf(text) as bigint)
    expect(rising).toEqual(rising.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    expect(rising[3]).toBe(rising[4])
  })

  it.each(['', 'now', '2026-01-01', undefined, null, 5, '2026-01-01T00:00'])('takes %s for no time', (text) => {
    expect(ticksOf(text)).toBeUndefined()
  })

  it('takes a time without a zone for UTC, and drops what is finer than 100 ns', () => {
    expect(ticksOf('2026-01-01T00:00:00')).toBe(ticksOf('2026-01-01T00:00:00Z'))
    expect(ticksOf('2026-01-01T00:00:00.12345678Z')).toBe(ticksOf('2026-01-01T00:00:00.1234567Z'))
  })

  it('agrees with Date to the millisecond', () => {
    const date = fc.date({ min: new Date('1960-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 9999 }), (at, rest) => {
        const text = at.toISOString().replace('Z', `${String(rest).padStart(4, '0')}Z`)
        const ticks = ticksOf(text) as bigint
        expect(ticks).toBe(BigInt(at.getTime()) * 10_000n + BigInt(rest))
        expect(msOfTicks(ticks)).toBe(at.getTime())
      }),
    )
  })
})
