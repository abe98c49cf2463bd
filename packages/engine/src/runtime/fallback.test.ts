import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasEscapedKey } from './fallback.ts'

test.each([
  ['{"a":1,"\\u0063":2}', true],
  ['{"a":1,"\\\\" : 2}', true],
  [`{"b\\"c"${' '.repeat(100)}:1}`, true],
  ['{"a":"\\u0063","b":"{\\"x\\":1}"}', false],
  ['["\\\\",":"]', false],
  ['{"a":"c:\\\\"}', false],
  ['{"a":"\\', false],
])('%s has an escaped name: %s', (text, is) => {
  expect(hasEscapedKey(text)).toBe(is)
})

test('no object whose names need no escape has one, whatever its values are', () => {
  const value = fc.oneof(fc.string(), fc.json())
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), value), (object) => {
      expect(hasEscapedKey(JSON.stringify(object))).toBe(false)
    }),
  )
})
