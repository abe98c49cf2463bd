import { describe, expect, test } from 'vitest'
import { alert, nativeId } from './alerts.ts'
import { Bench } from './bench.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })

describe('the storm brake', () => {
  const storm = { storm: { tickets: 3, within: '24h' } }

  test('trap: integrations stop silently at their cap: here everything beyond it is folded into one parent, each findable by its id', async () => {
    await using bench = await Bench.open(storm)
    const agent = await bench.agent()
    await agent.send(
      Array.from({ length: 40 }, (_, number) => alert({ number, severity: number === 39 ? 'high' : 'low' })),
    )
    expect(bench.tickets()).toHaveLength(4)
    const parent = bench.tickets().at(-1)
    expect(parent).toMatchObject({
      short_description: 'Alert storm: 37 alerts of rule alerts beyond 3 tickets',
      impact: '1',
    })
    const notes = bench.notes(parent?.['sys_id'] ?? '').join('\n')
    for (let number = 3; number < 40; number++) expect(notes).toContain(nativeId(number))
    expect(bench.notes(parent?.['sys_id'] ?? '').every((note) => note.length <= 4000)).toBe(true)
  })

  test('after a restart the same parent goes on, members keep it, and updates of them are noted there', async () => {
    await using bench = await Bench.open(storm)
    const agent = await bench.agent()
    await agent.send([0, 1, 2, 3, 4].map((number) => alert({ number, severity: 'low' })))
    const again = await bench.agent()
    await again.send([alert({ number: 9 }), alert({ number: 3, revision: 1, severity: 'medium' })])
    expect(bench.tickets()).toHaveLength(4)
    expect(bench.tickets().at(-1)).toMatchObject({
      short_description: 'Alert storm: 3 alerts of rule alerts beyond 3 tickets',
    })
  })

  test('updates of tickets that are there are never held back', async () => {
    await using bench = await Bench.open(storm)
    const agent = await bench.agent()
    await agent.send([0, 1, 2, 3].map((number) => alert({ number })))
    await agent.send([alert({ number: 0, revision: 1, severity: 'low' })])
    expect(bench.tickets()[0]?.['impact']).toBe('3')
  })

  test('where the journal was lost, tickets that are in ServiceNow are not new', async () => {
    await using bench = await Bench.open(storm)
    const agent = await bench.agent()
    await agent.send([0, 1, 2].map((number) => alert({ number })))
    const other = await bench.agent({}, 'new state')
    await other.send([0, 1, 2].map((number) => alert({ number, revision: 1, severity: 'low' })))
    expect(bench.tickets()).toHaveLength(3)
  })
})

describe('events', () => {
  const events = rule({ record: 'em_event' })

  test('trap: additional_info is a text of JSON with texts alone; the key folds repeats, and Closing closes', async () => {
    await using bench = await Bench.open(events)
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 }), alert({ number: 2, severity: 'medium' })])
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    const alerts = bench.instance.tables.rows('em_alert')
    expect(alerts.map((row) => [row['severity'], row['state']])).toEqual([
      ['1', 'Closed'],
      ['3', 'Open'],
    ])
    const info = JSON.parse(alerts[0]?.['additional_info'] ?? '') as Record<string, unknown>
    expect(Object.values(info).every((value) => typeof value === 'string')).toBe(true)
    expect(alerts[0]).toMatchObject({ node: 'host1.contoso.com', time_of_event: '2026-03-02 07:59:00' })
  })

  test('a user without evt_mgmt_integration: clear message, and nothing is lost', async () => {
    const users = [{ name: 'bridge', password: 'open sesame', roles: ['itil'] }]
    await using bench = await Bench.open(events, { users })
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('evt_mgmt_integration') as string,
    })
  })
})
