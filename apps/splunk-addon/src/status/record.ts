import type { OwnEvent, StreamReport } from '@siembridge/core'

/** Form of the documents of `siembridge_status`. */
export const statusForm = 1

/** A stream of an input. Times in milliseconds since 1970. */
export interface StreamRecord {
  readonly stream: string
  readonly state: StreamReport['state'] | 'starting'
  readonly collectedToMs?: number
  readonly lastGoodMs?: number
  readonly failingSinceMs?: number
  readonly error?: StreamReport['error']
  readonly late?: StreamReport['late']
  /** How often the service limited the requests since the input was started, and when it did last. */
  readonly throttled?: { readonly times: number; readonly lastMs: number }
  /** Records that came from Microsoft since the input was started. */
  readonly received: number
  /** Where the stream goes on: JSON of the source that it belongs to. */
  readonly position?: string
}

/** A record that could not be read, or an event that could not be written. */
export interface LetterRecord {
  readonly atMs: number
  readonly name: string
  readonly reason: string
  /** Its beginning. */
  readonly text: string
}

export interface NoteRecord {
  readonly atMs: number
  readonly severity: OwnEvent['severity']
  readonly message: string
}

/** Events by the time at which they were handed to Splunk: `[milliseconds since 1970, events]`, oldest first, without empty ones. */
export type EventCounts = readonly (readonly [startMs: number, events: number])[]

/** What an input says of itself. The program writes it, the pages read it. */
export interface InputStatus {
  readonly form: typeof statusForm
  /** `SCHEME://NAME`. */
  readonly stanza: string
  readonly writtenMs: number
  readonly startedMs: number
  readonly host: string
  /** `stopped`: the program ended in order. */
  readonly state: 'starting' | 'collecting' | 'failing' | 'stopped'
  readonly account?: string
  /** GUID. */
  readonly tenant?: string
  /** Why nothing is collected at all. */
  readonly error?: NonNullable<StreamReport['error']> & { readonly sinceMs: number }
  readonly streams: readonly StreamRecord[]
  /** Events since the input was started. */
  readonly events: number
  readonly lastEventMs?: number
  /** The last hour by minutes, and the last two days by hours. */
  readonly minutes: EventCounts
  readonly hours: EventCounts
  readonly deadLetters: number
  /** Newest first. */
  readonly letters: readonly LetterRecord[]
  readonly notes: readonly NoteRecord[]
  /** Positions that were set since the start because a person wanted it: times in milliseconds since 1970 by stream. */
  readonly rewound?: { readonly atMs: number; readonly streams: Readonly<Record<string, number>> }
}

/** A document of the collection. */
export interface StatusDocument {
  readonly _key: string
  readonly stanza: string
  /** `InputStatus` as JSON. */
  readonly status: string
}

/** A wish of a person that positions be set; the input carries it out when it starts, and removes the document. */
export interface PositionRequest {
  readonly _key: string
  readonly stanza: string
  /** JSON: streams, and the time in milliseconds since 1970 at which each goes on. */
  readonly streams: string
}
