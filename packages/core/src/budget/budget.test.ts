import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { createBudgets } from './create-budgets.ts'

/** Time passes when somebody sleeps. */
const clock = () => {
  let now = 0
  return {
    now: () => now,
    elapsed: () => now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      const due = now + ms
      await Promise.resolve()
      signal?.throwIfAborted()
      now = Math.max(now, due)
    },
  } satisfies Clock
}

describe('budgets', () => {
  it('never gives more than the limit in any span, and wastes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 40 }),
        async (requests, perMs, calls) => {
          const time = clock()
          const budgets = createBudgets({ clock: time, limits: { api: { requests, perMs } } })
          const taken: number[] = []
          await Promise.all(
            Array.from({ length: calls }, async () => {
              await budgets.take('account', 'api')
              taken.push(time.elapsed())
            }),
          )
          taken.forEach((at, n) =>
            expect(taken.filter((other) => other >= at && other < at + perMs).length, `${n}`).toBeLessThanOrEqual(
              requests,
            ),
          )
          expect(taken.at(-1)).toBe(Math.floor((calls - 1) / requests) * perMs)
        },
      ),
    )
  })

  it('counts accounts and APIs apart', async () => {
    const time = clock()
    const budgets = createBudgets({
      clock: time,
      limits: { a: { requests: 1, perMs: 1000 }, b: { requests: 1, perMs: 1000 } },
    })
    for (const [account, api] of [
      ['x', 'a'],
      ['y', 'a'],
      ['x', 'b'],
      ['x', 'none'],
      ['x', 'none'],
    ] as const)
      await budgets.take(account, api)
    expect(time.elapsed()).toBe(0)
    await budgets.take('x', 'a')
    expect(time.elapsed()).toBe(1000)
  })

  it('makes all wait while it is paused, also where there is no limit, and for the longest pause', async () => {
    const time = clock()
    const budgets = createBudgets({ clock: time, limits: {} })
    budgets.pause('x', 'a', 5000)
    budgets.pause('x', 'a', 100)
    await Promise.all([budgets.take('x', 'a'), budgets.take('x', 'a')])
    expect(time.elapsed()).toBe(5000)
  })

  it('gives up waiting with the reason of the signal', async () => {
    const budgets = createBudgets({ clock: clock(), limits: {} })
    budgets.pause('x', 'a', 5000)
    const controller = new AbortController()
    const waiting = budgets.take('x', 'a', controller.signal)
    controller.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
  })
})
