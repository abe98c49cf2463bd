import { problemAt, isProblem } from '../problem.ts'
import { syslogMessage, withoutBom } from './message.ts'
import { priText, readPri } from './pri.ts'
import { readStructuredData, structuredDataText } from './structured-data.ts'
import { readTimestamp, timestampText } from './timestamp.ts'
import type { FormatProblem } from '../problem.ts'
import type { SyslogPri } from './pri.ts'
import type { StructuredData } from './structured-data.ts'

/** The header of RFC 5424 section 6.2. `timestamp`: a Date or milliseconds since 1970. */
export interface Syslog5424Header extends SyslogPri {
  readonly timestamp: Date | number
  readonly host: string
  readonly app: string
  readonly procId?: string
  readonly msgId?: string
  readonly structuredData?: StructuredData
}

/** One RFC 5424 message. A field that was `-` is absent; `timestamp` is in milliseconds since 1970. */
export interface Syslog5424Event extends SyslogPri {
  readonly rfc: 5424
  readonly timestamp?: number
  readonly host?: string
  readonly app?: string
  readonly procId?: string
  readonly msgId?: string
  readonly structuredData: StructuredData
  readonly message: string
}

const fields = [
  ['host', 255],
  ['app', 48],
  ['procId', 128],
  ['msgId', 32],
] as const

/**
 * One RFC 5424 message without framing, the time in UTC with milliseconds. In header fields each run of chars outside
 * printable ASCII becomes one `_` and the length is cut to the RFC's; empty becomes `-`, as does a time that RFC 3339
 * cannot hold. The message keeps everything but CR, LF, NUL and a byte order mark.
 *
 * @throws RangeError when facility or severity is out of range
 */
export function syslog5424(header: Syslog5424Header, message: string): string {
  const names = fields.map(([name, max]) => headerField(header[name], max)).join(' ')
  const data = header.structuredData ? structuredDataText(header.structuredData) : '-'
  const start = `${priText(header)}1 ${timestampText(header.timestamp)} ${names} ${data}`
  const text = syslogMessage(message)
  return text === '' ? start : `${start} ${text}`
}

function headerField(value: string | undefined, max: number): string {
  return value?.replace(/[^!-~]+/g, '_').slice(0, max) || '-'
}

const afterPri = /^1 ([!-~]+) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /

/** Reads one RFC 5424 message without framing. It refuses whatever the grammar of section 6 does not allow. */
export function readSyslog5424(text: string): Syslog5424Event | FormatProblem {
  const pri = readPri(text)
  if (!pri) return problemAt(0, 'no PRI from <0> to <191>')
  const header = afterPri.exec(text.slice(pri.end))
  if (!header) return problemAt(pri.end, 'not "1", a time, a host, an app, a process id and a message id')
  const [whole, time = '', ...values] = header
  const timestamp = time === '-' ? undefined : readTimestamp(time)
  if (Number.isNaN(timestamp)) return problemAt(pri.end + 2, 'a time that is not of RFC 5424 section 6.2.3')
  const body = readBody(text, pri.end + whole.length)
  if (isProblem(body)) return body
  const { facility, severity } = pri
  return { rfc: 5424, facility, severity, ...(timestamp === undefined ? {} : { timestamp }), ...named(values), ...body }
}

function named(values: readonly string[]): Partial<Record<(typeof fields)[number][0], string>> {
  const present = fields.map(([name], i) => [name, values[i]] as const).filter(([, value]) => value !== '-')
  return Object.fromEntries(present)
}

function readBody(text: string, from: number): Pick<Syslog5424Event, 'structuredData' | 'message'> | FormatProblem {
  const read = readStructuredData(text, from)
  if (isProblem(read)) return read
  const { data: structuredData, end } = read
  if (end === text.length) return { structuredData, message: '' }
  if (text[end] !== ' ') return problemAt(end, 'no space after the structured data')
  return { structuredData, message: withoutBom(text.slice(end + 1)) }
}
