import { isProblem, type FormatProblem } from '../problem.ts'
import { type DateDialect, type DateItem, datePattern } from './pattern.ts'

/** What stands in for parts that a pattern does not have. */
export interface DateDefaults {
  readonly year: number
  /** Minutes east of UTC. */
  readonly zone: number
}

export interface DateReading {
  /** Month names in another case do not count. */
  readonly exactNames?: boolean
  /** First year that two digits can mean; 80 years before the default year unless told (both dialects). */
  readonly pivot?: number
}

export interface JavaDate {
  /** Whether the pattern has a year and a zone of its own. */
  readonly year: boolean
  readonly zone: boolean
  readonly shortYear: boolean
  /** Milliseconds since 1970, or undefined where the text is not of the pattern or no such date exists. */
  read(text: string, defaults: DateDefaults, reading?: DateReading): number | undefined
}

/**
 * A date pattern of Java, compiled. Letters: `y M d E H h a m s S Z`, quoted literals, `Y` in Joda, `X` in
 * SimpleDateFormat; anything else is refused. Names are English. Dates that do not exist are refused, where a lenient
 * SimpleDateFormat would roll over.
 */
export function javaDate(pattern: string, dialect: DateDialect): JavaDate | FormatProblem {
  const items = datePattern(pattern, dialect)
  if (isProblem(items)) return items
  const has = (is: DateItem['is']): boolean => items.some((item) => item.is === is)
  return {
    year: has('year'),
    zone: has('offset'),
    shortYear: items.some((item) => item.is === 'year' && item.letters.length === 2),
    read: (text, defaults, reading = {}) => read(text, items, dialect, defaults, reading),
  }
}

interface Found {
  year?: number
  month: number
  day: number
  hour: number
  /** 1 to 12. */
  twelve?: number
  half?: number
  minute: number
  second: number
  ms: number
  offset?: number
}

const months = 'january february march april may june july august september october november december'.split(' ')
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')

function read(
  text: string,
  items: readonly DateItem[],
  dialect: DateDialect,
  defaults: DateDefaults,
  reading: DateReading,
): number | undefined {
  const found: Found = { month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 }
  let at = 0
  for (const item of items) {
    const length = take(text.slice(at), item, dialect, found, defaults, reading)
    if (length === undefined) return undefined
    at += length
  }
  // SimpleDateFormat.parse stops where the pattern ends; Joda wants the whole text.
  return dialect === 'joda' && at < text.length ? undefined : instant(found, defaults)
}

/** Reads one part at the start of the text: its length, or undefined. */
function take(
  text: string,
  item: DateItem,
  dialect: DateDialect,
  found: Found,
  defaults: DateDefaults,
  reading: DateReading,
): number | undefined {
  if (item.is === 'literal') return text.startsWith(item.text) ? item.text.length : undefined
  switch (item.is) {
    case 'name':
      return named(text, months, reading.exactNames === true, (at) => (found.month = at + 1))
    case 'weekday':
      return named(text, weekdays, reading.exactNames === true, () => {})
    case 'half':
      return named(text, ['am', 'pm'], false, (at) => (found.half = at))
    case 'offset':
      return offset(text, item.letters, dialect, found)
    case 'fraction':
      return fraction(text, item, dialect, found)
    case 'year':
      return number(text, item, 9, (value, digits) => {
        const short = item.letters.length === 2 && digits === 2
        found.year = short ? century(value, reading.pivot ?? defaults.year - 80) : value
      })
    case 'hour12':
      return number(text, item, 2, (value) => (found.twelve = value))
    default: {
      const { is } = item
      return number(text, item, 2, (value) => (found[is] = value))
    }
  }
}

const century = (value: number, pivot: number): number => pivot + ((((value - pivot) % 100) + 100) % 100)

function number(
  text: string,
  { letters, fixed }: Extract<DateItem, { letters: string }>,
  most: number,
  set: (value: number, digits: number) => void,
): number | undefined {
  const digits = /^\d+/.exec(text.slice(0, fixed ? letters.length : most))?.[0]
  if (digits === undefined || (fixed && digits.length < letters.length)) return undefined
  set(Number(digits), digits.length)
  return digits.length
}

/** Joda counts the digits as a fraction, SimpleDateFormat as a number of milliseconds: they agree on three. */
function fraction(
  text: string,
  { letters, fixed }: Extract<DateItem, { letters: string }>,
  dialect: DateDialect,
  found: Found,
): number | undefined {
  const most = dialect === 'joda' || fixed ? letters.length : 9
  const digits = /^\d+/.exec(text.slice(0, most))?.[0]
  if (digits === undefined) return undefined
  found.ms = dialect === 'joda' ? Math.trunc(Number(`0.${digits}`) * 1000 + 1e-9) : Number(digits)
  return digits.length
}

/** The whole name, or its first three letters. */
function named(text: string, names: readonly string[], exact: boolean, set: (at: number) => void): number | undefined {
  const word = /^[A-Za-z]+/.exec(text)?.[0]
  if (word === undefined) return undefined
  const at = names.findIndex((name) => name === word.toLowerCase() || name.slice(0, 3) === word.toLowerCase())
  if (at < 0 || (exact && !/^[A-Z][a-z]*$/.test(word))) return undefined
  set(at)
  return word.length
}

const forms: Readonly<Record<string, RegExp>> = {
  'joda Z': /^([+-])(\d\d)(\d\d)/,
  'joda ZZ': /^(?:Z|([+-])(\d\d):(\d\d))/,
  'simple Z': /^([+-])(\d\d)(\d\d)/,
  'simple X': /^(?:Z|([+-])(\d\d))/,
  'simple XX': /^(?:Z|([+-])(\d\d)(\d\d))/,
  'simple XXX': /^(?:Z|([+-])(\d\d):(\d\d))/,
}

function offset(text: string, letters: string, dialect: DateDialect, found: Found): number | undefined {
  const form = forms[`${dialect} ${dialect === 'simple' && letters.startsWith('Z') ? 'Z' : letters}`]
  const match = form?.exec(text)
  if (!match) return undefined
  const [whole, sign, hours = '0', minutes = '0'] = match
  found.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return whole.length
}

function instant(found: Found, defaults: DateDefaults): number | undefined {
  const { month, day, half, twelve, minute, second, ms } = found
  const year = found.year ?? defaults.year
  if (twelve !== undefined && (twelve < 1 || twelve > 12)) return undefined
  const hour = twelve === undefined ? found.hour : (twelve % 12) + (half ?? 0) * 12
  if (hour > 23 || minute > 59 || second > 59 || ms > 999) return undefined
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, ms))
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.getTime() - (found.offset ?? defaults.zone) * 60_000
}
