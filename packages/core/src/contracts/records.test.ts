import fc from 'fast-check'
import { expect, it } from 'vitest'
import { portionsOf, recordAt, recordCount, type Records, recordsOf } from './records.ts'

const texts = ({ bytes, index }: Records): string[] =>
  Array.from({ length: recordCount({ bytes, index }) }, (_, at) => recordAt({ bytes, index }, at).toString())

it('portions hold every record once and in order, and more than the limit only where a record is larger', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 })), fc.integer({ min: 1, max: 60 }), (all, most) => {
      const portions = portionsOf(recordsOf(all.map((text) => Buffer.from(text))), most)
      expect(portions.flatMap((portion) => texts(portion))).toEqual(all)
      for (const portion of portions) expect(portion.bytes.length <= most || recordCount(portion) === 1).toBe(true)
    }),
  )
})

it('what stands between records is in no portion', () => {
  const bytes = Buffer.from('[{"a":1}, {"b":2}]')
  const portions = portionsOf({ bytes, index: Uint32Array.from([1, 7, 10, 7]) }, 8)
  expect(portions.map(({ bytes: own }) => own.toString())).toEqual(['{"a":1}', '{"b":2}'])
})
