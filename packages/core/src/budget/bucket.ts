import type { Clock } from '../clock.ts'

export interface Limit {
  readonly requests: number
  readonly perMs: number
}

/** At most so many requests in any span of so many milliseconds, counted over a sliding window, and none while it is paused. */
export class Bucket {
  readonly #clock: Clock
  readonly #limit: Limit | undefined
  #allowed: Limit | undefined
  /** Times of the last requests, a ring. */
  readonly #times: Float64Array
  #next = 0
  #pausedUntil = -Infinity

  constructor(clock: Clock, limit: Limit | undefined) {
    this.#clock = clock
    this.#limit = limit
    this.#allowed = limit
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

  /** How long a request counts, in milliseconds. */
  get spanMs(): number {
    return this.#limit?.perMs ?? 0
  }

  /** How long it is paused still, in milliseconds. */
  get pausedMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.elapsed())
  }

  /** Divides the limit by so many holders; less than one request in the span becomes one in a longer span. */
  shareWith(holders: number): void {
    if (!this.#limit) return
    const { requests, perMs } = this.#limit
    const share = Math.floor(requests / holders)
    this.#allowed =
      share > 0 ? { requests: share, perMs } : { requests: 1, perMs: Math.ceil((perMs * holders) / requests) }
  }

  #wait(): number {
    return Math.max(this.#freeAt(), this.#pausedUntil) - this.#clock.elapsed()
  }

  /** When the oldest of as many requests as are allowed leaves the window. */
  #freeAt(): number {
    if (!this.#allowed) return -Infinity
    const { requests, perMs } = this.#allowed
    const { length } = this.#times
    return (this.#times[(this.#next - requests + length) % length] as number) + perMs
  }

  #note(): void {
    if (this.#times.length === 0) return
    this.#times[this.#next] = this.#clock.elapsed()
    this.#next = (this.#next + 1) % this.#times.length
  }
}
