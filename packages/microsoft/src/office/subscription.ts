import type { Clock } from '@siembridge/core'
import { minute } from '../common/duration.ts'
import type { Feed } from './feed.ts'
import { FeedProblem } from './problem.ts'

/** The API takes one start in 15 minutes. */
const startEveryMs = 15 * minute

export interface SubscriptionOptions {
  readonly feed: Feed
  readonly clock: Clock
  /** When the last start was asked for, milliseconds since 1970. */
  readonly startedMs: () => number | undefined
  /** Keeps that a start is asked for, before it is: a restart must not ask again. */
  readonly starting: (atMs: number) => Promise<void>
}

/** Sees to it that there is a subscription, with as few starts as possible. */
export class Subscription {
  readonly #options: SubscriptionOptions
  #looked = false
  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  /** Before the first listing: starts what is not enabled. */
  async ensure(): Promise<void> {
    if (this.#looked) return
    if (!(await this.#options.feed.enabled())) await this.#start()
    this.#looked = true
  }

  /** Does something that wants a subscription; where the API says that there is none, starts it and does it once more. */
  async with<T>(something: () => Promise<T>): Promise<T> {
    try {
      return await something()
    } catch (error) {
      if (!(error instanceof FeedProblem) || (error.action !== 'start' && error.action !== 'start-once')) throw error
      if (!(await this.#start())) throw error
      return something()
    }
  }

  /** False where a start is not allowed yet. */
  async #start(): Promise<boolean> {
    const { feed, clock, startedMs, starting } = this.#options
    const sinceMs = clock.now() - (startedMs() ?? -Infinity)
    // A clock that was set back must not forbid starts for ever.
    if (sinceMs >= 0 && sinceMs < startEveryMs) return false
    await starting(clock.now())
    try {
      await feed.start()
    } catch (error) {
      if (!(error instanceof FeedProblem && error.action === 'good')) throw error
    }
    return true
  }
}
