import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isProblem } from '../problem.ts'
import { csvText, readCsv } from './csv.ts'

const cell = fc.string({ maxLength: 12 })
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))

test('a table is read back as it was written, whatever its cells hold', () => {
  fc.assert(
    fc.property(table, (rows) => {
      expect(readCsv(csvText(rows))).toEqual(rows)
    }),
  )
})

test('lines may end with CR LF', () => {
  expect(readCsv('a,b\r\n1,2\r\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test.for(['a,b\n1\n', 'a,b\n"1,2\n', 'a,b\n"1"x,2\n'])('%j is refused', (text) => {
  expect(isProblem(readCsv(text))).toBe(true)
})

test('rows of different widths are not written', () => {
  expect(() => csvText([['a', 'b'], ['1']])).toThrow(RangeError)
})
