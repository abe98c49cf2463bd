import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import { Bucket, type Limit } from './bucket.ts'
import { type BudgetBoard, type BudgetLease, leaseMs, renewMs, settleMs } from './board.ts'
import type { Budgets } from './budgets.ts'

export interface SharedBudgetsOptions {
  readonly clock: Clock
  /** The throttling table: an API that it does not name is not limited, but can be paused. */
  readonly limits: Readonly<Record<string, Limit>>
  readonly board: BudgetBoard
  /** Name of this process, told from every other one. */
  readonly holder: string
  readonly log: Logger
}

interface Held {
  readonly bucket: Bucket
  joined: Promise<void>
  usedAt: number
  /** Requests that wait for it. */
  waiting: number
}

/**
 * Budgets of several processes that share accounts: each holds a lease per account and API, and the limit is divided by the
 * leases that are held. Who comes new waits until the others must have seen it. Where the board does not answer, the last shares
 * stay, and what Microsoft answers (429) is obeyed in any case.
 */
export class SharedBudgets implements Budgets {
  private readonly options: SharedBudgetsOptions
  private readonly held = new Map<string, Held>()
  private readonly ending = new AbortController()
  private readonly renewing: Promise<void>
  private failing = false

  constructor(options: SharedBudgetsOptions) {
    this.options = options
    this.renewing = this.renewAgain()
  }

  async take(account: string, api: string, signal?: AbortSignal): Promise<void> {
    const held = this.of(account, api)
    held.waiting++
    try {
      await held.joined
      await held.bucket.take(signal)
    } finally {
      held.waiting--
      held.usedAt = this.options.clock.elapsed()
    }
  }

  pause(account: string, api: string, ms: number): void {
    this.of(account, api).bucket.pause(ms)
  }

  /** Lets its leases end as soon as what was asked last counts no more. */
  async close(): Promise<void> {
    this.ending.abort()
    await this.renewing
    const last = [...this.held].map(([key, { bucket }]) => this.lease(key, bucket.spanMs))
    await this.options.board.write(last).catch(() => undefined)
  }

  private of(account: string, api: string): Held {
    const key = JSON.stringify([account, api])
    const known = this.held.get(key)
    if (known) return known
    const { clock, limits } = this.options
    const bucket = new Bucket(clock, limits[api])
    const made: Held = { bucket, joined: Promise.resolve(), usedAt: clock.elapsed(), waiting: 0 }
    this.held.set(key, made)
    made.joined = this.join(key)
    return made
  }

  private async join(key: string): Promise<void> {
    const { clock } = this.options
    const others = await this.exchange([key])
    if (others > 0) await clock.sleep(settleMs, this.ending.signal).catch(() => undefined)
  }

  private async renewAgain(): Promise<void> {
    const { clock } = this.options
    const { signal } = this.ending
    while (!signal.aborted) {
      await clock.sleep(renewMs, signal).catch(() => undefined)
      if (signal.aborted) return
      for (const [key, held] of this.held) if (this.isIdle(held)) this.held.delete(key)
      if (this.held.size > 0) await this.exchange([...this.held.keys()])
    }
  }

  private isIdle({ bucket, usedAt, waiting }: Held): boolean {
    return waiting === 0 && bucket.pausedMs === 0 && this.options.clock.elapsed() - usedAt > bucket.spanMs + leaseMs
  }

  /** Renews leases, learns of those of others, and answers how many of them there are. */
  private async exchange(keys: readonly string[]): Promise<number> {
    const { board, log } = this.options
    try {
      await board.write(keys.map((key) => this.lease(key)))
      const leases = await board.read()
      if (this.failing) log.info('budgets are shared between the processes of the add-on again')
      this.failing = false
      return keys.reduce((sum, key) => sum + this.divide(key, leases), 0)
    } catch (error) {
      if (!this.failing)
        log.warn(
          `budgets cannot be shared for the moment: ${(error as Error).message}; limits that Microsoft answers are obeyed`,
        )
      this.failing = true
      return 0
    }
  }

  private divide(key: string, leases: readonly BudgetLease[]): number {
    const { clock, holder } = this.options
    const others = leases.filter((one) => one.key === key && one.holder !== holder && one.untilMs > clock.now())
    const bucket = this.held.get(key)?.bucket
    bucket?.shareWith(others.length + 1)
    bucket?.pause(Math.max(0, ...others.map(({ pausedToMs }) => pausedToMs - clock.now())))
    return others.length
  }

  private lease(key: string, forMs = leaseMs): BudgetLease {
    const { clock, holder } = this.options
    const pausedMs = this.held.get(key)?.bucket.pausedMs ?? 0
    return { key, holder, untilMs: clock.now() + forMs, pausedToMs: pausedMs > 0 ? clock.now() + pausedMs : 0 }
  }
}
