import { readSyslog3164 } from './rfc3164.ts'
import { readSyslog5424 } from './rfc5424.ts'
import type { FormatProblem } from '../problem.ts'
import type { Syslog3164Event } from './rfc3164.ts'
import type { Syslog5424Event } from './rfc5424.ts'

/** A message of either RFC; `rfc` tells which. */
export type SyslogEvent = Syslog3164Event | Syslog5424Event

/**
 * Reads a message of RFC 5424 or 3164, told apart by the version digit after PRI: in RFC 3164 a month follows.
 * `year` completes the time of RFC 3164.
 */
export function readSyslog(text: string, options: { readonly year: number }): SyslogEvent | FormatProblem {
  return /^<[0-9]*>[0-9]/.test(text) ? readSyslog5424(text) : readSyslog3164(text, options)
}
