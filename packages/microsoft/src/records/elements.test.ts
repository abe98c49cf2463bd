import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsOfArray, elementsOfMember } from './elements.ts'
import { recordsOfPage } from './cut.ts'

const cut = (bytes: Buffer, pairs: readonly number[]): string[] =>
  Array.from({ length: pairs.length / 2 }, (_, at) => {
    const from = pairs[at * 2] ?? 0
    return bytes.toString('utf8', from, from + (pairs[at * 2 + 1] ?? 0))
  })

const members = (text: string): string[] => cut(Buffer.from(text), elementsOfMember(Buffer.from(text), 'value'))

describe('cutting elements out of JSON', () => {
  it.each([
    ['{"value":[]}', []],
    ['{"value":[{"a":1},{"b":[2]}]}', ['{"a":1}', '{"b":[2]}']],
    [
      ' { "@odata.context" : "x[{" , "value" : [ { "a" : "]}\\"" } , 1.50 ] , "z":null } ',
      ['{ "a" : "]}\\"" }', '1.50'],
    ],
    ['{"a":{"value":[1]},"value":[2]}', ['2']],
    ['{"value":[1],"value":[2,3]}', ['2', '3']],
    ['{"\\u0076alue":[1]}', ['1']],
    ['{"value":null}', []],
    ['{"value":"[1]"}', []],
    ['{}', []],
    ['\uFEFF{"value":["\\\\"]}', ['"\\\\"']],
    ['{"value":[null,true,-1e5]}', ['null', 'true', '-1e5']],
  ])('%s', (text, expected) => {
    expect(members(text)).toEqual(expected)
  })

  it('finds what JSON.parse finds, with its very bytes, whatever the values and the spaces', () => {
    const spaces = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ')
    const spaced = fc
      .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'))
      .map(([value, space]) => JSON.stringify(value, null, space))
    fc.assert(
      fc.property(
        fc.array(spaced),
        fc.dictionary(fc.string(), fc.jsonValue()),
        spaces,
        fc.boolean(),
        (texts, rest, space, first) => {
          const { value: _, ...others } = rest
          const list = `[${space}${texts.join(`${space},${space}`)}${space}]`
          const more = JSON.stringify(others).slice(1, -1)
          const parts = first ? [`"value"${space}:${space}${list}`, more] : [more, `"value"${space}:${space}${list}`]
          const page = `${space}{${space}${parts.filter((part) => part !== '').join(',')}${space}}`
          expect(members(page)).toEqual(texts)
          expect((JSON.parse(page) as { value: unknown[] }).value).toHaveLength(texts.length)
          const bytes = Buffer.from(list)
          expect(cut(bytes, elementsOfArray(bytes))).toEqual(texts)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('graph-11.07 takes nothing of a page that is broken off', () => {
    const page = Buffer.from('{"value":[{"a":"b"},{"c":1}]}')
    for (let length = 12; length < page.length - 3; length++) {
      const broken = page.subarray(0, length)
      expect(() => recordsOfPage({ bytes: broken, value: [{}, {}] }, 'x')).toThrow()
    }
  })

  it('graph-11.10 takes null members of a list for no records', () => {
    const bytes = Buffer.from('{"value":[null,{"initiatedBy":{"user":null,"app":null}},null,{"a":1,"a":2}]}')
    const { value } = JSON.parse(bytes.toString()) as { value: unknown[] }
    const { index } = recordsOfPage({ bytes, value }, 'x')
    expect(cut(bytes, [...index])).toEqual(['{"initiatedBy":{"user":null,"app":null}}', '{"a":1,"a":2}'])
  })
})
