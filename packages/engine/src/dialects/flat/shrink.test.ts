import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlatItem } from './plan.ts'
import { fitFlat } from './shrink.ts'

const item = (field: string): FlatItem =>
  ({ field, key: field.replaceAll('.', '_'), type: 'keyword', many: false }) as FlatItem

/** A line of which every item's value is known. */
const encoder =
  (values: Readonly<Record<string, string>>) =>
  (items: readonly FlatItem[]): string =>
    `{"sb_type":"t"${items.map(({ field, key }) => `,"${key}":${JSON.stringify(values[field] ?? '')}`).join('')}}`

const fit = (values: Readonly<Record<string, string>>, cap: number, mode: 'utf8' | 'latin1' = 'utf8'): string =>
  fitFlat(encoder(values), Object.keys(values).map(item), cap, mode)

describe('a flat line', () => {
  const values = {
    'user.name': 'u'.repeat(300),
    'event.action': 'a'.repeat(40),
    'microsoft.a': 'x'.repeat(300),
    'microsoft.b': 'y'.repeat(40),
    'microsoft.c': 'z'.repeat(300),
  }
  const keys = (line: string): string[] => Object.keys(JSON.parse(line) as object)

  test('that fits stays as it is', () => {
    expect(fit(values, 0)).toBe(encoder(values)(Object.keys(values).map(item)))
    expect(fit(values, 5000)).not.toContain('sb_truncated')
  })

  test.for<[number, string[]]>([
    [850, ['sb_type', 'user_name', 'event_action', 'microsoft_a', 'microsoft_b', 'sb_truncated']],
    [600, ['sb_type', 'user_name', 'event_action', 'microsoft_b', 'sb_truncated']],
    [430, ['sb_type', 'user_name', 'event_action', 'sb_truncated']],
    [380, ['sb_type', 'user_name', 'sb_truncated']],
    [100, ['sb_type', 'sb_truncated']],
  ])('within %i bytes loses bulky fields, then small ones, then those that LEEF knows, from the end', ([cap, left]) => {
    const line = fit(values, cap)
    expect(keys(line)).toEqual(left)
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(cap)
  })

  test('is JSON within any limit, in either mode', () => {
    const fields = fc.dictionary(
      fc.constantFrom('user.name', 'source.ip', 'a', 'b', 'c', 'd', 'e'),
      fc.string({ maxLength: 400, unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fields, fc.integer({ min: 60, max: 900 }), (values, cap) => {
        const line = fit(values, cap)
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(cap)
        const whole = encoder(values)(Object.keys(values).map(item))
        expect((JSON.parse(line) as { sb_truncated?: number }).sb_truncated).toBe(line === whole ? undefined : 1)
        const bytes = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Buffer.from(v).toString('latin1')]))
        expect(fit(bytes, cap, 'latin1').length).toBeLessThanOrEqual(cap)
      }),
    )
  })
})
