import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatin1, hostile, wellFormed } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { readSyslog } from './read.ts'
import { readSyslog3164, syslog3164 } from './rfc3164.ts'
import { readSyslog5424, syslog5424 } from './rfc5424.ts'
import type { Syslog5424Event, Syslog5424Header } from './rfc5424.ts'

const time = Date.UTC(2026, 1, 3, 4, 5, 6, 789)
const pri = { facility: 13, severity: 6 }
const header: Syslog5424Header = { ...pri, timestamp: time, host: 'h.example', app: 'siembridge' }

const facilities = fc.integer({ min: 0, max: 23 })
const severities = fc.integer({ min: 0, max: 7 })
// Four-digit years, whole milliseconds.
const times = fc.integer({ min: Date.UTC(0, 0), max: Date.UTC(9999, 11, 31) })

function read5424(text: string): Syslog5424Event {
  const event = readSyslog5424(text)
  if (isProblem(event)) throw new Error(`${event.problem} at ${event.at}`)
  return event
}

/** The substitution that the README promises for MSG. */
function keptMessage(text: string): string {
  return text.replace(/[\r\n\0]/g, ' ').replace(/^(?:\ufeff|ï»¿)+/, '')
}

describe('RFC 5424', () => {
  test('writes the header with - for what is missing, and the message', () => {
    expect(syslog5424(header, 'CEF:0|x')).toBe('<110>1 2026-02-03T04:05:06.789Z h.example siembridge - - - CEF:0|x')
    expect(syslog5424({ ...header, host: '', timestamp: Number.NaN }, '')).toBe('<110>1 - - siembridge - - -')
  })

  test('escapes structured data and repeats a name for a list', () => {
    const structuredData = { 'a@1': { k: 'q"b]s\\', l: ['1', '2'] }, 'b=]c': {} }
    const line = syslog5424({ ...header, structuredData }, 'm')
    expect(line).toContain(String.raw` [a@1 k="q\"b\]s\\" l="1" l="2"][b_c] m`)
    const data = read5424(line).structuredData
    expect(JSON.parse(JSON.stringify(data))).toEqual({ 'a@1': { k: 'q"b]s\\', l: ['1', '2'] }, b_c: {} })
  })

  test('header fields are cut to the lengths of the RFC', () => {
    const long = 'x'.repeat(300)
    const event = read5424(syslog5424({ ...header, host: long, app: long, procId: long, msgId: long }, ''))
    const lengths = [event.host, event.app, event.procId, event.msgId].map((field) => field?.length)
    expect(lengths).toEqual([255, 48, 128, 32])
  })

  test('whatever it holds, the reader gives it back', () => {
    const headers = fc.record({
      facility: facilities,
      severity: severities,
      timestamp: times,
      host: hostile,
      app: hostile,
    })
    fc.assert(
      fc.property(headers, hostile, hostile, (head, value, message) => {
        const event = read5424(syslog5424({ ...head, structuredData: { 'id@1': { v: value } } }, message))
        expect(event).toMatchObject({ facility: head.facility, severity: head.severity, timestamp: head.timestamp })
        expect(event.message).toBe(keptMessage(message))
        expect(event.structuredData['id@1']?.v).toBe(value.replace(/\r\n|[^ -~\u0080-\uffff]/g, ' '))
        expect(event.host ?? '-').toBe(head.host.replace(/[^!-~]+/g, '_').slice(0, 255) || '-')
      }),
      { numRuns: 300 },
    )
  })

  test('latin1 strings give the same bytes as ordinary ones', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (host, message) => {
        const line = syslog5424({ ...header, host, structuredData: { [host]: { [host]: message } } }, message)
        const bytes = [asLatin1(host), asLatin1(message)] as const
        const head = { ...header, host: bytes[0], structuredData: { [bytes[0]]: { [bytes[0]]: bytes[1] } } }
        // A text that starts with the three chars of a mark, not the mark, loses them only where they are bytes.
        fc.pre(!message.startsWith('ï»¿') && !/^\ufeff+ï»¿/.test(message))
        expect(syslog5424(head, bytes[1])).toBe(asLatin1(line))
      }),
      { numRuns: 200 },
    )
  })

  test('a time with an offset and microseconds is read', () => {
    const line = '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - \ufeffhello'
    expect(read5424(line)).toMatchObject({
      timestamp: Date.UTC(2003, 7, 24, 12, 14, 15),
      procId: '8710',
      message: 'hello',
    })
  })

  test('a backslash before another char is a backslash', () => {
    expect(read5424(String.raw`<0>1 - - - - - [i k="a\b"]`).structuredData.i?.k).toBe(String.raw`a\b`)
  })

  test('structured data of megabytes is read', () => {
    const value = '\\"x'.repeat(1_000_000)
    expect(read5424(syslog5424({ ...header, structuredData: { i: { k: value } } }, '')).structuredData.i?.k).toBe(value)
  })

  test.each([
    ['no PRI', '1 - - - - - -', 0],
    ['PRI 192', '<192>1 - - - - - -', 0],
    ['PRI with a leading zero', '<013>1 - - - - - -', 0],
    ['version 2', '<13>2 - - - - - -', 4],
    ['an app of 49 chars', `<13>1 - - ${'a'.repeat(49)} - - -`, 4],
    ['a lower case z', '<13>1 2026-01-01T00:00:00z - - - - -', 6],
    ['seven fraction digits', '<13>1 2026-01-01T00:00:00.1234567Z - - - - -', 6],
    ['February 30', '<13>1 2026-02-30T00:00:00Z - - - - -', 6],
    ['hour 24', '<13>1 2026-02-01T24:00:00Z - - - - -', 6],
    ['a leap second', '<13>1 2016-12-31T23:59:60Z - - - - -', 6],
    ['no structured data', '<13>1 - h a p m CEF:0|', 16],
    ['an SD-ID twice', '<13>1 - - - - - [a][a]', 19],
    ['an unescaped ] in a value', '<13>1 - - - - - [a b="]"]', 22],
    ['a value that never ends', '<13>1 - - - - - [a b="c\\"]', 25],
    ['an element that never ends', '<13>1 - - - - - [a b="c"', 24],
    ['a parameter without quotes', '<13>1 - - - - - [a b=c]', 18],
    ['no space before the message', '<13>1 - - - - - -x', 17],
  ])('refuses %s', (_, line, at) => {
    expect(readSyslog5424(line)).toEqual({ problem: expect.any(String), at })
  })
})

describe('RFC 3164', () => {
  test('pads the day with a space and takes a tag or none', () => {
    expect(syslog3164({ ...pri, timestamp: time, host: 'h' }, 'CEF:0|x')).toBe('<110>Feb  3 04:05:06 h CEF:0|x')
    const tagged = syslog3164({ ...pri, timestamp: new Date(time), host: 'h', tag: 'siem-bridge' }, 'm')
    expect(tagged).toBe('<110>Feb  3 04:05:06 h siembridge: m')
  })

  test('whatever it holds, the reader gives it back', () => {
    const heads = fc.record({ facility: facilities, severity: severities, timestamp: times, host: hostile })
    fc.assert(
      fc.property(heads, hostile, (head, message) => {
        const year = new Date(head.timestamp).getUTCFullYear()
        const event = readSyslog3164(syslog3164({ ...head, tag: 'tag' }, message), { year })
        if (isProblem(event)) throw new Error(event.problem)
        const { facility, severity } = head
        const timestamp = Math.floor(head.timestamp / 1000) * 1000
        expect(event).toMatchObject({ facility, severity, timestamp, tag: 'tag', message: keptMessage(message) })
        expect(event.host).toBe(head.host.replace(/[^!-~]+/g, '_') || '-')
      }),
      { numRuns: 300 },
    )
  })

  test('a CEF message without tag is a message, and a tag may carry a process id', () => {
    const plain = readSyslog3164('<13>Jan 18 11:07:53 h CEF:0|V|', { year: 2026 })
    expect(plain).toMatchObject({ message: 'CEF:0|V|' })
    expect(plain).not.toHaveProperty('tag')
    const tagged = readSyslog3164('<13>Jan 18 11:07:53 h cron[42]: hi', { year: 2026 })
    expect(tagged).toMatchObject({ tag: 'cron', procId: '42', message: 'hi' })
  })

  test.each([
    ['no PRI', 'Jan 18 11:07:53 h m', 0],
    ['a month of no calendar', '<13>Foo 18 11:07:53 h m', 4],
    ['a day with a leading zero', '<13>Jan 08 11:07:53 h m', 4],
    ['February 29 of a common year', '<13>Feb 29 11:07:53 h m', 4],
    ['no host', '<13>Jan 18 11:07:53', 4],
  ])('refuses %s', (_, line, at) => {
    expect(readSyslog3164(line, { year: 2026 })).toEqual({ problem: expect.any(String), at })
  })

  test('February 29 of a leap year is a day', () => {
    expect(readSyslog3164('<13>Feb 29 11:07:53 h m', { year: 2028 })).toMatchObject({
      timestamp: Date.UTC(2028, 1, 29, 11, 7, 53),
    })
  })
})

test('the reader tells the RFCs apart', () => {
  expect(readSyslog(syslog5424(header, 'm'), { year: 2026 })).toMatchObject({ rfc: 5424, message: 'm' })
  expect(readSyslog(syslog3164({ ...header }, 'm'), { year: 2026 })).toMatchObject({ rfc: 3164, message: 'm' })
  expect(isProblem(readSyslog('hello', { year: 2026 }))).toBe(true)
})

test('facilities and severities out of range, and a time that is none, are programming errors', () => {
  expect(() => syslog5424({ ...header, facility: 24 }, '')).toThrow(RangeError)
  expect(() => syslog5424({ ...header, severity: -1 }, '')).toThrow(RangeError)
  expect(() => syslog3164({ ...header, timestamp: Number.NaN }, '')).toThrow(RangeError)
})

describe('another parser (nsyslog-parser) reads our headers', () => {
  interface Parsed {
    readonly prival: number
    readonly type: string
    readonly ts: Date
    readonly host: string
    readonly appName: string
    readonly pid: string
    readonly messageid: string
    readonly message: string
    readonly structuredData: readonly Record<string, string>[]
  }
  const parse = createRequire(import.meta.url)('nsyslog-parser') as (line: string) => Parsed
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/)

  test('of RFC 5424', () => {
    fc.assert(
      fc.property(facilities, severities, times, word, word, (facility, severity, timestamp, host, msgId) => {
        const head = { facility, severity, timestamp, host, app: 'siembridge', procId: '77', msgId }
        const parsed = parse(syslog5424({ ...head, structuredData: { 'a@1': { k: 'v' } } }, 'hello there'))
        expect(parsed).toMatchObject({ prival: facility * 8 + severity, type: 'RFC5424', host, appName: 'siembridge' })
        expect(parsed).toMatchObject({ pid: '77', messageid: msgId, message: 'hello there' })
        expect(parsed.ts.getTime()).toBe(timestamp)
        expect(parsed.structuredData).toEqual([{ $id: 'a@1', k: 'v' }])
      }),
      { numRuns: 200 },
    )
  })

  test('of RFC 3164', () => {
    const year = new Date().getFullYear()
    const thisYear = fc.integer({ min: Date.UTC(year, 0), max: Date.UTC(year, 11, 31) })
    fc.assert(
      fc.property(facilities, severities, thisYear, word, (facility, severity, timestamp, host) => {
        const parsed = parse(syslog3164({ facility, severity, timestamp, host, tag: 'siembridge' }, 'hello there'))
        expect(parsed).toMatchObject({ prival: facility * 8 + severity, type: 'BSD', host, appName: 'siembridge' })
        expect(parsed.message).toBe('hello there')
        // It takes the text as local time.
        const local = parsed.ts.getTime() - parsed.ts.getTimezoneOffset() * 60_000
        expect(local).toBe(Math.floor(timestamp / 1000) * 1000)
      }),
      { numRuns: 200 },
    )
  })
})
