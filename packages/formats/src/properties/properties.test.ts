import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { lineAt, readProperties } from './read.ts'
import { propertyComment, propertyLine } from './write.ts'

const pairsOf = (text: string): readonly (readonly [string, string])[] => {
  const read = readProperties(text)
  if (isProblem(read)) throw new Error(read.problem)
  return read.map(({ key, value }) => [key, value])
}

test.for([
  ['a=1', 'a', '1'],
  ['a = 1 ', 'a', '1 '],
  ['a:1', 'a', '1'],
  ['a 1', 'a', '1'],
  ['a==1', 'a', '=1'],
  ['a = : 1', 'a', ': 1'],
  ['  a=#1', 'a', '#1'],
  ['a\\=b=1', 'a=b', '1'],
  ['a=\\\\d\\:\\u00e9\\q', 'a', '\\d:éq'],
  ['a=1\\\n   2', 'a', '12'],
  ['a=1\\\\\n', 'a', '1\\'],
  ['token[0].name=x y', 'token[0].name', 'x y'],
])('%j gives %j and %j', ([text = '', key, value]) => {
  expect(pairsOf(text)).toEqual([[key, value]])
})

test('comments and blank lines are passed over, and each key has the line on which it begins', () => {
  const read = readProperties('# one\r\n\r\na=1\\\r\n  2\r\n! two\nb=\rb=3')
  expect(read).toEqual([
    { key: 'a', value: '12', line: 3, raw: '12' },
    { key: 'b', value: '', line: 6, raw: '' },
    { key: 'b', value: '3', line: 7, raw: '3' },
  ])
})

test('a broken \\u is refused with its place', () => {
  const text = 'a=1\nb=x\\u12'
  const read = readProperties(text)
  expect(read).toEqual({ problem: 'a \\u without four hexadecimal digits', at: 7 })
  expect(lineAt(text, 7)).toBe(2)
})

test('reads back every key and value that was written, and what is written is ASCII', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hostile, hostile), { maxLength: 5 }), (pairs) => {
      const lines = pairs.flatMap(([key, value]) => [propertyComment(value), propertyLine(key, value)])
      const text = lines.join('\n')
      expect(text).toMatch(/^[ -~\n]*$/)
      expect(pairsOf(text)).toEqual(pairs)
    }),
  )
})

test('never throws', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const read = readProperties(Buffer.from(text).toString('latin1'))
      if (isProblem(read)) expect(read.at).toBeLessThanOrEqual(Buffer.byteLength(text))
    }),
    { numRuns: 1000 },
  )
})
