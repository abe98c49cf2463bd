import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bytes, duration } from './units.ts'

describe('bytes', () => {
  test.for<[string | number, number]>([
    ['64KiB', 65_536],
    ['10MiB', 10_485_760],
    ['500KB', 500_000],
    ['1.5 GiB', 1_610_612_736],
    ['1tb', 1e12],
    ['12B', 12],
    [4096, 4096],
    [0, 0],
  ])('%s is %i', ([text, wanted]) => expect(bytes.parse(text)).toBe(wanted))

  test.for(['64', '64K', 'KiB', '-1KiB', '1 GB/s', '', -1, 1.5, true])(
    '%s is no size, and good ones are named',
    (text) => {
      const { error } = bytes.safeParse(text)
      expect(error?.issues.map((issue) => issue.message)).toEqual([expect.stringContaining('64KiB')])
    },
  )
})

describe('duration', () => {
  test.for<[string | number, number]>([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['250ms', 250],
    ['0.5s', 500],
    [1000, 1000],
  ])('%s is %i', ([text, wanted]) => expect(duration.parse(text)).toBe(wanted))

  test.for(['30', '30 sec', '1M', '1h30m', -1])('%s is no time span, and good ones are named', (text) => {
    expect(duration.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([
      expect.stringContaining('30s'),
    ])
  })
})

test('the JSON Schema of an option shows both forms and the default as a person writes it', () => {
  const schema = z.object({ window: bytes.prefault('1MiB').describe('What can come again') })
  expect(z.toJSONSchema(schema, { io: 'input' }).properties?.['window']).toMatchObject({
    default: '1MiB',
    description: 'What can come again',
    anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }],
  })
})
