/**
 * How long Retry-After says to wait, in milliseconds: seconds, with a fraction too (Graph's own sample has `2.128`), or a date
 * (RFC 9110 section 10.2.3). A date that is over means now. Undefined where the header is missing or makes no sense.
 */
export function retryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000)
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
