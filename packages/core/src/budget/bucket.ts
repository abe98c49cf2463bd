import type { Clock } from '../clock.ts'

export interface Limit {
  readonly requests: number
  readonly perMs: number
}

/** At most so many requests in any span of so many milliseconds, counted over a sliding window, and none while it is paused. */
export class Bucket {
  readonly #clock: Clock
  readonly #limit: Limit | undefined
  /** Times of the last requests, a ring. */
  readonly #times: Float64Array
  #next = 0
  #pausedUntil = -Infinity

  constructor(clock: Clock, limit: Limit | undefined) {
    this.#clock = clock
    this.#limit = limit
    this.#times = new Float64Array(limit?.requests ?? 0).fill(-Infinity)
  }

  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    for (let ms = this.#wait(); ms > 0; ms = this.#wait()) await this.#clock.sleep(Math.ceil(ms), signal)
    this.#note()
  }

  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.elapsed() + ms)
  }

  #wait(): number {
    const oldest = this.#limit ? (this.#times[this.#next] as number) + this.#limit.perMs : -Infinity
    return Math.max(oldest, this.#pausedUntil) - this.#clock.elapsed()
  }

  #note(): void {
    if (!this.#limit) return
    this.#times[this.#next] = this.#clock.elapsed()
    this.#next = (this.#next + 1) % this.#limit.requests
  }
}
