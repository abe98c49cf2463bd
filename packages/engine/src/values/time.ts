/**
 * Times in every form that Microsoft's records use, read as UTC where they name no zone (Office 365 writes none and means
 * UTC; resource logs have eleven forms, US order). Written back as ISO 8601 with three digits, or as many as carry ticks.
 */

const isoForm =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)? ?(Z|z|UTC|GMT|[+-]\d\d:?\d\d)?$/
const usForm =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9})\d*)?)?(?: ?([AaPp])[Mm])? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/
const mailForm =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|([+-]\d\d:?\d\d))$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Digits beyond milliseconds of the time that was read last: ticks and nanoseconds live there. */
let beyond = ''
/** The same as a place in the text, so that who wants milliseconds alone does not pay for them. */
let beyondFrom = 0
let beyondTo = 0

/** Milliseconds since 1970, or NaN where it is no time. */
export function timeMs(text: string): number {
  beyond = ''
  beyondTo = 0
  const c = text.charCodeAt(4)
  if (c === 45 /* - */) return isoMs(text)
  return otherMs(text)
}

/** ISO 8601 in UTC with three to nine fraction digits, or undefined where it is no time. */
export function timeIso(text: string): string | undefined {
  const ms = timeMs(text)
  if (Number.isNaN(ms)) return undefined
  if (beyondTo > 0) beyond = text.slice(beyondFrom, beyondTo).replace(/0+$/, '')
  const iso = new Date(ms).toISOString()
  return beyond === '' ? iso : `${iso.slice(0, -1)}${beyond}Z`
}

/** As `timeIso`, of a number that counts seconds or milliseconds since 1970. */
export function epochIso(text: string, unit: 's' | 'ms'): string | undefined {
  if (!/^-?\d{1,14}(\.\d{1,9})?$/.test(text)) return timeIso(text)
  const ms = Math.round(Number(text) * (unit === 's' ? 1000 : 1))
  return Math.abs(ms) <= 8.64e15 && ms >= yearOne && ms < yearTenThousand ? new Date(ms).toISOString() : undefined
}

const yearOne = -62135596800000
const yearTenThousand = 253402300800000

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48
const two = (text: string, at: number): number => {
  const a = digit(text, at)
  const b = digit(text, at + 1)
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : NaN
}

/** The usual form, `2026-11-21T04:39:00.1234567Z`, without a regular expression; anything odd goes the long way. */
function isoMs(text: string): number {
  const t = text.charCodeAt(10)
  if (text.length < 19 || (t !== 84 && t !== 32) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
    return isoLong(text)
  const h = two(text, 11)
  const m = two(text, 14)
  const s = two(text, 17)
  if (!(h < 24 && m < 60 && s < 61)) return NaN
  const day = text.charCodeAt(7) === 45 ? utcDay(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)) : NaN
  const end = text.charCodeAt(19) === 46 ? digitsEnd(text, 20) : 19
  if (end === 20) return NaN
  if (end < text.length && (end !== text.length - 1 || text.charCodeAt(end) !== 90)) return isoLong(text)
  if (end > 23) {
    beyondFrom = 23
    beyondTo = Math.min(end, 29)
  }
  return day + h * 3600000 + m * 60000 + s * 1000 + milliseconds(text, 20, end)
}

/** Up to three digits of a fraction. */
function milliseconds(text: string, from: number, end: number): number {
  if (end <= from) return 0
  const hundreds = digit(text, from) * 100
  const tens = from + 1 < end ? digit(text, from + 1) * 10 : 0
  return hundreds + tens + (from + 2 < end ? digit(text, from + 2) : 0)
}

function digitsEnd(text: string, at: number): number {
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c < 48 || c > 57) break
    at++
  }
  return at
}

/** Milliseconds of a fraction; what lies beyond, up to nanoseconds and without trailing zeros, is set aside. */
function fraction(digits: string): number {
  if (digits.length <= 3) return Number(digits.padEnd(3, '0'))
  beyond = digits.slice(3, 9).replace(/0+$/, '')
  return Number(digits.slice(0, 3))
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Milliseconds to the start of a day; NaN for the 31st of February and for year 0, which no calendar of theirs means. */
function utcDay(year: number, month: number, day: number): number {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return NaN
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (!(day <= (monthDays[month - 1] as number) + (leap ? 1 : 0))) return NaN
  // Days of the proleptic Gregorian calendar, counted in years that begin in March, so that the odd day comes last.
  const y = month > 2 ? year : year - 1
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return (y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + inYear - 719468) * 86400000
}

function isoLong(text: string): number {
  const found = isoForm.exec(text)
  if (!found) return NaN
  const [, y, mo, d, h = '0', m = '0', s = '0', f = '', zone = ''] = found
  return clock(utcDay(Number(y), Number(mo), Number(d)), Number(h), Number(m), Number(s), f, zone)
}

function otherMs(text: string): number {
  const us = usForm.exec(text)
  if (us) {
    const [, mo, d, y, h, m, s = '0', f = '', half, zone = ''] = us
    return clock(utcDay(Number(y), Number(mo), Number(d)), hour24(Number(h), half), Number(m), Number(s), f, zone)
  }
  const mail = mailForm.exec(text)
  if (!mail) return NaN
  const [, d, mo, y, h, m, s, zone = ''] = mail
  return clock(utcDay(Number(y), months.indexOf(mo ?? '') + 1, Number(d)), Number(h), Number(m), Number(s), '', zone)
}

function hour24(hour: number, half: string | undefined): number {
  if (!half) return hour
  if (hour < 1 || hour > 12) return NaN
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

function clock(day: number, h: number, m: number, s: number, f: string, zone: string): number {
  if (!(h < 24 && m < 60 && s < 61)) return NaN
  const ms = f === '' ? 0 : fraction(f)
  const found = day + h * 3600000 + m * 60000 + s * 1000 + ms - offset(zone)
  // A zone can push the first and last days out of the calendar.
  return found >= yearOne && found < yearTenThousand ? found : NaN
}

function offset(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0
  const minutes = two(zone, 1) * 60 + two(zone, zone.length - 2)
  return (zone[0] === '-' ? -minutes : minutes) * 60000
}

const thousandths = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))

const thousandth = (n: number): string => thousandths[Math.floor(n) % 1000] as string

/** Milliseconds since 1970 as text, or undefined where it is no time. */
export function msOf(text: string): string | undefined {
  const ms = timeMs(text)
  // Pieces of three digits cost less than a large number. These are the times from 2001 to 2286.
  if (ms >= 1e12 && ms < 1e13) {
    const high = Math.floor(ms / 1e9)
    const low = ms - high * 1e9
    return String(high) + thousandth(low / 1e6) + thousandth(low / 1000) + thousandth(low)
  }
  return Number.isNaN(ms) ? undefined : String(ms)
}
