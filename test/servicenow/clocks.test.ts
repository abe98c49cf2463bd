import { systemClock } from '@siembridge/core'
import { describe, expect, test } from 'vitest'
import { alert } from './alerts.ts'
import { Bench } from './bench.ts'
import { until } from './site.ts'

const ticketsFact = (agent: { delivery: { facts?(): readonly { name: string; text: string }[] } }): string =>
  agent.delivery.facts?.().find(({ name }) => name === 'tickets')?.text ?? ''

describe('a rate rule that tells its end as a time', () => {
  test.each([
    ['a day ahead', 86_400_000],
    ['a day behind', -86_400_000],
  ])(
    'is waited for an hour at most, and never asked again at once, where the clock of this machine is %s',
    async (_, off) => {
      await using bench = await Bench.open()
      bench.clock = { ...systemClock, now: () => systemClock.now() + off }
      bench.instance.oddities.noRetryAfter = true
      const agent = await bench.agent()
      await agent.send([alert({ number: 1 })])
      bench.instance.oddities.ratePerHour = 1
      await agent.try([alert({ number: 2 })])
      const receipt = await agent.try([alert({ number: 2 })])
      expect(receipt.all).toBe('retry')
      expect(receipt.afterMs ?? 1).toBeGreaterThan(0)
      expect(receipt.afterMs ?? 1).toBeLessThanOrEqual(3_600_000)
    },
  )
})

describe('read back', () => {
  test("a state of the instance's own is counted as such, not as the one that the ticket had", async () => {
    await using bench = await Bench.open({ read_every: '100ms' })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 }), alert({ number: 2 })])
    const [row] = bench.tickets()
    bench.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '42' }, 'fred', Date.now())
    await until(
      () => ticketsFact(agent).startsWith("1 new, 1 in a state of the instance's own"),
      () => ticketsFact(agent),
    )
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    expect(bench.tickets()[0]?.['state']).toBe('42')
  })

  test('a change that bears a time of tomorrow hides none that come after it', async () => {
    await using bench = await Bench.open({ read_every: '100ms' })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 }), alert({ number: 2 })])
    const [first, second] = bench.tickets()
    const edit = (row: typeof first, state: string, at: number): unknown =>
      bench.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state }, 'fred', at)
    edit(first, '2', Date.now() + 86_400_000)
    await until(
      () => ticketsFact(agent).startsWith('1 new, 1 in-progress'),
      () => ticketsFact(agent),
    )
    edit(second, '3', Date.now())
    await until(
      () => ticketsFact(agent).startsWith('1 in-progress, 1 on-hold'),
      () => ticketsFact(agent),
    )
  })
})
