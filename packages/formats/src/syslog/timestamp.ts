/** RFC 3339 in UTC with milliseconds, or `-` for a time that has no four-digit year (RFC 5424 section 6.2.3). */
export function timestampText(time: Date | number): string {
  const date = new Date(time)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : '-'
}

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d)(\.\d{1,6})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Milliseconds since 1970 (finer digits are dropped), or NaN when the text is not a TIMESTAMP of RFC 5424. */
export function readTimestamp(text: string): number {
  const [, clock = '', fraction = '.0', zone = ''] = rfc3339.exec(text) ?? []
  const utc = Date.parse(`${clock}Z`)
  // Date.parse rolls February 30 and 24:00 over to the next day; the RFC does not allow them.
  if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(clock)) return Number.NaN
  return utc + Number(fraction.slice(1, 4).padEnd(3, '0')) - offsetMs(zone)
}

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
