import { streamNames } from '../streams.ts'
import type { CloudParts } from '../cloud.ts'
import type { TokenCount } from '../login/token-counts.ts'
import type { StreamName } from '../streams.ts'
import type { VersionState } from '../world/version.ts'

/** Versions of one stream by state, and how many of them were served. */
export type StreamCount = Record<VersionState | 'served', number>

/** Counters of a cloud. */
export interface CloudStats {
  /** Milliseconds since 1970 by the cloud's clock. */
  readonly clock: number
  readonly issuing: boolean
  readonly streams: Readonly<Record<StreamName, StreamCount>>
  readonly requests: { readonly total: number; readonly open: number }
  /** By `client id|scope`. */
  readonly tokens: Readonly<Record<string, TokenCount>>
  /** Requests to the Management Activity API by `PublisherIdentifier`. */
  readonly publishers: Readonly<Record<string, number>>
}

export function statsOf({ world, counts, publishers, log, clock }: CloudParts): CloudStats {
  world.advance()
  const open = log.entries.filter(({ endedAt }) => endedAt === undefined).length
  return {
    clock: clock.now(),
    issuing: world.issuing,
    streams: streamCounts(world),
    requests: { total: log.count, open },
    tokens: counts.all(),
    publishers: publishers.all(),
  }
}

function streamCounts({ ledger }: CloudParts['world']): Record<StreamName, StreamCount> {
  const none = { pending: 0, due: 0, superseded: 0, unsubscribed: 0, served: 0 }
  const counts = Object.fromEntries(streamNames.map((name) => [name, { ...none }])) as Record<StreamName, StreamCount>
  for (const { stream, state, served } of ledger.rows()) {
    counts[stream][state]++
    if (served > 0) counts[stream].served++
  }
  return counts
}
