/** One event of a record, as the engine tells it to the pipeline. */
export interface AnnotatedEvent {
  /** Event id, a UUID. */
  readonly id: string
  /** Milliseconds since 1970; undefined where the record tells no time. */
  readonly timeMs?: number
  readonly severity: string
}

/** What the pipeline knows of a record before it is buffered. */
export interface Annotated {
  /** Log type. */
  readonly type: string
  /** The record as it may be kept on disk: secrets masked, on one line, strict JSON. */
  readonly bytes: Buffer
  /** Identity of the record within its lane's scope: event id of its first event. */
  readonly key: string
  /** The key alone says that it is the same record; else its bytes must be the same too. */
  readonly unique: boolean
  /** Object that the record is a revision of, and a digest of what is significant in it. */
  readonly object?: { readonly id: string; readonly significant: string }
  readonly events: readonly AnnotatedEvent[]
  /** Bit `i` is set where route `i` takes at least one of the events. */
  readonly routes: number
  /** What had to be mended before the record could be read. */
  readonly mended?: string
}

export interface Unreadable {
  readonly rejected: string
  /** The record as it may be kept on disk: signatures masked. */
  readonly bytes: Buffer
}

/** Synchronous, without input or output of its own. Never throws for what a record holds. */
export interface Annotator {
  annotate(record: Buffer, tenant: string | undefined): Annotated | Unreadable
}

/** What happened to an object since its last revision. */
export type Change = 'created' | 'updated' | 'unchanged'

/** Encodes buffered records for one target of one route. */
export interface Encoder {
  /** Appends the lines of a record's events to `out`; answers where each ends. Never throws for what a record holds. */
  encode(record: Buffer, tenant: string | undefined, change: Change | undefined, out: Sink): number
}

/** What an encoder writes into. */
export interface Sink {
  /** Appends a text and a line feed. `latin1` writes each character as one byte. */
  line(text: string, mode: 'utf8' | 'latin1'): void
  readonly size: number
  /** Takes back what was written since `size` was this. */
  back(size: number): void
}
