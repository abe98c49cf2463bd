import type { Format } from '@siembridge/engine'

/** One version of one object, as the cloud's ledger has it. */
export interface LedgerRow {
  readonly stream: string
  /** Microsoft's own id. */
  readonly id: string
  readonly version: number
  readonly state: string
  /** Of the bytes of the record, and of other bytes that were served for it. */
  readonly sha256: string
  readonly otherSha256: readonly string[]
  /** The change cannot be told by any time in the record: a collector sees it only where it reads the record again. */
  readonly silent: boolean
  /** A newer version took its place after it was served: what was lost with a killed process cannot be had again. */
  readonly overwrittenAt: number | null
}

/** An event as a receiver got it, in the order in which it came. */
export interface ReceivedEvent {
  readonly text?: string
  readonly base64?: string
}

/** What a target of the configuration promises. */
export interface TargetDescription {
  readonly name: string
  readonly format: Format
  /** What stands before each line; it is not compared. */
  readonly header: 'rfc3164' | 'rfc5424' | 'none'
  /** Bytes of events that can come again. */
  readonly window: number
  /** Which events its route keeps. */
  readonly filter?: string
}

/** What a record has to look like: lines by the name of the target. */
export interface Rendered {
  /** Events of the record say what changed in its object. */
  readonly changes: boolean
  readonly lines: Readonly<Record<string, readonly string[]>>
}

export interface JudgeInput {
  readonly rows: readonly LedgerRow[]
  /** By the SHA-256 of the record's bytes; a record that nobody has the bytes of is left out. */
  readonly rendered: ReadonlyMap<string, Rendered>
  readonly targets: readonly TargetDescription[]
  /** By the name of the target. */
  readonly received: ReadonlyMap<string, readonly ReceivedEvent[]>
}

export interface SourceVerdict {
  readonly stream: string
  /** Versions that a collector had to get, and those of them that reached every target. */
  readonly issued: number
  readonly collected: number
  /** Overwritten at the source after they were served, and lost with a killed process. */
  readonly superseded: number
  /** Changes that no time in the record tells, and that nobody saw. */
  readonly silent: number
}

export interface TargetVerdict {
  readonly name: string
  readonly format: Format
  /** Events, each counted once. */
  readonly delivered: number
  readonly lost: number
  /** One record under two ids, or a repeat outside the window. */
  readonly doubled: number
  /** The same event again within the window, and how far apart at most, in bytes of other events. */
  readonly repeated: number
  readonly repeatedWithin: number
  readonly window: number
  /** Never issued, or other bytes than the record gives. */
  readonly unknown: number
  readonly altered: number
  /** The bridge's own. */
  readonly own: number
  /** What is wrong, by example. */
  readonly examples: readonly string[]
}

export interface Verdict {
  readonly ok: boolean
  readonly sources: readonly SourceVerdict[]
  readonly targets: readonly TargetVerdict[]
}
