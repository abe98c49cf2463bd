import type { Logger } from 'winston'
import type { ZodType } from 'zod'
import type { Clock } from '../clock.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Disk } from '../disk/disk.ts'
import type { Finding } from './finding.ts'
import type { OwnEvent } from './source.ts'

/** What became of a parcel. `unknown`: it may have arrived (time-out after everything was sent). */
export interface Receipt {
  readonly all: 'delivered' | 'retry' | 'unknown'
  /** Not before that many milliseconds, where the receiver said so. */
  readonly afterMs?: number
  /** For `retry` and `unknown`: what the receiver or the network said. Holds no secret. */
  readonly reason?: string
  /** Events that fared otherwise, by their place in the parcel, rising. `rejected` goes to dead letters. */
  readonly except?: readonly {
    readonly at: number
    readonly is: 'delivered' | 'retry' | 'rejected'
    readonly reason: string
  }[]
}

/** Encoded events, in order. */
export interface Parcel {
  /** Each event ends with a line feed, which is not part of it; `cef`, `leef`, `ecs`… hold none inside. */
  readonly body: Buffer
  /** Where each event ends in `body`, its line feed included. */
  readonly ends: Uint32Array
  /** 0 the first time. */
  readonly attempt: number
}

export const eventsIn = ({ ends }: Parcel): number => ends.length

/** Bytes of event `at` without its line feed: a view, not a copy. */
export const eventAt = ({ body, ends }: Parcel, at: number): Buffer =>
  body.subarray(at === 0 ? 0 : ends[at - 1], (ends[at] ?? 1) - 1)

/** An open way to a receiver. */
export interface Delivery {
  /** Parcels that may be under way at once. Order within a lane is kept only where it is 1, or where all fail together. */
  readonly inFlight: number
  /** Largest parcel. */
  readonly maxBytes: number
  readonly maxEvents: number
  /**
   * Delivers one parcel. Called in order; up to `inFlight` calls are open at once. Never rejects for what a receiver or a
   * network does. After the first answer that is not `delivered`, later parcels under way may be answered `retry` as well.
   * Connects again by itself at the next call.
   */
  deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt>
  /** Flushes, says good-bye, and resolves when the receiver has everything that can be known. Pending calls are answered. */
  close(): Promise<void>
  /** What `status` shows besides how delivery fares: a word for it, and the text. */
  facts?(): readonly TargetFact[]
}

export interface TargetFact {
  readonly name: string
  readonly text: string
}

/** Where a target keeps what it has to know after a restart: a folder of its own in the state directory. */
export interface TargetFolder {
  readonly disk: Disk
  readonly path: string
}

export interface TargetContext<O> {
  readonly options: O
  /** Name of the target in the configuration. */
  readonly name: string
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Logger
  /** For targets of semantics `state`, when they are opened. */
  readonly folder?: TargetFolder
  /** Tells own events of the bridge, when opened. */
  readonly tell?: (event: OwnEvent) => void
}

/** A kind of target. `O` is what its options are after validation. */
export interface Target<O> {
  /** As it stands in the configuration: `syslog`, `splunk-hec`, `file`. */
  readonly kind: string
  readonly title: string
  readonly options: ZodType<O>
  /**
   * `events`, unless told: each event is one thing that is sent. `state`: the target keeps something there for each object up to date,
   * knows by revisions what is newer, gets a folder for what it knows, the revision and the whole record with each event
   * (format `ecs`), and belongs to one route.
   */
  readonly semantics?: 'events' | 'state'
  /** Formats of lines that make sense here, the default first. */
  readonly formats: readonly string[]
  /** What `delivered` means: on the receiver's disk, taken by the receiver, or handed to the network. */
  receipt(options: O): 'stored' | 'accepted' | 'handed-over'
  /** How much can come again after an unclean stop or a broken connection, in bytes of encoded events. */
  repeatWindow(options: O): number
  /** Syslog header before each line: form, host name and the largest whole message in bytes (0: no limit). */
  header?(options: O): {
    readonly form: 'rfc3164' | 'rfc5424' | 'none'
    readonly hostname: string
    readonly maxBytes: number
  }
  check(context: TargetContext<O>): AsyncIterable<Finding>
  /** Does not connect yet, or not for long: a receiver that is down is no reason to fail. */
  open(context: TargetContext<O>): Promise<Delivery>
}
