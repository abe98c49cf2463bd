import { problemAt } from '../problem.ts'
import { syslogMessage, withoutBom } from './message.ts'
import { priText, readPri } from './pri.ts'
import type { FormatProblem } from '../problem.ts'
import type { SyslogPri } from './pri.ts'

/** The header of RFC 3164 section 4.1. `timestamp`: a Date or milliseconds since 1970. */
export interface Syslog3164Header extends SyslogPri {
  readonly timestamp: Date | number
  readonly host: string
  readonly tag?: string
}

/** One RFC 3164 message; `timestamp` in milliseconds since 1970, the text taken as UTC. */
export interface Syslog3164Event extends SyslogPri {
  readonly rfc: 3164
  readonly timestamp: number
  readonly host: string
  readonly tag?: string
  readonly procId?: string
  readonly message: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * `<PRI>Mmm dd hh:mm:ss host tag: message`, or without `tag: `, which CEF receivers prefer; the time in UTC. The RFC's
 * 1024 bytes in all are not enforced: every receiver of today takes more. In `host` each run of chars outside
 * printable ASCII becomes one `_`; `tag` keeps its letters and digits, at most 32 (section 5.3).
 *
 * @throws RangeError when facility, severity or time is not valid
 */
export function syslog3164(header: Syslog3164Header, message: string): string {
  const host = header.host.replace(/[^!-~]+/g, '_') || '-'
  const tag = header.tag?.replace(/[^A-Za-z0-9]+/g, '').slice(0, 32)
  const start = `${priText(header)}${bsdTime(header.timestamp)} ${host} `
  return `${start}${tag ? `${tag}: ` : ''}${syslogMessage(message)}`
}

/** `Mmm dd hh:mm:ss` with the day padded by a space. */
function bsdTime(time: Date | number): string {
  const date = new Date(time)
  const month = months[date.getUTCMonth()]
  if (month === undefined) throw new RangeError('syslog timestamp is not a time')
  const day = String(date.getUTCDate()).padStart(2, ' ')
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
  return `${month} ${day} ${clock.map((part) => String(part).padStart(2, '0')).join(':')}`
}

const header3164 = /^([A-Z][a-z]{2}) ([ 1-3][0-9]) ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]) ([!-~]+) /
const tag3164 = /^([A-Za-z0-9]{1,32})(?:\[([0-9]+)\])?: /

/**
 * Reads one RFC 3164 message. `year` completes the time, which has none. A tag is a word of letters and digits that
 * ends in `: ` or `[pid]: `; a message that starts with such a word cannot be told from it.
 */
export function readSyslog3164(text: string, options: { readonly year: number }): Syslog3164Event | FormatProblem {
  const pri = readPri(text)
  if (!pri) return problemAt(0, 'no PRI from <0> to <191>')
  const header = header3164.exec(text.slice(pri.end))
  if (!header) return problemAt(pri.end, 'not "Mmm dd hh:mm:ss", a host and a space')
  const [whole, month = '', day, hour, minute, second, host = ''] = header
  const clock = [hour, minute, second].map(Number)
  const timestamp = utcTime(options.year, (months as readonly string[]).indexOf(month), Number(day), clock)
  if (timestamp === undefined) return problemAt(pri.end, 'a date that does not exist')
  const { facility, severity } = pri
  return { rfc: 3164, facility, severity, timestamp, host, ...tagAndMessage(text.slice(pri.end + whole.length)) }
}

function utcTime(year: number, month: number, day: number, clock: readonly number[]): number | undefined {
  const [hour = 0, minute = 0, second = 0] = clock
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined
  return date.setUTCHours(hour, minute, second)
}

function tagAndMessage(rest: string): Pick<Syslog3164Event, 'tag' | 'procId' | 'message'> {
  const [whole = '', tag, procId] = tag3164.exec(rest) ?? []
  const message = withoutBom(rest.slice(whole.length))
  return { ...(tag === undefined ? {} : { tag }), ...(procId === undefined ? {} : { procId }), message }
}
