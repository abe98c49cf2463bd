import { z } from 'zod'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const error = 'write a time span such as 90s, 15m, 24h or 7d, or a number of milliseconds'

/** A span of time in a configuration, `90s`, `15m`, `24h`, `7d`, or a number of milliseconds; milliseconds once validated. */
export const duration = z
  .union([z.int({ error }).nonnegative({ error }), z.string({ error }).regex(/^\d+(?:ms|[smhd])$/, { error })], {
    error,
  })
  .transform((span) =>
    typeof span === 'number' ? span : parseInt(span, 10) * (units[span.replace(/^\d+/, '')] ?? NaN),
  )

export const minute = 60_000
export const hour = 3_600_000
export const day = 86_400_000
