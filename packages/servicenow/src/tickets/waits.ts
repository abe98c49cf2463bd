import type { Clock } from '@siembridge/core'
import type { Intent } from '@siembridge/sync'

/** How long ago writes were begun: by the clock, and by this process's own time where the clock went back since. */
export class Waits {
  private readonly clock: Clock
  private readonly seen = new Map<string, number>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Milliseconds. */
  waited({ write, at }: Intent): number {
    const elapsed = this.clock.elapsed()
    const first = this.seen.get(write) ?? elapsed
    if (this.seen.size > 10_000) this.seen.clear()
    this.seen.set(write, first)
    return Math.max(this.clock.now() - at, elapsed - first)
  }
}
