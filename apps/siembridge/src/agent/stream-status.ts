import type { StreamReport } from '@siembridge/core'

/** What is known of a stream of a source. Times in milliseconds since 1970. */
export interface StreamStatus {
  readonly stream: string
  readonly state: StreamReport['state'] | 'starting'
  readonly collectedToMs?: number
  readonly lastGoodMs?: number
  readonly failingSinceMs?: number
  readonly late?: StreamReport['late']
  readonly error?: StreamReport['error']
}

/** A stream after what it said of itself. Being throttled is not failing. */
export function reported(
  before: StreamStatus | undefined,
  stream: string,
  report: StreamReport,
  nowMs: number,
): StreamStatus {
  const { state, late, error } = report
  const collectedToMs = report.collectedToMs ?? before?.collectedToMs
  const good = state === 'connected'
  const lastGoodMs = good ? nowMs : before?.lastGoodMs
  const failing = state === 'error' || state === 'parked'
  return {
    stream,
    state,
    ...(collectedToMs !== undefined && { collectedToMs }),
    ...(lastGoodMs !== undefined && { lastGoodMs }),
    ...(failing && { failingSinceMs: before?.failingSinceMs ?? nowMs }),
    ...((late ?? before?.late) && { late: late ?? before?.late }),
    ...(!good && error && { error }),
  }
}
