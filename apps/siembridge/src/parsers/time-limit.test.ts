import { expect, test } from 'vitest'
import { withinTime } from './time-limit.ts'

test('a pattern that tries every way to match is given up', () => {
  expect(withinTime(() => [/^(a+)+$/.test(`${'a'.repeat(60)}b`)], 100)).toBeUndefined()
})

test('what ends in time is answered, and what throws is thrown', () => {
  const made = [1]
  expect(withinTime(() => made)).toBe(made)
  expect(() =>
    withinTime(() => {
      throw new RangeError('odd')
    }),
  ).toThrow(new RangeError('odd'))
})
