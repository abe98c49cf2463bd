import type { Clock } from '@siembridge/core'

interface Sleeper {
  readonly dueMs: number
  readonly wake: () => void
}

/**
 * A clock that jumps: whoever sleeps longest from now wakes last, but nobody waits. `pace` is the real time between two wakings, so that
 * requests under way get their turn.
 */
export class TestClock implements Clock {
  readonly slept: number[] = []
  readonly #sleepers: Sleeper[] = []
  readonly #paceMs: number
  #waking = false
  #elapsedMs = 0
  #startMs: number
  constructor(start: number | string = '2026-11-21T08:00:00Z', paceMs = 1) {
    this.#startMs = new Date(start).getTime()
    this.#paceMs = paceMs
  }

  now(): number {
    return this.#startMs + this.#elapsedMs
  }

  elapsed(): number {
    return this.#elapsedMs
  }

  /** Lets time pass for all. */
  pass(ms: number): void {
    this.#elapsedMs += ms
  }

  /** Sets the hands, as an operator does: durations are not touched. */
  jump(ms: number): void {
    this.#startMs += ms
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.slept.push(ms)
    await new Promise<void>((resolve, reject) => {
      const sleeper = { dueMs: this.#elapsedMs + ms, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#waking) return
    this.#waking = true
    setTimeout(() => {
      this.#waking = false
      this.#wakeNext()
    }, this.#paceMs)
  }

  #wakeNext(): void {
    this.#sleepers.sort((a, b) => a.dueMs - b.dueMs)
    const next = this.#sleepers.shift()
    if (!next) return
    this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs)
    next.wake()
    if (this.#sleepers.length > 0) this.#schedule()
  }
}
