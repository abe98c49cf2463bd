const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A length of time: milliseconds, or a number with a unit: `500ms`, `2s`, `10m`, `4h`, `3d`. */
export type Duration = number | string

/** The duration in milliseconds; throws a `RangeError` on anything else. */
export function milliseconds(duration: Duration): number {
  if (typeof duration === 'number') return duration
  const [, count, unit] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)$/.exec(duration) ?? []
  const factor = units[unit ?? '']
  if (factor === undefined) throw new RangeError(`"${duration}" is no duration such as 500ms, 2s, 10m, 4h or 3d`)
  return Number(count) * factor
}
