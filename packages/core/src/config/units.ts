import { z } from 'zod'

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

const times: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const sizeForm = /^\d+(?:\.\d+)?\s*(?:[Bb]|[KkMmGgTt][Ii]?[Bb])$/
const timeForm = /^\d+(?:\.\d+)?\s*(?:ms|[smhd])$/

/** The number of a text with a unit behind it, rounded to a whole. */
function scaled(value: number | string, units: Readonly<Record<string, number>>): number {
  if (typeof value === 'number') return value
  const number = parseFloat(value)
  return Math.round(number * (units[value.replace(/^[\d.\s]+/, '').toLowerCase()] as number))
}

const withUnit = (form: RegExp, units: Readonly<Record<string, number>>, error: string) =>
  z
    .union([z.int({ error }).nonnegative({ error }), z.string({ error }).regex(form, { error })], { error })
    .transform((value) => scaled(value, units))

/** A size in bytes: a number, or a text such as `64KiB` (1024 each) or `500KB` (1000 each). Gives bytes. */
export const bytes = withUnit(sizeForm, sizes, 'write a size such as 64KiB, 10MiB or 500KB, or a number of bytes')

/** A time span: a number of milliseconds, or a text such as `30s`. Gives milliseconds. */
export const duration = withUnit(
  timeForm,
  times,
  'write a time span such as 500ms, 30s, 5m, 2h or 7d, or a number of milliseconds',
)
