import type { FaultSwitch } from './receiver-fault.ts'
import type { ReceivedEvent, Recorder } from './recorder.ts'

interface Waiting {
  readonly events: readonly ReceivedEvent[]
  readonly trueAt: number
}

/** Ack ids by channel. An id is true once its time has come, is said to be so once, and is then forgotten. */
export class HecChannels {
  readonly #channels = new Map<string, { next: number; readonly waiting: Map<number, Waiting> }>()
  readonly #delayMs: number
  readonly #faults: FaultSwitch
  readonly #recorder: Recorder

  constructor(delayMs: number, faults: FaultSwitch, recorder: Recorder) {
    this.#delayMs = delayMs
    this.#faults = faults
    this.#recorder = recorder
  }

  /** The ack id of a request; undefined when the fault leaves it out. */
  add(channel: string, events: readonly ReceivedEvent[]): number | undefined {
    if (this.#faults.take('no-ack-id')) return undefined
    const state = this.#channels.get(channel) ?? { next: 0, waiting: new Map<number, Waiting>() }
    this.#channels.set(channel, state)
    const id = state.next++
    if (!this.#faults.take('ack-lost')) state.waiting.set(id, { events, trueAt: Date.now() + this.#delayMs })
    return id
  }

  /** Which of the ids are true by now. */
  query(channel: string, ids: readonly number[]): Record<string, boolean> {
    const never = this.#faults.current?.kind === 'ack-never'
    return Object.fromEntries(ids.map((id) => [String(id), !never && this.#settle(channel, id)]))
  }

  /** Forgets every channel, as an indexer that restarts does. */
  forget(): void {
    this.#channels.clear()
  }

  #settle(channel: string, id: number): boolean {
    const waiting = this.#channels.get(channel)?.waiting
    const found = waiting?.get(id)
    if (!found || found.trueAt > Date.now()) return false
    waiting?.delete(id)
    this.#recorder.acknowledge(found.events)
    return true
  }
}
