import { isIPv4, isIPv6 } from 'node:net'
import type { ValueType } from '../schema/fields.ts'

/** A typed value in canonical text: numbers in decimal, times as milliseconds since 1970, addresses as they stood. */
export interface Value {
  readonly type: ValueType
  readonly text: string
}

export const string = (text: string): Value => ({ type: 'String', text })
export const integer = (number: number | bigint): Value => ({ type: 'Integer', text: String(number) })
export const long = (number: number | bigint): Value => ({ type: 'Long', text: String(number) })
export const timeStamp = (ms: number | bigint): Value => ({ type: 'TimeStamp', text: String(ms) })

const ranges = { Integer: 2n ** 31n, Long: 2n ** 63n } as const

/** A whole number in decimal, if it is one and in range: 32 bits for Integer, 64 for Long. */
export function whole(text: string, type: 'Integer' | 'Long'): Value | null {
  const found = /^[+-]?\d{1,30}$/.test(text) ? BigInt(text.replace('+', '')) : undefined
  if (found === undefined || found >= ranges[type] || found < -ranges[type]) return null
  return { type, text: String(found) }
}

/** IPv4 in four decimal parts, or IPv6 without a zone. */
export const address = (text: string): Value | null =>
  isIPv4(text) || (isIPv6(text) && !text.includes('%')) ? { type: 'IPAddress', text } : null

/** Six pairs of hexadecimal digits with `:`, `-` or `.` between them. */
export const mac = (text: string): Value | null =>
  /^[0-9A-Fa-f]{2}([:.-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}$/.test(text) ? { type: 'MacAddress', text } : null

/** An empty text sets no field, and counts as nothing where operations look for the first that is something. */
export const isSet = (value: Value | null): value is Value => value !== null && value.text !== ''
