import { describe, expect, test } from 'vitest'
import { alert, incident, nativeId } from './alerts.ts'
import { Bench } from './bench.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })

const person = ({ instance }: Bench, changes: Readonly<Record<string, string>>, table = 'incident'): void => {
  const [row] = instance.tables.rows(table)
  instance.tables.edit(table, row?.['sys_id'] ?? '', changes, 'fred.luddy', Date.now())
}

describe('one ticket each', () => {
  test('revisions of an alert go into its ticket, and only the fields that changed are written', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.ticket()).toMatchObject({ impact: '3', urgency: '2', priority: '4' })
    const { fields } = bench.instance.tables.writes.at(-1) ?? {}
    expect(Object.keys(fields ?? {}).toSorted()).toEqual(['description', 'impact', 'urgency', 'work_notes'])
  })

  test('a revision that came before, or that is older than the ticket, writes nothing', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, revision: 2 })])
    await agent.send([alert({ number: 1, revision: 2 }), alert({ number: 1, revision: 1, severity: 'low' })])
    await agent.send([alert({ number: 1, revision: 0, severity: 'medium' })])
    expect(bench.instance.tables.writes).toHaveLength(1)
    expect(bench.ticket()['impact']).toBe('1')
  })

  test('of several revisions that come at once the newest is written, in whatever order they come', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send(
      [2, 3, 1].map((revision) => alert({ number: 1, revision, severity: revision === 3 ? 'medium' : 'high' })),
    )
    expect(bench.ticket()).toMatchObject({ impact: '2', sys_mod_count: '0' })
  })

  test('without its journal the bridge finds its tickets again, and goes on as before', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const other = await bench.agent({}, 'new state')
    await other.send([alert({ number: 1 })])
    await other.send([alert({ number: 1, revision: 1, severity: 'medium' })])
    expect(bench.ticket()).toMatchObject({ impact: '2', sys_mod_count: '1' })
  })

  test('alerts of an incident share a ticket, and the incident itself fills its fields', async () => {
    await using bench = await Bench.open(rule({ group: 'incident' }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, incident: '77', severity: 'low' })])
    await agent.send([
      alert({ number: 2, incident: '77', severity: 'medium' }),
      incident('77', 1, 'Multi-stage attack'),
    ])
    expect(bench.ticket()).toMatchObject({ short_description: 'Multi-stage attack', impact: '1' })
    expect(bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')).toContain(nativeId(2))
  })

  test('ids of incidents are numbers that every tenant has: tenants do not share tickets', async () => {
    await using bench = await Bench.open(rule({ group: 'incident' }))
    const agent = await bench.agent()
    const other = JSON.parse(incident('77', 1, 'Another tenant')) as Record<string, unknown>
    await agent.send([
      incident('77', 1, 'One tenant'),
      JSON.stringify({ ...other, tenantId: '22222222-2222-4333-8444-555555555555' }),
    ])
    expect(bench.tickets()).toHaveLength(2)
  })

  test('alerts of one entity within a span share a ticket; grouping by two fields uses both', async () => {
    await using bench = await Bench.open(rule({ group: 'entity', by: ['host.name', 'rule.name'], within: '4h' }))
    const agent = await bench.agent()
    await agent.send([
      alert({ number: 1, host: 'a.contoso.com', title: 'Malware' }),
      alert({ number: 2, host: 'a.contoso.com', title: 'Malware' }),
      alert({ number: 3, host: 'a.contoso.com', title: 'Phishing' }),
      alert({ number: 4, host: 'b.contoso.com', title: 'Malware' }),
    ])
    expect(bench.tickets()).toHaveLength(3)
    await agent.send([alert({ number: 5, host: 'A.contoso.com', title: 'malware' })])
    expect(bench.tickets()).toHaveLength(3)
  })

  test('alerts of a span share a ticket', async () => {
    await using bench = await Bench.open(rule({ group: 'time', within: '1h' }))
    const agent = await bench.agent()
    await agent.send([1, 2, 3].map((number) => alert({ number })))
    const notes = bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')
    expect([2, 3].every((number) => notes.includes(nativeId(number)))).toBe(true)
  })

  test('the first rule that takes an event has it, and what no rule takes makes no ticket', async () => {
    const rules = [
      { name: 'high', when: 'severity >= high', record: 'sn_si_incident' },
      { name: 'medium', when: 'severity == medium' },
    ]
    await using bench = await Bench.open({ rules })
    const agent = await bench.agent()
    await agent.send([
      alert({ number: 1 }),
      alert({ number: 2, severity: 'medium' }),
      alert({ number: 3, severity: 'low' }),
    ])
    expect([bench.tickets('sn_si_incident').length, bench.tickets().length]).toEqual([1, 1])
  })
})

describe('states', () => {
  const course = async (options: Readonly<Record<string, unknown>>, table = 'incident'): Promise<Bench> => {
    const bench = await Bench.open({ rules: [{ name: 'alerts', record: table, ...options }] })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    return bench
  }

  test('what Microsoft resolves is resolved, with a close code, and opened again when the alert goes on', async () => {
    await using bench = await course({})
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved', classification: 'falsePositive' })])
    expect(bench.ticket()).toMatchObject({ state: '6', close_code: 'No resolution provided' })
    await agent.send([alert({ number: 1, revision: 2, status: 'inProgress' })])
    expect(bench.ticket()).toMatchObject({ state: '2' })
    expect(bench.notes(bench.ticket()['sys_id'] ?? '').at(-1)).toContain('Reopened')
  })

  test('a ticket of several alerts is resolved when all of them are', async () => {
    await using bench = await Bench.open(rule({ group: 'incident' }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, incident: '7' }), alert({ number: 2, incident: '7' })])
    await agent.send([alert({ number: 1, incident: '7', revision: 1, status: 'resolved' })])
    expect(bench.ticket()['state']).toBe('1')
    await agent.send([alert({ number: 2, incident: '7', revision: 1, status: 'resolved' })])
    expect(bench.ticket()['state']).toBe('6')
  })

  test('a ticket that people work on keeps its state when Microsoft resolves the alert; `conflicts: microsoft` resolves it', async () => {
    await using bench = await course({})
    const agent = await bench.agent()
    person(bench, { state: '2' })
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    expect(bench.ticket()['state']).toBe('2')
    const other = await bench.agent({ conflicts: 'microsoft' })
    await other.send([alert({ number: 1, revision: 2, status: 'resolved', comments: ['x'] })])
    expect(bench.ticket()['state']).toBe('6')
  })

  const newer = { number: 1, revision: 10_000_000, comments: ['it goes on'] } as const

  test.each([
    ['reopen', 1, '2'],
    ['comment', 1, '6'],
    ['new', 2, '6'],
  ] as const)('resolved by people, and the alert goes on: resolved: %s', async (resolved, tickets, state) => {
    await using bench = await course({ resolved })
    person(bench, { state: '6', resolved_at: '2026-03-02 09:00:00' })
    const agent = await bench.agent()
    await agent.send([alert(newer)])
    expect(bench.tickets()).toHaveLength(tickets)
    expect(bench.tickets()[0]?.['state']).toBe(state)
  })

  test.each([
    ['new', 2],
    ['comment', 1],
  ] as const)('trap: a closed ticket is not updated in place: closed: %s', async (closed, tickets) => {
    await using bench = await course({ closed })
    person(bench, { state: '7', closed_at: '2026-03-02 09:00:00' })
    const agent = await bench.agent()
    await agent.send([alert({ ...newer, severity: 'low' })])
    const [first, second] = bench.tickets()
    expect(bench.tickets()).toHaveLength(tickets)
    expect(first).toMatchObject({ state: '7', impact: '1' })
    if (closed === 'new') {
      expect(second).toMatchObject({
        parent_incident: first?.['sys_id'],
        correlation_id: `${first?.['correlation_id'] ?? ''}:2`,
        impact: '3',
      })
      await agent.send([alert({ ...newer, revision: newer.revision + 1, severity: 'medium' })])
      expect(bench.tickets()).toHaveLength(2)
      expect(bench.tickets()[1]?.['impact']).toBe('2')
    } else expect(bench.notes(first?.['sys_id'] ?? '').at(-1)).toContain('it goes on')
  })

  test('without its journal too, the ticket that took the place of a closed one is found', async () => {
    await using bench = await course({})
    person(bench, { state: '7', closed_at: '2026-03-02 09:00:00' })
    const agent = await bench.agent()
    await agent.send([alert(newer)])
    const other = await bench.agent({}, 'new state')
    await other.send([alert({ ...newer, revision: newer.revision + 1, severity: 'low' })])
    expect(bench.tickets()).toHaveLength(2)
    expect(bench.tickets()[1]?.['impact']).toBe('3')
  })

  test('trap: empty tickets: one that takes the place of a closed one is filled, whoever of its alerts goes on', async () => {
    await using bench = await Bench.open(rule({ group: 'incident' }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, incident: '7' }), alert({ number: 2, incident: '7' })])
    person(bench, { state: '7', closed_at: '2026-03-02 09:00:00' })
    await agent.send([alert({ ...newer, number: 2, incident: '7' })])
    expect(bench.tickets()[1]?.['short_description']).toBe('Suspicious sign-in 2')
    for (const row of bench.tickets()) bench.instance.tables.remove('incident', row['sys_id'] ?? '')
    await agent.send([alert({ ...newer, number: 1, incident: '7' })])
    expect(bench.ticket()['short_description']).toBe('Suspicious sign-in 1')
  })

  test('trap: a write that got no answer, of a ticket that takes the place of a closed one: it still points to it', async () => {
    let spoil = false
    const fault = ({ method, path }: { method: string; path: string }) => {
      if (!spoil || method !== 'POST' || !path.includes('/table/')) return undefined
      spoil = false
      return { kind: 'cut-before' } as const
    }
    await using bench = await Bench.open({}, { fault })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    person(bench, { state: '7', closed_at: '2026-03-02 09:00:00' })
    spoil = true
    await agent.send([alert(newer)])
    expect(bench.tickets()).toHaveLength(2)
    expect(bench.tickets()[1]).toMatchObject({ parent_incident: bench.tickets()[0]?.['sys_id'] })
  })

  test('what happened before people closed the ticket opens nothing: it is a comment', async () => {
    await using bench = await course({})
    person(bench, { state: '6', resolved_at: '2026-03-05 09:00:00' })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, revision: 1, comments: ['late news'] })])
    expect(bench.ticket()['state']).toBe('6')
    expect(bench.notes(bench.ticket()['sys_id'] ?? '').at(-1)).toContain('late news')
  })

  test('trap: a closed ticket may refuse comments: that is noted, and no reason to wait', async () => {
    await using bench = await course({ closed: 'comment' })
    bench.instance.oddities.closedIsReadOnly = true
    person(bench, { state: '7', closed_at: '2026-03-02 09:00:00' })
    const agent = await bench.agent()
    expect(await agent.try([alert(newer)])).toMatchObject({ all: 'delivered' })
    expect(bench.instance.tables.writes).toHaveLength(1)
    expect(
      (await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('takes no comment')),
    ).toBe(true)
  })

  test('trap: two systems that answer each other stop after six changes of a state in an hour', async () => {
    await using bench = await course({})
    const agent = await bench.agent()
    for (let revision = 1; revision <= 12; revision++)
      await agent.send([alert({ number: 1, revision, status: revision % 2 === 1 ? 'resolved' : 'new' })])
    const states = bench.instance.tables.writes.filter(({ fields }) => fields['state'] !== undefined)
    expect(states).toHaveLength(6)
    expect((await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('too often'))).toBe(
      true,
    )
  })

  test('security incidents have states and close codes of their own', async () => {
    await using bench = await course({}, 'sn_si_incident')
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved', classification: 'falsePositive' })])
    expect(bench.ticket('sn_si_incident')).toMatchObject({ state: '3', close_code: 'False positive' })
  })

  test('trap: an illegal jump of a state is dropped without a word: it is read back, and told', async () => {
    await using bench = await course({ resolve_state: 100 }, 'sn_si_incident')
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    expect(bench.ticket('sn_si_incident')['state']).toBe('10')
    expect(
      (await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('the state is 10, not 100')),
    ).toBe(true)
  })
})

describe('what people and the instance do', () => {
  test('a field that people changed stays theirs, and a later change at Microsoft is written', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    person(bench, { urgency: '2', assigned_to: 'ab'.repeat(16) })
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    expect(bench.ticket()).toMatchObject({ urgency: '2', assigned_to: 'ab'.repeat(16) })
  })

  test('trap: a business rule that changes fields under our name makes no loop', async () => {
    await using bench = await Bench.open()
    bench.instance.oddities.businessRule = (_table, changes) => ({
      ...changes,
      ...(changes['short_description'] !== undefined && {
        short_description: changes['short_description'].toUpperCase(),
      }),
    })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    expect(bench.ticket()['short_description']).toBe('SUSPICIOUS SIGN-IN 1')
    expect('short_description' in (bench.instance.tables.writes.at(-1)?.fields ?? {})).toBe(false)
    await agent.send([alert({ number: 1, revision: 2, title: 'Another title' })])
    expect(bench.ticket()['short_description']).toBe('ANOTHER TITLE')
  })

  test('trap: an ACL that protects a field drops it without a word: it is told once, and not tried for ever', async () => {
    await using bench = await Bench.open(rule({ fields: { category: 'security' } }))
    bench.instance.oddities.protectedFields['incident'] = ['category']
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    expect('category' in (bench.instance.tables.writes.at(-1)?.fields ?? {})).toBe(false)
    expect(
      (await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('category was not kept')),
    ).toBe(true)
  })

  test('trap: an ACL that hides correlation_id: after the first ticket nothing more is made, and it is said why', async () => {
    await using bench = await Bench.open()
    bench.instance.oddities.hiddenFields['incident'] = ['correlation_id']
    const agent = await bench.agent()
    await agent.try([alert({ number: 1 })])
    const other = await bench.agent()
    expect(await other.try([alert({ number: 2 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('hides correlation_id') as string,
    })
    expect(bench.tickets()).toHaveLength(1)
  })

  test('a deleted ticket: an alert that changes gets a new one, once, or none with `deleted: leave`', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 }), alert({ number: 2 })])
    for (const row of bench.tickets()) bench.instance.tables.remove('incident', row['sys_id'] ?? '')
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    await agent.send([alert({ number: 1, revision: 2, comments: ['y'] })])
    expect(bench.ticket()['correlation_id']).toMatch(/:2$/)
    const leaving = await bench.agent({ deleted: 'leave' })
    await leaving.send([alert({ number: 2, revision: 1, comments: ['x'] })])
    expect(bench.tickets()).toHaveLength(1)
  })

  test('a ticket that was merged into another: the other one gets the notes', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const parent = bench.instance.tables.put('incident', {
      number: 'INC1',
      state: '2',
      sys_mod_count: '0',
      sys_created_on: '2026-01-01 00:00:00',
      correlation_id: '',
    })
    person(bench, { state: '8', parent_incident: parent['sys_id'] ?? '', closed_at: '2026-03-02 09:00:00' })
    await agent.send([alert({ number: 1, revision: 1, comments: ['more of it'] })])
    expect(bench.tickets()).toHaveLength(2)
    expect(bench.notes(parent['sys_id'] ?? '').join('\n')).toContain('more of it')
  })

  test('tickets that were merged in a circle make no loop', async () => {
    await using bench = await Bench.open({ rules: [{ name: 'alerts', closed: 'comment' }] })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const own = bench.ticket()['sys_id'] ?? ''
    const parent = bench.instance.tables.put('incident', {
      number: 'INC1',
      state: '8',
      parent_incident: own,
      sys_mod_count: '0',
      sys_created_on: '2026-01-01 00:00:00',
      correlation_id: '',
    })
    bench.instance.tables.edit(
      'incident',
      own,
      { state: '8', parent_incident: parent['sys_id'] ?? '' },
      'fred',
      Date.now(),
    )
    expect(await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])).toMatchObject({ all: 'delivered' })
  })

  test('a ticket that was reassigned stays with whom it was given to', async () => {
    await using bench = await Bench.open(rule({ fields: { assignment_group: 'Service Desk' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const other =
      bench.instance.tables.rows('sys_user_group').find((row) => row['name'] === 'Security Operations')?.['sys_id'] ??
      ''
    person(bench, { assignment_group: other })
    await agent.send([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.ticket()).toMatchObject({ assignment_group: other, impact: '3' })
  })

  test('a ticket whose correlation_id somebody emptied is known by its sys_id, and gets it back', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const key = bench.ticket()['correlation_id']
    person(bench, { correlation_id: '' })
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    expect(bench.ticket()['correlation_id']).toBe(key)
  })
})

describe('two agents on one instance', () => {
  test('they share tickets and write no note twice', async () => {
    await using bench = await Bench.open()
    const [one, two] = [await bench.agent({}, 'one'), await bench.agent({}, 'two')]
    for (const record of [alert({ number: 1 }), alert({ number: 1, revision: 1, severity: 'low' })]) {
      await one.send([record])
      await two.send([record])
    }
    const notes = bench.notes(bench.ticket()['sys_id'] ?? '')
    expect(notes).toHaveLength(2)
    expect(bench.ticket()).toMatchObject({ impact: '3', sys_mod_count: '1' })
  })

  test('trap: correlation_id is not unique: where both make a ticket at once, the older stays and the other points to it', async () => {
    await using bench = await Bench.open()
    const agents = await Promise.all(['one', 'two', 'three'].map((folder) => bench.agent({}, folder)))
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8]
    await Promise.all(agents.map((agent) => agent.send(numbers.map((number) => alert({ number })))))
    await Promise.all(
      agents.map((agent) => agent.send(numbers.map((number) => alert({ number, revision: 1, severity: 'low' })))),
    )
    const open = bench.tickets().filter((row) => row['state'] !== '8')
    expect(open.map((row) => row['correlation_id']).toSorted()).toEqual(
      [...new Set(open.map((row) => row['correlation_id']))].toSorted(),
    )
    expect(open).toHaveLength(8)
    const bySysId = new Map(bench.tickets().map((row) => [row['sys_id'], row]))
    for (const row of bench.tickets()) {
      let at = row
      for (let steps = 0; steps < 3 && at['state'] === '8'; steps++) at = bySysId.get(at['parent_incident']) ?? at
      expect(open).toContain(at)
    }
  })
})
