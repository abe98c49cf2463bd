import type { Clock } from '@siembridge/core'

/**
 * When something that reads the past again has its turn: in its interval, but so that it takes a quarter of the time at most. On a large
 * tenant it would else use up the quota that the present needs.
 */
export class Turns {
  readonly #clock: Clock
  readonly #everyMs: number
  #began = -Infinity
  #notBefore = -Infinity
  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock
    this.#everyMs = everyMs
  }

  due(): boolean {
    const now = this.#clock.elapsed()
    return now >= this.#notBefore && now - this.#began >= this.#everyMs
  }

  begin(): void {
    this.#began = this.#clock.elapsed()
  }

  end(): void {
    const now = this.#clock.elapsed()
    this.#notBefore = now + 3 * (now - this.#began)
  }

  /** Does the whole of something when it has its turn, else the short of it. */
  async take(something: (whole: boolean) => Promise<void>): Promise<void> {
    const whole = this.due()
    if (whole) this.begin()
    await something(whole)
    if (whole) this.end()
  }
}
