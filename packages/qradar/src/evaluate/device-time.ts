import { isProblem } from '@siembridge/formats'
import { type DateDialect, javaDate } from '@siembridge/formats/java-date'
import type { Ask } from './switches.ts'

/** What the SIEM's own clock and zone are. */
export interface Collector {
  readonly now: number
  /** Minutes east of UTC. */
  readonly zone: number
}

/** Without `ext-data` QRadar reads the time of a syslog header alone ("valid syslog timestamp"). */
const syslogTime = 'MMM dd HH:mm:ss'

/** Milliseconds since 1970 of a captured time, or undefined where it is not of the pattern: then the time of receipt counts. */
export function deviceTime(
  text: string,
  format: string | undefined,
  collector: Collector,
  ask: Ask,
): number | undefined {
  const pattern = format ?? syslogTime
  const joda = read(text, pattern, 'joda', collector, ask)
  if (format === undefined) return joda
  // Only where the two would differ, something depends on which it is.
  const simple = read(text, pattern, 'simple', collector, ask)
  return joda === simple || ask('D1') ? joda : simple
}

function read(text: string, pattern: string, dialect: DateDialect, collector: Collector, ask: Ask): number | undefined {
  const date = javaDate(pattern, dialect)
  if (isProblem(date)) return undefined
  const year = new Date(collector.now).getUTCFullYear()
  const utc = date.zone || ask('A09')
  const lax = date.read(text, { year, zone: utc ? 0 : collector.zone }, {})
  if (lax === undefined) return undefined
  const exact = date.read(text, { year, zone: utc ? 0 : collector.zone }, { exactNames: true })
  if (exact === undefined && !ask('A10')) return undefined
  if (!date.shortYear) return lax
  const late = date.read(text, { year, zone: utc ? 0 : collector.zone }, { pivot: 2000 })
  return late === lax || ask('A11') ? lax : late
}
