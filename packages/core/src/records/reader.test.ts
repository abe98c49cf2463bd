import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordReader } from './reader.ts'

interface Seen {
  records: { text: string; line: number }[]
  problems: { line: number; reason: string }[]
}

function strictJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function read(input: string | Uint8Array, options: { chunk?: number; max?: number } = {}): Seen {
  const seen: Seen = { records: [], problems: [] }
  const reader = new RecordReader(
    {
      record(bytes, line, strict) {
        const text = bytes.toString()
        if (strict && !strictJson(text)) return false
        seen.records.push({ text, line })
        return true
      },
      problem: (line, reason) => seen.problems.push({ line, reason }),
    },
    options.max ?? 1 << 24,
  )
  const bytes = Buffer.from(input as Uint8Array)
  const step = options.chunk ?? bytes.length
  for (let at = 0; at < bytes.length; at += Math.max(1, step))
    reader.push(Buffer.from(bytes.subarray(at, at + Math.max(1, step))))
  reader.end()
  return seen
}

const texts = (seen: Seen): unknown[] => seen.records.map((r) => JSON.parse(r.text) as unknown)

describe('forms of input', () => {
  test.for<[string, string]>([
    ['one a line', '{"a":1}\n{"a":2}\n'],
    ['without a line feed at the end', '{"a":1}\n{"a":2}'],
    ['with CR LF and empty lines', '\r\n{"a":1}\r\n\r\n{"a":2}\r\n'],
    ['several in a line', '{"a":1}{"a":2}\n'],
    ['several in a line with commas', '{"a":1}, {"a":2}\n'],
    ['an array', '[{"a":1},{"a":2}]'],
    ['an array over lines', '[\n{"a":1},\n{"a":2}\n]\n'],
    ['a pretty array', JSON.stringify([{ a: 1 }, { a: 2 }], null, 2)],
    ['pretty records', `${JSON.stringify({ a: 1 }, null, 2)}\n${JSON.stringify({ a: 2 }, null, 2)}\n`],
    ['{"value":[…]} of Graph', '{"@odata.context":"x","value":[{"a":1},{"a":2}],"@odata.nextLink":"https://x/{}"}'],
    ['{"records":[…]} of Event Hubs', '{"records":[{"a":1},{"a":2}]}\n'],
    [
      'an envelope with more keys and white space',
      '{ "count" : 2,\n "records" : [ {"a":1} ,\n {"a":2} ] , "extra": {"b":[1]} }',
    ],
    ['two envelopes', '{"records":[{"a":1}]}\n{"records":[{"a":2}]}'],
    ['a byte order mark', '\ufeff{"a":1}\n{"a":2}'],
    ['record separators', '\u001e{"a":1}\n\u001e{"a":2}\n'],
  ])('%s', ([, input]) => {
    const seen = read(input)
    expect(texts(seen)).toEqual([{ a: 1 }, { a: 2 }])
    expect(seen.problems).toEqual([])
  })

  test('an empty envelope and an empty input hold nothing, and that is no problem', () => {
    expect(read('{"records":[]}\n[]\n')).toEqual({ records: [], problems: [] })
    expect(read('')).toEqual({ records: [], problems: [] })
  })

  test('a member "value" that is no list of records is no envelope', () => {
    expect(texts(read('{"value":[1,2],"a":1}\n{"details":[{"key":"k","value":[{"x":1}]}]}'))).toHaveLength(2)
  })

  test('lines of CEF become records, with a syslog header or without, between others', () => {
    const cef = 'CEF:0|MCAS|SIEM_Agent|0.1|EVENT_CATEGORY_LOGOUT|{out}|0|suser=ann@contoso.com'
    for (const chunk of [1, 7, 1 << 20]) {
      const seen = read(`<13>Feb  3 04:05:06 agent ${cef}\n{"a":1}\n2017-11-22T17:50:04.000Z ${cef}`, { chunk })
      expect(seen.problems).toEqual([])
      expect(seen.records.map(({ line }) => line)).toEqual([1, 2, 3])
      expect(texts(seen)[2]).toMatchObject({
        cef: { vendor: 'MCAS', name: '{out}', ext: { suser: 'ann@contoso.com' } },
      })
    }
  })

  test('lines are counted', () => {
    expect(read('{"a":1}\n\n{"a":2}\n[\n{"a":3}]').records.map((r) => r.line)).toEqual([1, 3, 5])
  })
})

describe('broken input costs itself only', () => {
  test('a line that ends in the middle of a record', () => {
    const seen = read('{"a":1}\n{"a":"unfinis\n{"a":3}\n{"a":4,\n{"a":5}\n')
    expect(texts(seen)).toEqual([{ a: 1 }, { a: 3 }, { a: 5 }])
    expect(seen.problems.map((p) => p.line)).toEqual([2, 4])
    expect(seen.problems[0]?.reason).toMatch(/ends in the middle/)
  })

  test('one bad record among five hundred', () => {
    const lines = Array.from({ length: 500 }, (_, i) => (i === 250 ? '{"a":250,"b":[{"c"' : `{"a":${i}}`))
    const seen = read(`${lines.join('\n')}\n`)
    expect(seen.records).toHaveLength(499)
    expect(seen.problems.map((p) => p.line)).toEqual([251])
  })

  test('one bad record in a list: its brackets part it from its neighbours', () => {
    const seen = read('{"records":[{"a":1},{"a":2,"b":nope},{"a":3}]}')
    expect(seen.records.map((r) => r.text)).toEqual(['{"a":1}', '{"a":2,"b":nope}', '{"a":3}'])
  })

  test('an open bracket swallows no more than its line', () => {
    const seen = read('{"a":1,"b":[\n{"a":2}\n{"a":3}\n')
    expect(texts(seen)).toContainEqual({ a: 3 })
    expect(seen.problems.map((p) => p.line)).toContain(1)
  })

  test('wherever a record is cut off, the line behind it is read', () => {
    const whole = '{"a":{"b":[1,{"c":"d"},2],"e":null},"f":"g"}'
    for (let end = 1; end < whole.length; end++) {
      for (const chunk of [7, 1 << 20]) {
        const seen = read(`${whole.slice(0, end)}\n{"x":1}\n{"y":2}\n`, { chunk })
        expect(
          seen.records.map((r) => [r.text, r.line]),
          whole.slice(0, end),
        ).toEqual([
          ['{"x":1}', 2],
          ['{"y":2}', 3],
        ])
        expect(
          seen.problems.map((p) => p.line),
          whole.slice(0, end),
        ).toEqual([1])
      }
    }
  })

  test('brackets nested beyond reason are passed over, in time that grows with their number alone', () => {
    const seen = read(`${'{"a":\n'.repeat(100_000)}\n{"x":1}\n`)
    expect(seen.records).toEqual([{ text: '{"x":1}', line: 100_002 }])
    expect(seen.problems.length).toBeLessThan(2000)
    expect(texts(read(`{"a":${'['.repeat(5000)}\n{"x":1}\n`, { chunk: 100 }))).toEqual([{ x: 1 }])
  })

  test('UTF-16 is told as such, once', () => {
    const seen = read(Buffer.from('\ufeff{"a":1}\r\n{"a":2}\r\n', 'utf16le'), { chunk: 5 })
    expect(seen.records).toEqual([])
    expect(seen.problems).toEqual([{ line: 1, reason: expect.stringContaining('UTF-16') }])
  })

  test('text that is no record is told once a line', () => {
    const seen = read('hello world\n{"a":1}\nmore\n')
    expect(texts(seen)).toEqual([{ a: 1 }])
    expect(seen.problems).toHaveLength(2)
  })

  test('the end of the input in the middle of a record', () => {
    expect(read('{"a":1}\n{"a":2').problems).toEqual([{ line: 2, reason: 'the input ends in the middle of a record' }])
  })
})

describe('records over the limit', () => {
  const long = `{"a":"${'x'.repeat(5000)}"}`
  test.for([1, 100, 4096, 1 << 20])('are passed over and counted, in chunks of %i bytes', (chunk) => {
    const seen = read(`{"a":1}\n${long}\n{"a":2}\n`, { max: 1000, chunk })
    expect(texts(seen)).toEqual([{ a: 1 }, { a: 2 }])
    expect(seen.problems).toEqual([{ line: 2, reason: 'over max_record_bytes (1000); passed over' }])
  })

  test('in a list too', () => {
    expect(texts(read(`[{"a":1},${long},{"a":2}]`, { max: 1000, chunk: 64 }))).toEqual([{ a: 1 }, { a: 2 }])
  })
})

test('however the bytes are cut, the records are the same', () => {
  const record = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.constant(null)),
  )
  const input = fc.tuple(
    fc.array(record, { maxLength: 8 }),
    fc.constantFrom('lines', 'array', 'pretty', 'records', 'value'),
    fc.integer({ min: 1, max: 40 }),
  )
  fc.assert(
    fc.property(input, ([records, form, chunk]) => {
      const list = records.map((r) => ({ ...r, '': 'x' }))
      const text =
        form === 'lines'
          ? list.map((r) => JSON.stringify(r)).join('\n')
          : form === 'array'
            ? JSON.stringify(list)
            : form === 'pretty'
              ? list.map((r) => JSON.stringify(r, null, 2)).join('\n')
              : JSON.stringify({ [form]: list })
      const seen = read(text, { chunk })
      expect(texts(seen)).toEqual(list)
      expect(seen.problems).toEqual([])
    }),
    { numRuns: 300 },
  )
})
