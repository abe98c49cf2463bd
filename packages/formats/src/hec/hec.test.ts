import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatin1, hostile, wellFormed } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { readHec } from './read.ts'
import { hecEnvelope } from './write.ts'
import type { HecEvent } from './read.ts'
import type { HecEnvelope } from './write.ts'

function read(text: string): HecEvent[] {
  const events = readHec(text)
  if (isProblem(events)) throw new Error(`${events.problem} at ${events.at}`)
  return events
}

describe('the writer', () => {
  test('writes seconds with three decimals and embeds the event as it is', () => {
    const fields = { a: 'x', b: ['1', '2'] }
    const line = hecEnvelope({ timeMs: 1753372800120, host: 'h', sourcetype: 's', event: '{"k": 1}', fields })
    const expected =
      '{"time":1753372800.120,"host":"h","sourcetype":"s","event":{"k": 1},"fields":{"a":"x","b":["1","2"]}}'
    expect(line).toBe(expected)
  })

  test('leaves out a time that is none and fields that are empty', () => {
    expect(hecEnvelope({ timeMs: Number.NaN, event: '1', fields: {} })).toBe('{"event":1}')
    expect(hecEnvelope({ timeMs: 0, event: '1' })).toBe('{"time":0.000,"event":1}')
    expect(() => hecEnvelope({ event: '' })).toThrow(RangeError)
  })
})

const sent = fc.record({
  timeMs: fc.integer({ min: -1e12, max: 4e12 }),
  host: hostile,
  source: hostile,
  index: hostile,
  event: hostile,
  fields: fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(hostile, fc.array(hostile, { maxLength: 3 })), {
    maxKeys: 3,
  }),
})

test('whatever envelopes hold, a batch of them is read back', () => {
  fc.assert(
    fc.property(
      fc.array(sent, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '\n', ' \t\r\n'),
      (batch, between) => {
        const text = batch.map((one) => hecEnvelope({ ...one, event: JSON.stringify({ e: one.event }) })).join(between)
        const expected = batch.map(({ fields, event, ...rest }) => ({
          ...rest,
          event: { e: event },
          ...(Object.keys(fields).length > 0 ? { fields } : {}),
        }))
        expect(read(text)).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})

test('latin1 strings give the same bytes as ordinary ones', () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (host, text) => {
      const envelope: HecEnvelope = { timeMs: 1, host, event: JSON.stringify(text), fields: { k: text } }
      const bytes: HecEnvelope = {
        timeMs: 1,
        host: asLatin1(host),
        event: asLatin1(envelope.event),
        fields: { k: asLatin1(text) },
      }
      expect(hecEnvelope(bytes)).toBe(asLatin1(hecEnvelope(envelope)))
    }),
    { numRuns: 200 },
  )
})

describe('the reader', () => {
  test('takes a time as text and scalars as fields', () => {
    const fields = { n: 1, yes: true, list: ['a', 2] }
    const event = { time: '1753372800.5', event: 'text', fields }
    expect(read(JSON.stringify(event))).toEqual([{ timeMs: 1753372800500, event: 'text', fields }])
  })

  test('reads a string of megabytes', () => {
    const event = '\\"x'.repeat(2_000_000)
    expect(read(hecEnvelope({ event: JSON.stringify(event) }))).toEqual([{ event }])
  })

  test.each([
    ['an empty body', '', 5, 0],
    ['only whitespace', ' \r\n', 5, 0],
    ['text', 'hello', 6, 0],
    ['an array', '[{"event":1}]', 6, 0],
    ['a comma between events', '{"event":1},{"event":2}', 6, 1],
    ['an object that never closes', '{"event":1}{"event":"}', 6, 1],
    ['brackets that cross', '{"event":[1}]', 6, 0],
    ['a trailing comma', '{"event":1,}', 6, 0],
    ['a time that is no number', '{"time":"2026-01-01","event":1}', 6, 0],
    ['a host that is no text', '{"host":1,"event":1}', 6, 0],
    ['a member HEC does not know', '{"event":1,"extra":2}', 6, 0],
    ['no event', '{"event":1} {"host":"h"}', 12, 1],
    ['a blank event', '{"event":""}', 13, 0],
    ['a null event', '{"event":1}{"event":2}{"event":null}', 13, 2],
    ['fields that nest', '{"event":1,"fields":{"a":{"b":1}}}', 15, 0],
    ['fields that are a list', '{"event":1,"fields":["a"]}', 15, 0],
    ['a null field', '{"event":1,"fields":{"a":null}}', 15, 0],
  ])('refuses %s', (_, body, code, event) => {
    expect(readHec(body)).toMatchObject({ code, event, problem: expect.any(String), at: expect.any(Number) })
  })
})
