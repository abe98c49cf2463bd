import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printJson } from './json.ts'
import { parseJson } from './parse.ts'
import { repairJson } from './tolerant.ts'

describe('the strict parser', () => {
  test('agrees with JSON.parse and JSON.stringify on every value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const back = JSON.stringify(JSON.parse(text))
        // Names that look like numbers change places in an object; ours stay.
        if (!/"\d+":/.test(text) && !/\d[eE]|-0(?![.\d])/.test(text)) expect(printJson(parseJson(text))).toBe(back)
      }),
      { numRuns: 1000 },
    )
  })

  test('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', '\\', 'x', '\n', '-', '0'),
        (text, at, put) => {
          const broken = text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1)
          expect(accepts(() => parseJson(broken))).toBe(accepts(() => JSON.parse(broken)))
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('keeps the text of numbers', () => {
    expect(printJson(parseJson('{ "a" : 12345678901234567890, "b": 1.0, "c": -0 , "d":1e3}'))).toBe(
      '{"a":12345678901234567890,"b":1.0,"c":-0,"d":1e3}',
    )
  })

  test('a name that comes twice keeps its first place and its last value', () => {
    expect(printJson(parseJson('{"a":1,"b":2,"a":3}'))).toBe('{"a":3,"b":2}')
  })

  test('refuses what is nested without end', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow(/nested/)
  })
})

const accepts = (run: () => unknown): boolean => {
  try {
    run()
    return true
  } catch {
    return false
  }
}

describe('the tolerant reader', () => {
  test.for([
    ["{'appName':'x','message':'it''s here','levelId':2}", { appName: 'x', message: "it's here", levelId: 2 }],
    ["{'message':'don't stop','n':1}", { message: "don't stop", n: 1 }],
    ['{"a":NaN,"b":Infinity,"c":None,"d":True}', { a: null, b: null, c: null, d: true }],
    ['{"a":007,"b":00359507e+306}', { a: 7, b: null }],
    ['{"a":1,}', { a: 1 }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":"line\nbreak"}', { a: 'line\nbreak' }],
    ['{"a":1} trailing', { a: 1 }],
    ['\ufeff{a:1}', { a: 1 }],
    ['{"a":"C:\\Users\\x"}', { a: 'C:\\Users\\x' }],
    ['{"properties": [ 218 B blob data ]}', { properties: '[ 218 B blob data ]' }],
  ])('%s', ([text, value]) => {
    expect(JSON.parse(repairJson(text as string))).toEqual(value)
  })

  test.for(['{"a":1', '{"a"', '{', '', 'hello', '{"a":"x', '{"a" 1}'])('%s stays broken', (text) => {
    expect(() => repairJson(text)).toThrow()
  })

  test('whatever it accepts is proper JSON afterwards', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', "'", '"', ',', '\n', '}', 'NaN'), (text, at, put) => {
        const broken = text.slice(0, at % (text.length + 1)) + put + text.slice(at % (text.length + 1))
        if (accepts(() => repairJson(broken))) expect(accepts(() => JSON.parse(repairJson(broken)))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
