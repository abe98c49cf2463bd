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
