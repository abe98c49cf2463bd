import { systemClock } from '@siembridge/core'
import type { InstanceFault } from '@siembridge/simulator/servicenow'
import { describe, expect, test } from 'vitest'
import { alert, nativeId } from './alerts.ts'
import { Bench } from './bench.ts'

/** A bench where something happens the moment a request arrives that the condition takes, once. */
async function withMoment(
  options: Readonly<Record<string, unknown>>,
  wanted: (seen: { method: string; path: string }) => boolean,
  act: (bench: Bench) => InstanceFault | undefined | void,
): Promise<{ bench: Bench; arm: () => void }> {
  let armed = false
  const bench: Bench = await Bench.open(options, {
    fault: (seen) => {
      if (!armed || !wanted(seen)) return undefined
      armed = false
      return act(bench) ?? undefined
    },
  })
  return { bench, arm: () => void (armed = true) }
}

const patches = ({ method }: { method: string }): boolean => method === 'PATCH'
const firstOf = (bench: Bench): string => bench.tickets()[0]?.['sys_id'] ?? ''

describe('between the look-up and the write', () => {
  test('somebody deletes the ticket: the alert gets a new one, and the journal says why', async () => {
    const { bench, arm } = await withMoment({}, patches, (one) => one.instance.tables.remove('incident', firstOf(one)))
    await using _ = bench
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    arm()
    await agent.send([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.ticket()).toMatchObject({ impact: '3', short_description: 'Suspicious sign-in 1' })
    expect((await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('was deleted'))).toBe(
      true,
    )
  })

  test('somebody closes the ticket, which then takes no writes: the policy for closed tickets holds, nothing is refused', async () => {
    const closed = { state: '7', closed_at: '2026-03-02 08:00:00' }
    const { bench, arm } = await withMoment({}, patches, (one) => {
      one.instance.tables.edit('incident', firstOf(one), closed, 'fred', Date.now())
    })
    await using _ = bench
    bench.instance.oddities.closedIsReadOnly = true
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    arm()
    const receipt = await agent.try([alert({ number: 1, revision: 500, severity: 'low' })])
    expect(receipt.except?.some(({ is }) => is === 'rejected') ?? false).toBe(false)
  })

  test('somebody merges it into another: what comes next is noted there', async () => {
    const { bench, arm } = await withMoment({}, patches, (one) => {
      const [a, b] = one.tickets()
      const changes = { state: '7', parent_incident: b?.['sys_id'] ?? '' }
      one.instance.tables.edit('incident', a?.['sys_id'] ?? '', changes, 'fred', Date.now())
    })
    await using _ = bench
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 }), alert({ number: 2 })])
    arm()
    await agent.send([alert({ number: 1, revision: 1, comments: ['first'] })])
    await agent.send([alert({ number: 1, revision: 2, comments: ['second'] })])
    expect(bench.notes(bench.tickets()[1]?.['sys_id'] ?? '').join('\n')).toContain('second')
    expect(bench.tickets()).toHaveLength(2)
  })
})

describe('429 without any word of when', () => {
  test('waits by the own, growing time', async () => {
    const posts = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' && path.endsWith('/incident')
    const { bench, arm } = await withMoment({}, posts, () => ({ kind: 'status', status: 429, message: 'Too many' }))
    await using _ = bench
    const agent = await bench.agent()
    arm()
    const receipt = await agent.try([alert({ number: 1 })])
    expect(receipt).toMatchObject({ all: 'retry' })
    expect(receipt.afterMs).toBeUndefined()
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
  })
})

describe('the edges of the storm brake', () => {
  const hour = 3_600_000

  test('exactly so many tickets are made, the next is folded, and behind the span tickets are made again', async () => {
    await using bench = await Bench.open({ storm: { tickets: 3, within: '2h', fold_within: '1h' } })
    let ahead = 0
    bench.clock = { ...systemClock, now: () => systemClock.now() + ahead }
    const agent = await bench.agent()
    await agent.send([1, 2, 3].map((number) => alert({ number })))
    expect(bench.tickets()).toHaveLength(3)
    await agent.send([alert({ number: 4 })])
    expect(bench.tickets()[3]?.['short_description']).toContain('1 alerts of rule')
    ahead = 1.5 * hour
    await agent.send([alert({ number: 5 })])
    expect(bench.tickets(), 'another parent after fold_within').toHaveLength(5)
    ahead = 2.5 * hour
    await agent.send([alert({ number: 6 }), alert({ number: 4, revision: 1, severity: 'low' })])
    expect(bench.tickets()).toHaveLength(6)
    expect(bench.tickets()[5]?.['short_description']).toBe('Suspicious sign-in 6')
    expect(
      bench
        .notes(bench.tickets()[3]?.['sys_id'] ?? '')
        .join('\n')
        .split(nativeId(4)),
    ).toHaveLength(3)
  })

  test('a parent whose making gets no answer is made once, with every alert in it', async () => {
    const posts = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' && path.endsWith('/incident')
    const { bench, arm } = await withMoment({ storm: { tickets: 1 }, attach: 'first' }, posts, () => ({
      kind: 'cut-and-late',
      ms: 100,
    }))
    await using _ = bench
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    arm()
    await agent.send([2, 3, 4].map((number) => alert({ number })))
    const again = await bench.agent()
    await again.send([alert({ number: 5 })])
    expect(bench.tickets()).toHaveLength(2)
    const sysId = bench.tickets()[1]?.['sys_id'] ?? ''
    const notes = bench.notes(sysId).join('\n')
    for (const number of [2, 3, 4, 5]) expect(notes.split(nativeId(number))).toHaveLength(2)
    const files = bench.instance.tables.rows('sys_attachment').filter((row) => row['table_sys_id'] === sysId)
    expect(new Set(files.map((row) => row['file_name'])).size).toBe(files.length)
    expect(files).toHaveLength(4)
  })
})
