import type { Logger } from 'winston'
import type { ZodType } from 'zod'
import type { Budgets } from '../budget/budgets.ts'
import type { Clock } from '../clock.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Finding } from './finding.ts'
import type { Records } from './records.ts'

/** A lane: unit of order, acknowledgement, position and dedupe. One for each stream of a tenant, or partition, or file. */
export interface LaneSpec {
  /** Name within the source, stable over restarts: `audit.exchange`, `/var/log/a.json`. */
  readonly stream: string
  /** Entra tenant that the records are collected from, where the source knows it: completes event ids of records that do not say. */
  readonly tenant?: string
  /**
   * How long a record can come again, in milliseconds: its key is remembered that long. 0 where a position in a file is
   * the record's identity and equal records are two records.
   */
  readonly windowMs: number
  /**
   * Time, in milliseconds since 1970, from which on a bounded run finds again everything that is collected after a position,
   * what comes late included. A lane without it cannot be collected again for a route that was parked: it waits instead.
   */
  readonly foundFromMs?: (position: Uint8Array | undefined) => number
  /** Bytes beyond the limit of a full buffer that it may still take: for the few records that must not wait. */
  readonly reserveBytes?: number
  /** Log types that the lane can hold, for the docs and for counting what is odd. */
  readonly expects?: readonly string[]
}

export interface Lane {
  /** Position of the last settled batch: how the source resumes. Undefined on a first start. */
  readonly position: Uint8Array | undefined
  /**
   * Hands over records and the position behind them; no record, only a position, is fine. Resolves when there is room for
   * more, not when it is durable. `marks` are kept with the position and answered by `knows` from then on. Rejects with the reason of the signal when the pipeline ends.
   */
  emit(records: Records, position: Uint8Array, marks?: readonly string[]): Promise<void>
  /** Whether a mark was settled within the lane's window: names of things that are read once, such as blobs. */
  knows(mark: string): boolean
  /** Resolves when everything emitted so far is durable and its position is kept. */
  settled(): Promise<void>
}

/** What a stream says of itself; shown by `status` and counted. */
export interface StreamReport {
  readonly state: 'connected' | 'throttled' | 'error' | 'parked'
  /** Time up to which the source is collected, milliseconds since 1970. */
  readonly collectedToMs?: number
  /** Records that came later than the lane's overlap expected, and by how much. */
  readonly late?: { readonly records: number; readonly mostMs: number }
  /** Name out of the error table, and the sentence for a person. */
  readonly error?: { readonly code: string; readonly message: string; readonly help?: string }
}

/** Own events of the bridge: they go to the targets like any other record (log type `siembridge.event`). */
export interface OwnEvent {
  readonly action:
    | 'heartbeat'
    | 'source-silent'
    | 'gap'
    | 'authentication-failed'
    | 'secret-expires'
    | 'buffer-full'
    | 'configuration-changed'
    | 'state-corrupt'
    | 'late-records'
    | 'target-lost'
    | 'target-recovered'
    | 'dead-letter'
    | 'started'
    | 'stopped'
  readonly severity: 'informational' | 'low' | 'medium' | 'high' | 'critical'
  readonly message: string
  /** Tenant, source, stream, target, window…: flat names to texts or numbers. */
  readonly details?: Readonly<Record<string, string | number>>
}

export interface SourceContext<O> {
  readonly options: O
  /** Name of the source in the configuration. */
  readonly name: string
  /** A bounded run over a past window (`backfill`), on lanes of its own; the source ends by itself. */
  readonly window?: { readonly fromMs: number; readonly toMs: number }
  /** Where a first start begins, milliseconds since 1970: two days ago unless `--since` says otherwise. */
  readonly sinceMs: number
  readonly budgets: Budgets
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Logger
  /** Aborted when the agent stops or the configuration changes. */
  readonly signal: AbortSignal
  lane(spec: LaneSpec): Promise<Lane>
  report(stream: string, report: StreamReport): void
  tell(event: OwnEvent): void
}

/** A kind of source. `O` is what its options are after validation. */
export interface Source<O> {
  /** As it stands in the configuration: `graph`, `office365`, `file`. */
  readonly kind: string
  readonly title: string
  readonly options: ZodType<O>
  /** Looks whether it would work: token, permissions, licence, reachability. */
  check(context: Omit<SourceContext<O>, 'lane' | 'report' | 'tell'>): AsyncIterable<Finding>
  /** Runs until the signal, or until the window is done. Throws only for what cannot mend itself. */
  run(context: SourceContext<O>): Promise<void>
}
