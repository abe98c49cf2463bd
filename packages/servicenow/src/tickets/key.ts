import { createHash } from 'node:crypto'

/** Begin of every correlation id of the bridge: what is read back is found by it. */
export const keyPrefix = 'sb1:'

/**
 * Key of a ticket: `sb1:` and the SHA-256 of what shares it in base64url, 47 characters. Stable over restarts and machines, within the
 * 100 characters of `correlation_id`, and without a sign that means something in an encoded query.
 */
export const ticketKey = (...parts: readonly string[]): string =>
  keyPrefix + createHash('sha256').update(parts.join('\n')).digest('base64url')

/** The same for a ticket that collects what the storm brake holds back; it can be told from others. */
export const stormKey = (rule: string, beganMs: number): string => {
  const key = ticketKey('storm', rule, String(beganMs))
  return `${keyPrefix}storm-${key.slice(keyPrefix.length + 6)}`
}

export const isStormKey = (key: string): boolean => key.startsWith(`${keyPrefix}storm-`)

/** Correlation id of the n-th ticket of a key: those after the first took the place of one that was closed or deleted. */
export const correlationOf = (key: string, generation: number): string =>
  generation <= 1 ? key : `${key}:${generation}`

/** Key and generation of a correlation id of the bridge; undefined for others, and for those of tickets that were folded away. */
export function readCorrelation(
  correlation: string,
): { readonly key: string; readonly generation: number } | undefined {
  const [, key, generation = '1'] = /^(sb1:[A-Za-z0-9_-]{43})(?::(\d+))?$/.exec(correlation) ?? []
  return key === undefined ? undefined : { key, generation: Number(generation) }
}
