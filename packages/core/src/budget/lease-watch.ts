import type { Clock } from '../clock.ts'
import type { BudgetLease } from './board.ts'

interface Seen {
  readonly untilMs: number
  /** When it ends, by the clock that does not jump. */
  readonly endsAt: number
}

/** What a look at the board says of one account and API. */
export interface Sight {
  /** Leases that others hold. */
  readonly others: number
  /** No request for so many milliseconds: Microsoft said so to one of them. */
  readonly pausedMs: number
}

/**
 * Judges leases of others by the clock that does not jump: the time of the day counts only for a lease that is seen for the first
 * time, and for no more than its holder wrote it for. One that was renewed since the last look is that young at least.
 */
export class LeaseWatch {
  private readonly clock: Clock
  private readonly seen = new Map<string, Seen>()
  private lookedAt = -Infinity

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** `leases`: those of one key, without one's own. */
  look(leases: readonly BudgetLease[]): Sight {
    const at = this.clock.elapsed()
    const sinceLook = at - this.lookedAt
    this.lookedAt = at
    const news = leases.filter(({ holder, untilMs }) => this.seen.get(holder)?.untilMs !== untilMs)
    for (const lease of news)
      this.seen.set(lease.holder, { untilMs: lease.untilMs, endsAt: this.endOf(lease, sinceLook) })
    const pauses = news.map((lease) => this.pauseOf(lease))
    const held = leases.filter(({ holder }) => (this.seen.get(holder)?.endsAt ?? at) > at)
    return { others: held.length, pausedMs: Math.max(0, ...pauses) }
  }

  private endOf({ holder, untilMs, forMs }: BudgetLease, sinceLook: number): number {
    const { clock, seen } = this
    const least = seen.has(holder) ? forMs - sinceLook : 0
    return clock.elapsed() + Math.min(forMs, Math.max(0, least, untilMs - clock.now()))
  }

  private pauseOf({ untilMs, forMs, pausedToMs }: BudgetLease): number {
    const whenWritten = pausedToMs - (untilMs - forMs)
    return pausedToMs === 0 ? 0 : Math.min(whenWritten, pausedToMs - this.clock.now())
  }
}
