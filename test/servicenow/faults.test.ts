import { describe, expect, test } from 'vitest'
import { systemClock } from '@siembridge/core'
import type { InstanceFault, ServiceNowSpec } from '@siembridge/simulator/servicenow'
import { alert, incident, nativeId } from './alerts.ts'
import { Bench } from './bench.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })

type Seen = Parameters<NonNullable<ServiceNowSpec['fault']>>[0]

/** The fault befalls the n-th request (from 1) that the condition takes. */
const nth = (wanted: (seen: Seen) => boolean, n: number, fault: InstanceFault): ServiceNowSpec => {
  let count = 0
  return { fault: (seen) => (wanted(seen) && ++count === n ? fault : undefined) }
}

const posts = ({ method, path }: Seen): boolean => method === 'POST' && path === '/api/now/v2/table/incident'
const patches = ({ method }: Seen): boolean => method === 'PATCH'
const attaches = ({ method, path }: Seen): boolean => method === 'POST' && path.startsWith('/api/now/attachment')
const looksUp = ({ method, query }: Seen): boolean => method === 'GET' && query.includes('correlation_idIN')

const long = (number: number): string =>
  alert({ number, title: `Long ${number}`, severity: 'low', description: 'x'.repeat(200) })

describe('a storm', () => {
  test('its parent has the fields that the rule gives every ticket: a data policy that wants them refuses nobody', async () => {
    const fields = { category: 'security', caller_id: '{{user.name | "siem.integration"}}' }
    await using bench = await Bench.open({ ...rule({ fields }), storm: { tickets: 1 } })
    bench.instance.oddities.mandatory['incident'] = ['category']
    const agent = await bench.agent()
    const receipt = await agent.send([1, 2, 3].map((number) => alert({ number })))
    expect(receipt.except?.filter(({ is }) => is === 'rejected') ?? []).toEqual([])
    expect(bench.tickets()).toHaveLength(2)
    expect(bench.tickets()[1]).toMatchObject({
      category: 'security',
      short_description: 'Alert storm: 2 alerts of rule alerts beyond 1 tickets',
    })
  })

  test.each([401, 403])(
    'a note that is refused with %s for want of a right is written later, and no alert is lost',
    async (status) => {
      const fault: InstanceFault = { kind: 'status', status, message: 'Operation Failed', detail: 'not authorized' }
      await using bench = await Bench.open({ storm: { tickets: 1 }, batch_events: 200 }, nth(patches, 1, fault))
      const agent = await bench.agent()
      await agent.send(Array.from({ length: 150 }, (_, number) => long(number)))
      const notes = bench.notes(bench.tickets()[1]?.['sys_id'] ?? '').join('\n')
      expect(bench.notes(bench.tickets()[1]?.['sys_id'] ?? '').length).toBeGreaterThan(1)
      for (let number = 1; number < 150; number++) expect(notes.split(nativeId(number))).toHaveLength(2)
    },
  )
})

describe('a new ticket that cannot be looked at again', () => {
  test('is looked at before its alert counts as delivered: a twin is not left behind', async () => {
    await using bench = await Bench.open({}, nth(looksUp, 2, { kind: 'status', status: 500 }))
    const one = await bench.agent({}, 'one')
    const receipt = await one.try([alert({ number: 1 })])
    expect(receipt.all).toBe('retry')
    const [row] = bench.tickets()
    const twin = bench.instance.tables.put('incident', { ...row, sys_id: 'f'.repeat(32), number: 'INC9999999' })
    await one.send([alert({ number: 1 })])
    expect(bench.instance.tables.get('incident', twin['sys_id'] ?? '')?.['state']).toBe('8')
    expect(bench.tickets()).toHaveLength(2)
  })

  test('counts for the storm brake', async () => {
    await using bench = await Bench.open({ storm: { tickets: 1 } }, nth(looksUp, 2, { kind: 'status', status: 500 }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 2 })])
    expect(bench.tickets()[1]?.['short_description']).toContain('Alert storm')
  })

  test('of an import set too, nothing of its fields is taken for a change by people', async () => {
    await using bench = await Bench.open({ api: 'import-set', ...rule({ fields: { description: '{{severity}}' } }) })
    const map = bench.instance.tables.put('sys_transform_map', {
      name: 'm',
      source_table: 'u_siembridge_ticket',
      target_table: 'incident',
      active: 'true',
    })
    for (const field of ['correlation_id', 'short_description', 'description', 'impact', 'urgency', 'work_notes'])
      bench.instance.tables.put('sys_transform_entry', {
        map: map['sys_id'] ?? '',
        source_field: `u_${field}`,
        target_field: field,
        coalesce: String(field === 'correlation_id'),
      })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.ticket()['description']).toBe('high')
  })
})

describe('two agents', () => {
  test('whose alerts of one incident make it at once: the ticket that stays has the notes and records of both', async () => {
    await using bench = await Bench.open(
      { ...rule({ group: 'incident' }), attach: 'first' },
      {
        fault: (seen) => (posts(seen) ? { kind: 'slow', ms: 300 } : undefined),
      },
    )
    const [one, two] = [await bench.agent({}, 'one'), await bench.agent({}, 'two')]
    await Promise.all([
      one.send([alert({ number: 1, incident: '77' })]),
      two.send([alert({ number: 2, incident: '77' })]),
    ])
    const open = bench.tickets().filter((row) => row['state'] !== '8')
    expect(open).toHaveLength(1)
    const sysId = open[0]?.['sys_id'] ?? ''
    const notes = bench.notes(sysId).join('\n')
    expect(notes).toContain(nativeId(1))
    expect(notes).toContain(nativeId(2))
    const files = bench.instance.tables.rows('sys_attachment').filter((row) => row['table_sys_id'] === sysId)
    expect(files).toHaveLength(2)
  })

  test('a twin that could not be cancelled is cancelled at the next turn, without another revision', async () => {
    await using bench = await Bench.open({}, nth(patches, 1, { kind: 'page', status: 503 }))
    const [one, two] = [await bench.agent({}, 'one'), await bench.agent({}, 'two')]
    await one.send([alert({ number: 5 })])
    await two.send([alert({ number: 6 })])
    const [first] = bench.tickets()
    bench.instance.tables.put('incident', { ...first, sys_id: 'f'.repeat(32), number: 'INC9999999' })
    await two.send([alert({ number: 5, revision: 1, comments: ['x'] })])
    expect(bench.tickets().filter((row) => row['correlation_id'] === first?.['correlation_id'])).toHaveLength(1)
  })
})

describe('an attachment', () => {
  test('that was cut and goes on all the same is not made twice', async () => {
    await using bench = await Bench.open(
      { attach: 'first', settle: '500ms' },
      nth(attaches, 1, { kind: 'cut-and-late', ms: 300 }),
    )
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await systemClock.sleep(400)
    expect(bench.instance.tables.rows('sys_attachment')).toHaveLength(1)
  })

  test('that waits while somebody deletes the ticket: the new ticket is not empty', async () => {
    await using bench = await Bench.open({ attach: 'first' }, nth(attaches, 1, { kind: 'page', status: 503 }))
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({ all: 'retry' })
    bench.instance.tables.remove('incident', bench.ticket()['sys_id'] ?? '')
    await agent.send([alert({ number: 1 })])
    expect(bench.ticket()).toMatchObject({ short_description: 'Suspicious sign-in 1' })
    expect(bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')).toContain('host1.contoso.com')
    expect(bench.instance.tables.rows('sys_attachment').at(-1)?.['table_sys_id']).toBe(bench.ticket()['sys_id'])
  })
})

describe('events of a group', () => {
  test('close when all of them are resolved, and are as severe as the worst that is open', async () => {
    await using bench = await Bench.open(rule({ record: 'em_event', group: 'incident' }))
    const agent = await bench.agent()
    const own = { incident: '77' }
    await agent.send([alert({ number: 1, ...own })])
    await agent.send([alert({ number: 2, ...own, severity: 'low', status: 'resolved' })])
    const { tables } = bench.instance
    expect(tables.rows('em_alert')).toMatchObject([{ state: 'Open', severity: '1' }])
    await agent.send([alert({ number: 1, ...own, revision: 1, status: 'resolved' })])
    expect(tables.rows('em_alert')).toMatchObject([{ state: 'Closed' }])
  })

  test('without an answer: the journal says that nobody knows, not that nothing was made', async () => {
    await using bench = await Bench.open(
      rule({ record: 'em_event' }),
      nth(({ path }) => path === '/api/global/em/jsonv2', 1, { kind: 'cut-after' }),
    )
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const came = (await bench.journal()).flatMap((entry) => (entry.is === 'outcome' ? [entry.came] : []))
    expect(came).toEqual(['unknown', 'done'])
  })
})

describe('a rule that makes records of another table than before', () => {
  test('resolves tickets that are there by the states of their own table', async () => {
    await using bench = await Bench.open(rule({}))
    const before = await bench.agent()
    await before.send([alert({ number: 1 })])
    const after = await bench.agent(rule({ record: 'sn_si_incident' }))
    await after.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    expect(bench.ticket()['state']).toBe('6')
  })

  test('of Event Management: tickets that are there keep their title and get no fields of events', async () => {
    await using bench = await Bench.open(rule({}))
    const before = await bench.agent()
    await before.send([alert({ number: 1 })])
    const after = await bench.agent(rule({ record: 'em_event' }))
    await after.send([alert({ number: 1, revision: 1, title: 'Other' })])
    expect(bench.ticket()['short_description']).toBe('Other')
    expect(bench.instance.tables.writes.at(-1)?.fields).not.toHaveProperty('metric_name')
  })
})

describe('what an alert says', () => {
  test('is no code in a comment that a rule writes, nor in the name of a record that does not exist', async () => {
    const fields = { comments: '{{rule.name}}', assignment_group: '{{rule.name}}' }
    await using bench = await Bench.open(rule({ fields }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, title: '[code]<script>x</script>[/code]' })])
    const sysId = bench.ticket()['sys_id'] ?? ''
    const all = [...bench.notes(sysId), ...bench.notes(sysId, 'comments')]
    expect(all.length).toBeGreaterThan(1)
    expect(all.join('\n')).not.toContain('[code]')
  })

  test('alerts of a ticket are numbered one after the other, also where they come at once', async () => {
    await using bench = await Bench.open(rule({ group: 'incident' }))
    const agent = await bench.agent()
    await agent.send([1, 2, 3].map((number) => alert({ number, incident: '77' })))
    await agent.send([alert({ number: 4, incident: '77' }), incident('77', 1, 'All of it')])
    const notes = bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')
    expect(notes.match(/Alert \d+ of this ticket/g)).toEqual([2, 3, 4].map((n) => `Alert ${n} of this ticket`))
  })
})

describe('requests', () => {
  test('a question that one row answers takes one request, however many rows there are', async () => {
    await using bench = await Bench.open()
    for (let number = 0; number < 30; number++)
      bench.instance.tables.put('incident', {
        number: `INC000${number}`,
        correlation_id: `other-${number}`,
        sys_created_on: '2026-01-01 00:00:00',
        state: '1',
      })
    await bench.check()
    expect(bench.instance.requests.filter(({ path }) => path === '/api/now/v2/table/incident').length).toBeLessThan(5)
  })

  test('trap: a look-up whose query is ignored stops at the first page, not after the whole table', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    for (let number = 0; number < 3000; number++)
      bench.instance.tables.put('incident', { number: `INC${number}`, correlation_id: '', state: '1' })
    const dictionary = bench.instance.tables.rows('sys_dictionary').find((row) => row['element'] === 'correlation_id')
    bench.instance.tables.remove('sys_dictionary', dictionary?.['sys_id'] ?? '')
    const before = bench.instance.requests.length
    expect(await agent.try([alert({ number: 2 })])).toMatchObject({ all: 'retry' })
    expect(bench.instance.requests.length - before).toBe(1)
  })
})
