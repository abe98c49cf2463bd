import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import { type BudgetBoard, type BudgetLease, leaseMs, renewMs, settleMs } from './board.ts'
import { SharedBudgets } from './shared-budgets.ts'

/** Time passes from one sleeper to the next once nothing else is to be done. */
class Time implements Clock {
  at = 1_000_000
  private sleepers: { due: number; wake: () => void }[] = []
  now = (): number => this.at
  elapsed = (): number => this.at
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = { due: this.at + ms, wake: resolve }
      this.sleepers.push(one)
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((other) => other !== one)
        reject(signal.reason as Error)
      })
    })
  }
  async run(toMs: number): Promise<void> {
    for (;;) {
      await new Promise(setImmediate)
      const next = this.sleepers.toSorted((a, b) => a.due - b.due)[0]
      if (!next || next.due > toMs) break
      this.sleepers = this.sleepers.filter((one) => one !== next)
      this.at = Math.max(this.at, next.due)
      next.wake()
    }
    this.at = toMs
  }
}

class Board implements BudgetBoard {
  down = false
  readonly leases = new Map<string, BudgetLease>()
  async read(): Promise<readonly BudgetLease[]> {
    if (this.down) throw new Error('503')
    return [...this.leases.values()]
  }
  async write(leases: readonly BudgetLease[]): Promise<void> {
    if (this.down) throw new Error('503')
    for (const one of leases) this.leases.set(`${one.holder} ${one.key}`, one)
  }
}

const limit = { requests: 10, perMs: 10_000 }

function site(limits = { api: limit }) {
  const [time, board, told] = [new Time(), new Board(), [] as string[]]
  const log = { info: (text: string) => told.push(text), warn: (text: string) => told.push(text) } as unknown as Logger
  const start = (holder: string): SharedBudgets => new SharedBudgets({ clock: time, limits, board, holder, log })
  /** Asks again and again; answers the times. */
  const ask = (budgets: SharedBudgets, signal?: AbortSignal): number[] => {
    const times: number[] = []
    const again = async (): Promise<void> => {
      await budgets.take('account', 'api', signal)
      times.push(time.at)
      await again()
    }
    again().catch(() => undefined)
    return times
  }
  return { time, board, told, start, ask }
}

const within = (times: readonly number[], from: number, to: number): number =>
  times.filter((at) => at >= from && at < to).length

describe('budgets that processes share', () => {
  it('give one process alone the whole limit, at once', async () => {
    const { time, start, ask } = site()
    const began = time.at
    const times = ask(start('a'))
    await time.run(began + 9999)
    expect(times).toEqual(Array.from({ length: 10 }, () => began))
  })

  it('never give all of them together more than the limit in any span, whoever comes and when, and waste little', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 5 }), async (joins) => {
        const { time, start, ask } = site()
        const began = time.at
        const all: number[][] = []
        for (const [n, at] of joins.toSorted((a, b) => a - b).entries()) {
          await time.run(began + at)
          all.push(ask(start(`process ${n}`)))
        }
        const end = began + 200_000
        await time.run(end)
        const times = all.flat()
        const most = Math.max(...times.map((at) => within(times, at, at + limit.perMs)))
        expect(most).toBeLessThanOrEqual(limit.requests)
        const share = Math.floor(limit.requests / joins.length)
        for (const own of all) expect(within(own, end - 50_000, end)).toBeGreaterThanOrEqual(4 * share)
      }),
      { numRuns: 60 },
    )
  })

  it('leave one request in a longer span to each where there are more processes than requests', async () => {
    const { time, start, ask } = site({ api: { requests: 1, perMs: 1000 } })
    const began = time.at
    const all = ['a', 'b', 'c'].map((name) => ask(start(name)))
    await time.run(began + 60_000)
    for (const own of all) expect(within(own, began + 30_000, began + 60_000)).toBe(10)
  })

  it('take up the share of a process that ended, or that was killed once its lease is over', async () => {
    for (const [end, afterMs] of [
      [(one: SharedBudgets) => one.close(), renewMs + limit.perMs],
      [undefined, renewMs + leaseMs],
    ] as const) {
      const { time, board, start, ask } = site()
      const [left, stopped] = [start('left'), new AbortController()]
      const times = ask(left, stopped.signal)
      const stays = ask(start('stays'))
      await time.run(time.at + 3 * settleMs)
      expect(within(stays, time.at - limit.perMs, time.at)).toBe(5)
      stopped.abort(new Error('ends'))
      if (end) await end(left)
      // Of a process that was killed the lease stays as it was.
      else
        board.write = async (leases) =>
          leases.forEach((one) => one.holder === 'stays' && board.leases.set(`stays ${one.key}`, one))
      await time.run(time.at + afterMs + limit.perMs)
      expect(within(stays, time.at - limit.perMs, time.at)).toBe(10)
      expect(times.length).toBeGreaterThan(0)
    }
  })

  it('tell the others what Microsoft told one: all wait', async () => {
    const { time, start, ask } = site()
    const [first, second] = [start('first'), start('second')]
    ask(first)
    const times = ask(second)
    await time.run(time.at + 2 * settleMs)
    const paused = time.at
    first.pause('account', 'api', 3_600_000)
    await time.run(paused + 3_590_000)
    expect(within(times, paused + renewMs * 2, time.at)).toBe(0)
    await time.run(paused + 3_700_000)
    expect(times.at(-1)).toBeGreaterThan(paused + 3_600_000)
  })

  it('go on by the last shares while the board does not answer, and say so once', async () => {
    const { time, board, told, start, ask } = site()
    const all = [ask(start('a')), ask(start('b'))]
    await time.run(time.at + 3 * settleMs)
    board.down = true
    const down = time.at
    await time.run(down + 300_000)
    const times = all.flat()
    expect(within(times, down + 100_000, down + 110_000)).toBe(10)
    expect(told.length).toBe(2)
    board.down = false
    await time.run(time.at + 2 * renewMs)
    expect(told.filter((text) => text.includes('again')).length).toBe(2)
  })

  it('forget what is not used, so that the others have all of it', async () => {
    const { time, board, start, ask } = site()
    const once = start('once')
    await Promise.all([once.take('account', 'api'), time.run(time.at + 1)])
    const others = ask(start('other'))
    await time.run(time.at + 4 * leaseMs)
    expect(within(others, time.at - limit.perMs, time.at)).toBe(10)
    expect([...board.leases.values()].find(({ holder }) => holder === 'once')?.untilMs).toBeLessThan(time.at)
  })
})
