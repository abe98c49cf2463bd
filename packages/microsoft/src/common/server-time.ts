import type { Clock, Logger } from '@siembridge/core'

/** Skew of this machine's clock that is worth a warning, in milliseconds. */
const worthMs = 60_000

/** Time as the server has it, by the Date headers of its answers; this machine's until the first one. */
export class ServerTime {
  readonly #clock: Clock
  readonly #log: Logger
  #skewMs = 0
  #warned = false
  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  now(): number {
    return Math.floor(this.#clock.now() + this.#skewMs)
  }

  see(dateMs: number | undefined): void {
    if (dateMs === undefined) return
    const skewMs = dateMs - this.#clock.now()
    // Date has whole seconds: what is within them is no skew.
    this.#skewMs = Math.abs(skewMs) < 2000 ? 0 : skewMs
    if (Math.abs(skewMs) < worthMs || this.#warned) return
    this.#warned = true
    this.#log.warn(
      `the clock of this machine is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs < 0 ? 'ahead of' : 'behind'} Microsoft's`,
    )
  }
}
