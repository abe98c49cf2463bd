import { isUtf8 } from 'node:buffer'
import { appendFileSync, writeFileSync } from 'node:fs'
import { sha256 } from '../world/version.ts'

/** One event as it was received; `at` in real milliseconds since 1970. */
export interface ReceivedEvent {
  readonly number: number
  readonly receiver: string
  readonly connection: number
  readonly at: number
  readonly sha256: string
  /** The event's bytes as text, or base64 of them where they are not UTF-8. */
  readonly text?: string
  readonly base64?: string
  /** The sender was told that the event is safe. UDP and plain TCP tell nobody. */
  readonly acknowledged: boolean
}

interface Kept extends ReceivedEvent {
  acknowledged: boolean
}

/**
 * Keeps every event, in memory and in a file. A line goes to the file when an event arrives and again when it is
 * acknowledged: the last line of a number counts.
 */
export class Recorder {
  readonly file: string
  readonly #events: Kept[] = []
  readonly #counts = new Map<string, { received: number; acknowledged: number; bytes: number }>()

  constructor(file: string) {
    this.file = file
    writeFileSync(file, '')
  }

  /** Keeps an event and returns it, to be acknowledged later. */
  keep(receiver: string, connection: number, bytes: Buffer): ReceivedEvent {
    const content = isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString('base64') }
    const number = this.#events.length + 1
    const hash = sha256(bytes)
    const event: Kept = { number, receiver, connection, at: Date.now(), sha256: hash, ...content, acknowledged: false }
    this.#events.push(event)
    const count = this.#count(receiver)
    count.received++
    count.bytes += bytes.length
    this.#write(event)
    return event
  }

  acknowledge(events: readonly ReceivedEvent[]): void {
    for (const event of events as readonly Kept[]) {
      if (event.acknowledged) continue
      event.acknowledged = true
      this.#count(event.receiver).acknowledged++
      this.#write(event)
    }
  }

  /** Events of one receiver, or of all. */
  *events(receiver?: string, after = 0): Generator<ReceivedEvent> {
    for (let at = after; at < this.#events.length; at++) {
      const event = this.#events[at]
      if (event && (receiver === undefined || event.receiver === receiver)) yield event
    }
  }

  counts(): Record<string, { received: number; acknowledged: number; bytes: number }> {
    return Object.fromEntries(this.#counts)
  }

  #count(receiver: string) {
    const count = this.#counts.get(receiver) ?? { received: 0, acknowledged: 0, bytes: 0 }
    this.#counts.set(receiver, count)
    return count
  }

  #write(event: ReceivedEvent): void {
    appendFileSync(this.file, `${JSON.stringify(event)}\n`)
  }
}
