import { isIP } from 'node:net'
import { sentinels } from '@siembridge/catalog'

/** A value of a record that is neither list nor object. */
export interface Leaf {
  readonly path: string
  readonly value: string
}

const absent = new Set(sentinels)

/** Every leaf that says something. A text that is JSON counts as what is in it. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((element, i) => leavesOf(element, `${path}[${i}]`))
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, path === '' ? key : `${path}.${key}`))
  if (typeof value !== 'string') return [{ path, value: String(value as number | boolean) }]
  const text = value.trim()
  if (absent.has(text)) return []
  const nested = /^[[{]/.test(text) ? (parsed(text) ?? singleQuoted(text)) : undefined
  return nested === undefined ? [{ path, value: text }] : leavesOf(nested, `${path}~`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What stands between single quotes in pseudo-JSON, doubled ones being one; names of members are not values. */
function singleQuoted(text: string): string[] | undefined {
  if (!/^\{\s*'/.test(text)) return undefined
  const quoted = [...text.matchAll(/'((?:[^']|'')*)'(\s*:)?/g)]
  return quoted.filter((m) => m[2] === undefined).map((m) => (m[1] ?? '').replaceAll("''", "'"))
}

/** Values in one form: times to the millisecond, addresses without port, numbers and the rest without regard to case. */
export function normal(value: string): string {
  const text = value.trim().toLowerCase()
  const time = timeOf(text)
  if (time !== undefined) return `time ${time}`
  const address = /^\[?([0-9a-f:.]+?)\]?(?::\d+)?$/.exec(text)?.[1]
  if (address !== undefined && isIP(address.replace(/^::ffff:/, '')) !== 0) return address.replace(/^::ffff:/, '')
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return String(Number(text))
  return text.replace(/\s+/g, ' ')
}

const iso = /^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d:\d\d)(\.\d{1,9})?(z|utc|[+-]\d\d:?\d\d)?$/

/** Milliseconds since 1970 of a time as Microsoft's products write it; undefined where it is none. */
export function timeOf(value: string): number | undefined {
  const text = value.trim().toLowerCase()
  const found = iso.exec(text)
  if (found) {
    const [, day = '', clock = '', fraction = '', zone = 'z'] = found
    return Date.parse(`${day}T${clock}${fraction.slice(0, 4)}${zone === 'utc' ? 'Z' : zone.toUpperCase()}`)
  }
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?: ([ap])m)?(?: ([+-]\d\d:\d\d))?$/.exec(text)
  if (us) {
    const [, month, day, year, hour, minute, second] = us.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const half = us[7] === undefined ? hour : (hour % 12) + (us[7] === 'p' ? 12 : 0)
    const zone = Date.parse('1970-01-01T00:00:00Z') - Date.parse(`1970-01-01T00:00:00${us[8] ?? 'Z'}`)
    return Date.UTC(year, month - 1, day, half, minute, second) - zone
  }
  const net = /^\/date\((-?\d+)/.exec(text)?.[1]
  return net === undefined ? undefined : Number(net)
}
