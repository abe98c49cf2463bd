/** One event for Splunk's HTTP Event Collector. `event` is JSON text, embedded as it is. */
export interface HecEnvelope {
  /** Milliseconds since 1970; without it Splunk takes the time of receipt. */
  readonly timeMs?: number
  readonly host?: string
  readonly source?: string
  readonly sourcetype?: string
  readonly index?: string
  readonly event: string
  /** Indexed fields: flat, a list for several values. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>
}

const names = ['host', 'source', 'sourcetype', 'index'] as const

/**
 * One envelope for `/services/collector/event`. A batch is envelopes one after the other, not a JSON array. `time` is
 * a number of seconds with three decimals; a time that is not finite, and empty `fields`, are left out.
 *
 * @throws RangeError when `event` is empty: Splunk would refuse the batch with code 12 or 13
 */
export function hecEnvelope(envelope: HecEnvelope): string {
  const { timeMs, event, fields } = envelope
  if (event === '') throw new RangeError('a HEC event must not be empty')
  const members: string[] = []
  if (timeMs !== undefined && Number.isFinite(timeMs)) members.push(`"time":${seconds(timeMs)}`)
  for (const name of names) {
    const value = envelope[name]
    if (value !== undefined) members.push(`"${name}":${JSON.stringify(value)}`)
  }
  members.push(`"event":${event}`)
  if (fields && Object.keys(fields).length > 0) members.push(`"fields":${JSON.stringify(fields)}`)
  return `{${members.join(',')}}`
}

function seconds(timeMs: number): string {
  return (Math.round(timeMs) / 1000).toFixed(3)
}
