const form = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?\s*(?:[Zz]|([+-])(\d\d):?(\d\d))?$/

/** Units of 100 ns in a millisecond. */
const perMs = 10_000n

/**
 * A time as whole units of 100 ns since 1970: Microsoft writes up to seven digits of a fraction, more than Date keeps, and `…00Z` sorts
 * after `…00.5Z` as text. Without a zone it is UTC. Undefined for what is no time.
 */
export function ticksOf(text: unknown): bigint | undefined {
  const match = typeof text === 'string' ? form.exec(text.trim()) : null
  if (!match) return undefined
  const [, year, month, day, hours, minutes, seconds, fraction = '', sign, offHours = '0', offMinutes = '0'] = match
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds))
  const offset = (Number(offHours) * 60 + Number(offMinutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return BigInt(ms - offset) * perMs + BigInt(fraction.slice(0, 7).padEnd(7, '0'))
}

/** The millisecond that a time lies in. */
export const msOfTicks = (ticks: bigint): number => {
  const ms = ticks / perMs
  return Number(ticks < 0n && ms * perMs !== ticks ? ms - 1n : ms)
}
