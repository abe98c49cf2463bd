import { describe, expect, test } from 'vitest'
import { isProblem } from '../problem.ts'
import { cefKeys } from './keys.ts'
import { readCef } from './read.ts'
import type { CefEvent } from './read.ts'

function read(line: string, tolerant = false): CefEvent {
  const event = readCef(line, { tolerant })
  if (isProblem(event)) throw new Error(event.problem)
  return event
}

test('a record is read with its prefix, header and extension', () => {
  const line = String.raw`<134>Jan  2 03:04:05 host CEF:1|A\|B|C\\D|1|id|a=b|Very-High|src=10.0.0.1 msg=x\=y \\ z\n`
  const { extensions, ...rest } = read(line)
  expect(rest).toEqual({
    version: 1,
    vendor: 'A|B',
    product: 'C\\D',
    deviceVersion: '1',
    classId: 'id',
    name: 'a=b',
    severity: 'Very-High',
    prefix: '<134>Jan  2 03:04:05 host ',
  })
  expect({ ...extensions }).toEqual({ src: '10.0.0.1', msg: 'x=y \\ z\n' })
})

test('keys named like the parts of a refusal are keys', () => {
  expect({ ...read('CEF:0|V|P|1|c|n|5|problem=a at=b').extensions }).toEqual({ problem: 'a', at: 'b' })
})

test('an extension may be empty and may hold pipes and quotes', () => {
  expect(Object.keys(read('CEF:0|V|P|1|c|n|5|').extensions)).toEqual([])
  expect(read('CEF:0|V|P|1|c|n|5|msg="a|b"').extensions.msg).toBe('"a|b"')
})

test('a byte order mark may stand before CEF:, as text or as bytes', () => {
  expect(read('\ufeffCEF:0|V|P|1|c|n|5|').prefix).toBe('\ufeff')
  expect(read('x ï»¿CEF:0|V|P|1|c|n|5|').prefix).toBe('x ï»¿')
})

describe('the strict reader refuses', () => {
  test.each([
    ['no mark', 'LEEF:1.0|V|P|1|c|', 0],
    ['a mark inside a word', 'xCEF:0|V|P|1|c|n|5|', 0],
    ['a pipe in the prefix', 'a|b CEF:0|V|P|1|c|n|5|', 1],
    ['another version', 'CEF:2|V|P|1|c|n|5|', 4],
    ['six pipes', 'CEF:0|V|P|1|c|n|5', 16],
    ['an empty vendor', 'CEF:0||P|1|c|n|5|', 6],
    ['a severity of 11', 'CEF:0|V|P|1|c|n|11|', 16],
    ['a severity with a leading zero', 'CEF:0|V|P|1|c|n|05|', 16],
    ['a severity in lower case', 'CEF:0|V|P|1|c|n|low|', 16],
    ['an escaped = in the header', 'CEF:0|V|P|1|c|n\\=|5|', 15],
    ['a line break', 'CEF:0|V|P|1|c|n|5|msg=a\nb', 23],
    ['a tab', 'CEF:0|V|P|1|c|n|5|msg=a\tb=c', 23],
    ['an empty value', 'CEF:0|V|P|1|c|n|5|dst= src=x', 22],
    ['an empty last value', 'CEF:0|V|P|1|c|n|5|dst=', 22],
    ['two spaces between pairs', 'CEF:0|V|P|1|c|n|5|a=x  b=y', 21],
    ['a trailing space', 'CEF:0|V|P|1|c|n|5|a=x ', 21],
    ['an = that is not escaped', 'CEF:0|V|P|1|c|n|5|request=http://x?a=b', 36],
    ['an = right after a value', 'CEF:0|V|P|1|c|n|5|a=b=c', 21],
    ['a key with a dot', 'CEF:0|V|P|1|c|n|5|a.b=c', 21],
    ['a key repeated', 'CEF:0|V|P|1|c|n|5|a=b a=c', 22],
    ['an escape CEF does not know', 'CEF:0|V|P|1|c|n|5|a=https\\://x', 25],
    ['an escaped pipe in a value', 'CEF:0|V|P|1|c|n|5|a=x\\|y', 21],
    ['a backslash at the end', 'CEF:0|V|P|1|c|n|5|a=x\\', 21],
    ['text before the first key', 'CEF:0|V|P|1|c|n|5|text a=b', 18],
    ['text without any key', 'CEF:0|V|P|1|c|n|5|text', 18],
    ['a custom string without its label', 'CEF:0|V|P|1|c|n|5|cs1=x', 18],
    ['a label without its custom string', 'CEF:0|V|P|1|c|n|5|cs1Label=x', 18],
  ])('%s', (_, line, at) => {
    expect(readCef(line)).toEqual({ problem: expect.any(String), at })
  })
})

describe('the tolerant reader accepts', () => {
  test.each([
    ['empty values', 'dst= src=x cs4=', { dst: '', src: 'x', cs4: '' }],
    ['a colon with a backslash', 'cs1=https\\://x', { cs1: 'https://x' }],
    ['an unknown escape', 'a=\\q', { a: '\\q' }],
    ['an = that follows no key', 'request=http://x?a=b suser=u', { request: 'http://x?a=b', suser: 'u' }],
    ['an = right after a value', 'a=b=c d=e', { a: 'b=c', d: 'e' }],
    ['labels in quotes', 'c6a1Label="Device IPv6 Address" c6a1=', { c6a1Label: '"Device IPv6 Address"', c6a1: '' }],
  ])('%s', (_, extension, expected) => {
    expect({ ...read(`CEF:0|V|P|1|c|n|5|${extension}`, true).extensions }).toEqual(expected)
  })

  test('but neither a line break nor a missing pipe', () => {
    expect(isProblem(readCef('CEF:0|V|P|1|c|n|5|a=b\n', { tolerant: true }))).toBe(true)
    expect(isProblem(readCef('CEF:0|V|P|1|c|n|5', { tolerant: true }))).toBe(true)
  })
})

describe('the key table', () => {
  test('holds every custom field with a label, and limits where the column has one', () => {
    expect(cefKeys.cs6).toEqual({ field: 'deviceCustomString6', type: 'string', max: 4000, priority: 86 })
    expect(cefKeys.flexString1Label?.max).toBe(128)
    expect(cefKeys.externalId?.max).toBe(40)
    expect(cefKeys.src).toEqual({ field: 'sourceAddress', type: 'ip', priority: 1 })
    expect(cefKeys.c6a4Label?.max).toBe(1023)
    expect(cefKeys.constructor).toBeUndefined()
  })

  test('drops rawEvent first, then flex fields, custom strings, floats and numbers', () => {
    const order = [
      'rawEvent',

      'flexString1',
      'cs6',
      'cs1',
      'cfp1',
      'cn1',
      'requestContext',
      'request',
      'rt',
    ]
    const priorities = order.map((key) => cefKeys[key]?.priority ?? Number.NaN)
    expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
    expect(new Set(priorities).size).toBe(order.length)
  })
})
