import type { Clock } from '@siembridge/core'
import type { Intent } from '@siembridge/sync'

const mostKnown = 10_000

/**
 * How long ago writes were sent. A write of an earlier process was sent before this one began: nobody knows when, for an intent stands
 * in the journal before its turn comes. By this process's own time, which does not jump.
 */
export class Waits {
  private readonly clock: Clock
  private readonly began: number
  private readonly sentAt = new Map<string, number>()

  constructor(clock: Clock) {
    this.clock = clock
    this.began = clock.elapsed()
  }

  /** A write goes out now. */
  sent(write: string): void {
    if (this.sentAt.size >= mostKnown) this.sentAt.delete(this.sentAt.keys().next().value ?? '')
    this.sentAt.set(write, this.clock.elapsed())
  }

  /** Milliseconds since a write was sent at the latest. */
  waited({ write }: Intent): number {
    return this.clock.elapsed() - (this.sentAt.get(write) ?? this.began)
  }
}
