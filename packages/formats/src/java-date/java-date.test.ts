import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isProblem } from '../problem.ts'
import { type DateDialect, type DateReading, javaDate } from './index.ts'

const read = (pattern: string, text: string, dialect: DateDialect = 'joda', reading: DateReading = {}) => {
  const date = javaDate(pattern, dialect)
  if (isProblem(date)) throw new Error(date.problem)
  const ms = date.read(text, { year: 2026, zone: 0 }, reading)
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

const iso = "yyyy-MM-dd'T'HH:mm:ss.SSSZ"

describe('both dialects', () => {
  test.for<[string, string, string | undefined]>([
    [iso, '2026-03-04T09:15:27.123+0000', '2026-03-04T09:15:27.123Z'],
    [iso, '2017-10-18T11:26:03.060+0200', '2017-10-18T09:26:03.060Z'],
    ['MMM dd yyyy HH:mm:ss', 'Jun 07 2016 17:04:26', '2016-06-07T17:04:26.000Z'],
    ['MMM dd HH:mm:ss', 'Jan 18 11:07:53', '2026-01-18T11:07:53.000Z'],
    ['dd/MMM/yyyy:hh:mm:ss a', '05/march/2026:12:00:01 AM', '2026-03-05T00:00:01.000Z'],
    ['yyyy hh:mm', '2026 12:30', '2026-01-01T00:30:00.000Z'],
    ['yyyy hh:mm', '2026 13:30', undefined],
    ['EEE, d MMM yyyy', 'Wed, 4 Mar 2026', '2026-03-04T00:00:00.000Z'],
    ['yyyyMMddHHmmss', '20260304091527', '2026-03-04T09:15:27.000Z'],
    ["yyyy 'o''clock' H", "2026 o'clock 7", '2026-01-01T07:00:00.000Z'],
    ["yyyy''MM", "2026'03", '2026-03-01T00:00:00.000Z'],
    ['yyyy-MM-dd', '2026-02-29', undefined],
    ['yyyy-MM-dd', '2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['HH:mm', '24:00', undefined],
    [iso, '2026-03-04 09:15:27.123+0000', undefined],
    [iso, '2026-03-04T09:15:27.123Z', undefined],
    ['yyyy-MM-dd', 'yesterday', undefined],
  ])('%s reads %s', ([pattern, text, expected]) => {
    expect(read(pattern, text, 'joda')).toBe(expected)
    expect(read(pattern, text, 'simple')).toBe(expected)
  })

  test('every instant is read back', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const text = date.toISOString().replace('Z', '+0000')
        expect(read(iso, text, 'joda')).toBe(date.toISOString())
        expect(read(iso, text, 'simple')).toBe(date.toISOString())
      }),
    )
  })

  test.for<[string, DateDialect, string]>([
    ['yyyy-ww', 'joda', '"w"'],
    ['YYYY', 'simple', '"Y"'],
    ['XXX', 'joda', '"X"'],
    ["yyyy'", 'simple', 'not closed'],
  ])('%s is refused as %s', ([pattern, dialect, why]) => {
    expect(javaDate(pattern, dialect)).toMatchObject({ problem: expect.stringContaining(why) })
  })
})

describe('where they differ', () => {
  test('a fraction is a fraction in Joda and a number of milliseconds in SimpleDateFormat', () => {
    expect(read('HH:mm:ss.SSS', '01:02:03.5', 'joda')).toContain('01:02:03.500')
    expect(read('HH:mm:ss.SSS', '01:02:03.5', 'simple')).toContain('01:02:03.005')
    expect(read('HH:mm:ss.SSS', '01:02:03.1234567', 'joda')).toBeUndefined()
    expect(read('HH:mm:ss.SSS', '01:02:03.1234567', 'simple')).toBeUndefined()
  })

  test('text behind the end of the pattern', () => {
    expect(read('yyyy', '2026 and more', 'joda')).toBeUndefined()
    expect(read('yyyy', '2026 and more', 'simple')).toBe('2026-01-01T00:00:00.000Z')
  })

  test('offsets with a colon, and the letter Z', () => {
    expect(read('HHZZ', '01+02:00', 'joda')).toContain('T23:00')
    expect(read('HHZZ', '01Z', 'joda')).toContain('T01:00')
    expect(read('HHXXX', '01-02:00', 'simple')).toContain('T03:00')
    expect(read('HHX', '01Z', 'simple')).toContain('T01:00')
  })
})

test('what a pattern leaves out is told and filled in', () => {
  const date = javaDate('MMM dd HH:mm:ss', 'joda')
  if (isProblem(date)) throw new Error(date.problem)
  expect(date).toMatchObject({ year: false, zone: false, shortYear: false })
  expect(date.read('Jan 01 00:00:00', { year: 1999, zone: 330 })).toBe(Date.UTC(1998, 11, 31, 18, 30))
})

test('years of two digits, and names in another case, are read as the caller says', () => {
  expect(read('yy-MM', '46-01')).toContain('1946')
  expect(read('yy-MM', '45-01')).toContain('2045')
  expect(read('yy-MM', '46-01', 'joda', { pivot: 2000 })).toContain('2046')
  expect(read('MMM', 'JAN')).toContain('-01-')
  expect(read('MMM', 'JAN', 'joda', { exactNames: true })).toBeUndefined()
})
