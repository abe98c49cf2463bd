import { collectionOf, type FoundInput } from './found.ts'
import type { PositionForm } from './older.ts'
import type { OlderRead, Row } from './read.ts'

const weekMs = 7 * 86_400_000

/** Milliseconds since 1970 of a time as older add-ons write it: ISO 8601 with any number of decimals, a space for the T, or no zone (UTC). */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const [, date, time = '00:00:00', decimals = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(value.trim()) ?? []
  const timeMs = Date.parse(`${date ?? ''}T${time}${decimals.slice(0, 4)}${zone}`)
  return date === undefined || Number.isNaN(timeMs) ? undefined : timeMs
}

/** How far an older input is by its checkpoint, milliseconds since 1970; undefined where there is none, or none that can be read. */
export function checkpointOf(position: PositionForm, input: FoundInput, read: OlderRead): number | undefined {
  const rows = read.rows.get(`${input.addOn}/${collectionOf(position, input.name) ?? ''}`) ?? []
  switch (position.in) {
    case 'state':
      return timeOf(unpacked(rowOf(rows, position.key, input)?.['state']))
    case 'member':
      return timeOf(rowOf(rows, position.key, input)?.[position.member])
    case 'contents':
      return newestContent(rows)
    case 'unknown-keys':
      return earliest(rows.filter((row) => namesInput(row, input)).flatMap((row) => timesIn(row)))
    case 'out-of-reach':
      return undefined
  }
}

/** Some versions of the library give an input's name with its kind, others without. */
const rowOf = (rows: readonly Row[], prefix: string, { scheme, name }: FoundInput): Row | undefined =>
  rows.find(({ _key }) => _key === `${prefix}${name}` || _key === `${prefix}${scheme}://${name}`)

/** JSON in JSON, as often as it was packed. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return unpacked(JSON.parse(value))
  } catch {
    return value
  }
}

const namesInput = ({ _key }: Row, { name }: FoundInput): boolean => typeof _key === 'string' && _key.includes(name)

const timesIn = (row: Row): readonly number[] =>
  Object.values(row).flatMap((value) => {
    const inner = unpacked(value)
    const values = typeof inner === 'object' && inner !== null ? Object.values(inner) : [inner]
    return values.flatMap((one) => timeOf(one) ?? [])
  })

const earliest = (times: readonly number[]): number | undefined => (times.length === 0 ? undefined : Math.min(...times))
const latest = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b))

/**
 * When the newest content became available that was fetched. Ids begin with that time (`YYYYMMDDhhmmss…`); a document is kept until
 * its content expires, seven days after (Microsoft, "Office 365 Management Activity API reference"). Of the two the earlier counts.
 */
function newestContent(rows: readonly Row[]): number | undefined {
  const byId = latest(rows.flatMap(({ _key }) => contentTime(_key) ?? []))
  const byExpiry = latest(
    rows.flatMap(({ expiration }) => (typeof expiration === 'number' ? [expiration * 1000 - weekMs] : [])),
  )
  return earliest([byId, byExpiry].flatMap((time) => time ?? []))
}

function contentTime(id: unknown): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d*(?:\$|$)/.exec(typeof id === 'string' ? id : '') ?? []
  return year === undefined
    ? undefined
    : timeOf(`${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`)
}
