const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const

/** A span of time in one unit: `3 minutes`. */
export function span(ms: number): string {
  const [unitMs, unit] = units.find(([one]) => ms >= one) ?? units[3]
  const count = Math.max(0, Math.floor(ms / unitMs))
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export const ago = (atMs: number, nowMs: number): string =>
  nowMs - atMs < 1000 ? 'just now' : `${span(nowMs - atMs)} ago`

/** Date and time in the person's own time zone. */
export const dateTime = (ms: number): string =>
  new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export const count = (number: number): string => number.toLocaleString()

export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`

export const timeExample = 'A time such as 2026-01-31 10:00, in UTC.'

/** Milliseconds since 1970 of a day, or a day and a time, in UTC; NaN where it is none. */
export function utcTime(text: string): number {
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/.test(text)) return Number.NaN
  return Date.parse(`${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}Z`)
}
