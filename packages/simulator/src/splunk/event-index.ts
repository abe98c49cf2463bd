/** An event as it was indexed. */
export interface IndexedEvent {
  readonly number: number
  readonly raw: string
  /** Milliseconds since 1970. */
  readonly timeMs: number
  /** Whether the input gave the time; otherwise Splunk took its own. */
  readonly timed: boolean
  readonly index: string
  readonly host: string
  readonly source: string
  readonly sourcetype: string
  readonly stanza: string
  /** Bytes that TRUNCATE took from its end. */
  readonly cut: number
}

/** What has been indexed, in order. */
export class EventIndex {
  readonly events: IndexedEvent[] = []

  add(event: Omit<IndexedEvent, 'number'>): void {
    this.events.push({ ...event, number: this.events.length + 1 })
  }
}
