import { describe, expect, test } from 'vitest'
import type { InstanceFault } from '@siembridge/simulator/servicenow'
import { alert } from './alerts.ts'
import { Bench } from './bench.ts'

const close = (bench: Bench, at: number): void => {
  const changes = { state: '7', closed_at: '2026-03-02 08:00:00' }
  bench.instance.tables.edit('incident', bench.tickets()[at]?.['sys_id'] ?? '', changes, 'fred', Date.now())
}
const remove = (bench: Bench, at: number): void =>
  bench.instance.tables.remove('incident', bench.tickets()[at]?.['sys_id'] ?? '')

describe('a ticket that took the place of another', () => {
  test('is found by an agent without a journal, also where the first one was deleted', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    remove(bench, 0)
    await agent.send([alert({ number: 1, revision: 1, severity: 'medium' })])
    expect(bench.ticket()['correlation_id']).toMatch(/:2$/)
    const other = await bench.agent({}, 'other')
    await other.send([alert({ number: 1, revision: 2, severity: 'low' })])
    expect(bench.ticket()['impact']).toBe('3')
  })

  test('is no new one to the storm brake of an agent without a journal', async () => {
    await using bench = await Bench.open({ storm: { tickets: 1 } })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    remove(bench, 0)
    await agent.send([alert({ number: 1, revision: 1 })])
    const other = await bench.agent({}, 'other')
    await other.send([alert({ number: 2 }), alert({ number: 1, revision: 2, severity: 'low' })])
    expect(bench.tickets().map((row) => row['impact'])).toEqual(['3', '1'])
  })

  test.each(['closed', 'deleted'])('is shared by two agents that know the %s one', async (how) => {
    await using bench = await Bench.open()
    const [one, two] = [await bench.agent({}, 'one'), await bench.agent({}, 'two')]
    await one.send([alert({ number: 1 })])
    await two.send([alert({ number: 1 })])
    if (how === 'closed') close(bench, 0)
    else remove(bench, 0)
    const next = alert({ number: 1, revision: 1_000_000, severity: 'low' })
    await one.send([next])
    await two.send([next])
    expect(bench.tickets().map((row) => row['state'])).toEqual(how === 'closed' ? ['7', '1'] : ['1'])
    expect(bench.instance.tables.writes.filter(({ does }) => does === 'insert')).toHaveLength(2)
  })
})

describe('a ticket that is hidden once it is made', () => {
  test('is not made again with every revision: that the bridge may not see it is told', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    bench.instance.oddities.hidesRow = (table, row) => table === 'incident' && row['sys_created_by'] === 'bridge'
    const first = await agent.try([alert({ number: 1 })])
    const second = await agent.try([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.tickets()).toHaveLength(1)
    expect(`${first.reason ?? ''}${second.reason ?? ''}`).toContain('hidden from the bridge')
    bench.instance.oddities.hidesRow = () => false
    await agent.send([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.ticket()['impact']).toBe('3')
  })
})

describe('the parent of a storm', () => {
  test('that could not be made before the agent stopped is made by the next one, and there is no other', async () => {
    let down = true
    const fault = ({ method, path }: { method: string; path: string }): InstanceFault | undefined =>
      down && method === 'POST' && path.endsWith('/incident') && bench.tickets().length > 0
        ? { kind: 'status', status: 400, message: 'busy' }
        : undefined
    await using bench: Bench = await Bench.open({ storm: { tickets: 1 } }, { fault })
    const agent = await bench.agent()
    await agent.try([alert({ number: 1 }), alert({ number: 2 })])
    down = false
    const next = await bench.agent()
    await next.send([alert({ number: 2, revision: 1 }), alert({ number: 3 })])
    expect(bench.tickets()).toHaveLength(2)
  })
})
