const epochMs = Date.UTC(2020, 0, 1)
const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)$/

/**
 * The instant in units of 100 ns since 2020-01-01T00:00:00Z, or undefined when the text is no `Edm.DateTimeOffset`. A
 * double holds it exactly for 28 years on either side, where a JavaScript `Date` would cut it to milliseconds.
 */
export function readTicks(text: string): number | undefined {
  const [, day, time, fraction = '', zone] = pattern.exec(text) ?? []
  if (day === undefined || time === undefined) return undefined
  const ms = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone}`)
  return Number.isNaN(ms) ? undefined : ticksOf(ms) + Number(fraction.padEnd(7, '0'))
}

/** Ticks of a time in milliseconds since 1970. */
export function ticksOf(ms: number): number {
  return Math.round((ms - epochMs) * 10_000)
}

/** UTC text with this many digits of fraction; the rest is cut off, not rounded. */
export function timeText(ticks: number, digits: number): string {
  const seconds = Math.floor(ticks / 10_000_000)
  const fraction = String(ticks - seconds * 10_000_000).padStart(7, '0')
  const whole = new Date(epochMs + seconds * 1000).toISOString().slice(0, 19)
  return `${whole}${digits === 0 ? '' : `.${fraction.slice(0, digits)}`}Z`
}
