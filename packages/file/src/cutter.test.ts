import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cutter, type Safe } from './cutter.ts'

interface Cut {
  texts: string[]
  problems: string[]
  /** Where the file could be read on from after so many records. */
  safe: { records: number; at: Safe }[]
}

function cut(input: string | Buffer, chunk = 1 << 20, from: Safe = { offset: 0, skip: 0 }, max = 1 << 24): Cut {
  const bytes = Buffer.from(input as string)
  const got: Cut = { texts: [], problems: [], safe: [] }
  const cutter = new Cutter(from, max, (_, reason) => got.problems.push(reason))
  const take = (): void => {
    got.texts.push(...cutter.take().map(String))
    got.safe.push({ records: got.texts.length, at: cutter.safe })
  }
  for (let at = from.offset; at < bytes.length; at += chunk) {
    cutter.push(bytes.subarray(at, at + chunk))
    take()
  }
  cutter.end()
  take()
  return got
}

describe('forms', () => {
  test.for<[string, string]>([
    ['one a line', '{"a":1}\n{"a":2}\n'],
    ['without a line feed at the end', '{"a":1}\n{"a":2}'],
    ['with CR LF, empty lines and a byte order mark', '\ufeff{"a":1}\r\n\r\n{"a":2}\r\n'],
    ['several in a line', '{"a":1} {"a":2}\n'],
    ['an array in a line', '[{"a":1},{"a":2}]\n'],
    ['an array over lines', '[\n  {\n"a":1},\n  {"a":2}\n]\n'],
    ['envelopes', '{"records":[{"a":1}]}\n{"value":[{"a":2}]}'],
    ['a record over lines between others', '{"a":1}\n{\n  "a":\n 2\n}\n'],
    ['record separators', '\u001e{"a":1}\n\u001e{"a":2}\n'],
  ])('%s', ([, input]) => {
    for (const chunk of [1, 3, 1000]) {
      const { texts, problems } = cut(input, chunk)
      expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual([{ a: 1 }, { a: 2 }])
      expect(problems).toEqual([])
    }
  })

  test('a line that was cut off costs itself only', () => {
    const { texts, problems } = cut('{"a":1}\n{"a":"torn\n{"a":3}\n')
    expect(texts).toEqual(['{"a":1}', '{"a":3}'])
    expect(problems).toHaveLength(1)
  })

  test('text that is no JSON passes, for the pipeline to put aside', () => {
    expect(cut('hello\n{"a":1}\n').texts).toEqual(['hello', '{"a":1}'])
  })

  test('a record over the limit is passed over and told', () => {
    const { texts, problems } = cut(`{"a":"${'x'.repeat(100)}"}\n{"b":1}\n`, 10, undefined, 50)
    expect(texts).toEqual(['{"b":1}'])
    expect(problems).toEqual(['over max_record_bytes (50); passed over'])
  })

  test('a list of megabytes in one line is cut while it comes', () => {
    const record = `{"a":"${'x'.repeat(1000)}"}`
    const cutter = new Cutter({ offset: 0, skip: 0 }, 1 << 24, () => undefined)
    cutter.push(Buffer.from(`[${`${record},`.repeat(3000)}`))
    expect(cutter.take()).toHaveLength(3000)
  })
})

test('from wherever it can be read on, the rest is what was not taken yet', () => {
  const line = fc.constantFrom(
    '{"a":1}',
    '{"a":"}{"}',
    '[{"b":1},{"b":2}]',
    '{\n"c":[1,\n2]}',
    '{"records":[{"d":1},{"d":2}]}',
    '',
    'garbage',
    '{"torn":"',
    '{"e":1}{"e":2}',
  )
  const input = fc.tuple(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), fc.boolean())
  fc.assert(
    fc.property(input, ([lines, chunk, ended]) => {
      const text = lines.join('\n') + (ended ? '\n' : '')
      const whole = cut(text)
      const pieces = cut(text, chunk)
      expect(pieces.texts).toEqual(whole.texts)
      for (const { records, at } of pieces.safe) expect(cut(text, chunk, at).texts).toEqual(whole.texts.slice(records))
    }),
    { numRuns: 500 },
  )
})
