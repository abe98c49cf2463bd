import { systemClock } from '@siembridge/core'
import { describe, expect, test } from 'vitest'
import { alert } from './alerts.ts'
import { Bench } from './bench.ts'
import { until } from './site.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })
const incidentPosts = ({ instance }: Bench): number =>
  instance.requests.filter(({ method, path }) => method === 'POST' && path === '/api/now/v2/table/incident').length

/** A stranger's ticket, which must never be touched. */
const stranger = ({ instance }: Bench): string =>
  instance.tables.put('incident', {
    number: 'INC0000001',
    short_description: "A stranger's",
    state: '1',
    correlation_id: '',
    sys_mod_count: '0',
    sys_created_on: '2026-01-01 00:00:00',
  })['sys_id'] ?? ''

describe('Table API', () => {
  test('trap: a part of a query that is invalid is ignored and every record matches: nothing is written, and it is said why', async () => {
    await using bench = await Bench.open()
    const id = stranger(bench)
    // The instance has no correlation_id: the look-up runs without its condition.
    for (const row of bench.instance.tables.rows('sys_dictionary').filter((one) => one['element'] === 'correlation_id'))
      bench.instance.tables.put('sys_dictionary', { ...row, active: 'false' })
    const agent = await bench.agent()
    const receipt = await agent.try([alert({ number: 1 })])
    expect(receipt).toMatchObject({ all: 'retry', reason: expect.stringContaining('ignores correlation_id') as string })
    expect(bench.instance.tables.writes).toEqual([])
    expect(bench.instance.tables.get('incident', id)?.['short_description']).toBe("A stranger's")
  })

  test('trap: where glide.invalid_query.returns_no_rows is set, an invalid query finds nothing, and tickets are made', async () => {
    await using bench = await Bench.open()
    bench.instance.oddities.ignoresInvalidQueries = false
    stranger(bench)
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(2)
  })

  test('trap: a record whose key differs from the one that was asked for is refused, whatever the query says', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const id = stranger(bench)
    for (const row of bench.instance.tables.rows('sys_dictionary').filter((one) => one['element'] === 'correlation_id'))
      bench.instance.tables.put('sys_dictionary', { ...row, active: 'false' })
    expect(await agent.try([alert({ number: 1, revision: 1, severity: 'low' })])).toMatchObject({ all: 'retry' })
    expect(bench.instance.tables.get('incident', id)).toMatchObject({
      short_description: "A stranger's",
      sys_mod_count: '0',
    })
  })

  test('trap: an empty key would find records of others: an alert without any id has a key of its own all the same', async () => {
    await using bench = await Bench.open()
    const id = stranger(bench)
    const agent = await bench.agent()
    const record = JSON.parse(alert({ number: 1 })) as Record<string, unknown>
    delete record['id']
    await agent.send([JSON.stringify(record)])
    const [, made] = bench.tickets()
    expect(made?.['correlation_id']).toMatch(/^sb1:[A-Za-z0-9_-]{43}$/)
    expect(bench.instance.tables.get('incident', id)?.['sys_mod_count']).toBe('0')
  })

  test('trap: ^ splits a query: an id or a name that holds one changes no query', async () => {
    await using bench = await Bench.open(rule({ fields: { assignment_group: '{{rule.name}}' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, title: 'Service Desk^ORactive=true' })])
    expect(bench.ticket()['assignment_group'] ?? '').toBe('')
    expect(bench.ticket()['correlation_id']).toMatch(/^sb1:[A-Za-z0-9_-]+$/)
  })

  test('trap: of a posted array only the first is taken: every ticket has a request of its own', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([1, 2, 3].map((number) => alert({ number })))
    expect(bench.tickets()).toHaveLength(3)
    expect(incidentPosts(bench)).toBe(3)
  })

  test('trap: the first version of the API answers 404 to an empty list: version 2 is asked', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const paths = bench.instance.requests.map(({ path }) => path).filter((path) => path.includes('/table/'))
    expect(paths.every((path) => path.startsWith('/api/now/v2/'))).toBe(true)
  })

  test('trap: sysparm_limit counts before ACLs: a page that comes empty is not the end', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const { correlation_id: key = '' } = bench.ticket()
    // A thousand older records with the same key that the bridge may not see.
    for (let i = 0; i < 1000; i++)
      bench.instance.tables.put('incident', {
        correlation_id: key,
        sys_created_on: '2020-01-01 00:00:00',
        hidden: 'true',
      })
    bench.instance.oddities.hidesRow = (_table, row) => row['hidden'] === 'true'
    await agent.send([alert({ number: 1, revision: 1, severity: 'medium' })])
    const seen = bench.tickets().filter((row) => row['hidden'] !== 'true')
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({ impact: '2', sys_mod_count: '1' })
  })

  test('trap: 200 with a page (a sleeping instance, single sign-on) is no success: the ticket is made when it wakes', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    bench.instance.oddities.asleep = true
    expect(await agent.try([alert({ number: 2 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('page') as string,
    })
    bench.instance.oddities.asleep = false
    await agent.send([alert({ number: 2 })])
    expect(bench.tickets()).toHaveLength(2)
  })

  test('trap: 200 with an error inside is no success', async () => {
    let spoil = true
    const fault = ({ method, path }: { method: string; path: string }) =>
      spoil && method === 'POST' && path.includes('/incident')
        ? ({ kind: 'error-in-200', message: 'Transaction cancelled: maximum execution time exceeded' } as const)
        : undefined
    await using bench = await Bench.open({}, { fault })
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({ all: 'retry' })
    spoil = false
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
  })

  test('trap: 403 is a data policy too: the event is refused with its reason, and others go on', async () => {
    await using bench = await Bench.open()
    bench.instance.oddities.businessRule = (_table, changes) =>
      (changes['short_description'] ?? '').includes('forbidden') ? 'abort' : changes
    const agent = await bench.agent()
    const receipt = await agent.send([alert({ number: 1, title: 'forbidden' }), alert({ number: 2 })])
    expect(receipt).toMatchObject({
      all: 'delivered',
      except: [{ at: 0, is: 'rejected', reason: expect.stringContaining('aborted by Business Rule') as string }],
    })
    expect(bench.tickets()).toHaveLength(1)
  })

  test('trap: JSON that ends too early is no answer: the ticket is looked up before anything is written again', async () => {
    let spoil = true
    const fault = ({ method, path }: { method: string; path: string }) => {
      if (!spoil || method !== 'POST' || !path.includes('/incident')) return undefined
      spoil = false
      return { kind: 'truncated' } as const
    }
    await using bench = await Bench.open({}, { fault })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
    expect(incidentPosts(bench)).toBe(1)
  })

  test('trap: 401 with X-MFA_TOKEN means a second factor, and says so', async () => {
    const users = [{ name: 'bridge', password: 'open sesame', roles: ['itil'], mfa: true }]
    await using bench = await Bench.open({}, { users })
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('second factor') as string,
    })
  })
})

describe('time-outs and limits', () => {
  const once = (kind: 'none' | 'cancelled' | 'late') => {
    let spoil = true
    return ({ method, path }: { method: string; path: string }) => {
      if (!spoil || method !== 'POST' || !path.includes('/table/')) return undefined
      spoil = false
      if (kind === 'late') return { kind: 'cut-and-late', ms: 100 } as const
      return { kind: 'cut-after', answer: kind } as const
    }
  }

  test.each(['none', 'cancelled'] as const)(
    'trap: a transaction that is cut at 60 s has made the record all the same (answer: %s)',
    async (kind) => {
      await using bench = await Bench.open({}, { fault: once(kind) })
      const agent = await bench.agent()
      expect(await agent.try([alert({ number: 1 })])).toMatchObject({ all: 'retry' })
      await agent.send([alert({ number: 1 })])
      expect(bench.tickets()).toHaveLength(1)
      expect(incidentPosts(bench)).toBe(1)
    },
  )

  test('trap: a transaction that goes on after it was cut makes its record later: until then nothing is made again', async () => {
    await using bench = await Bench.open({ settle: '400ms' }, { fault: once('late') })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await systemClock.sleep(200)
    expect(bench.tickets()).toHaveLength(1)
    expect(incidentPosts(bench)).toBe(1)
  })

  test('trap: what an earlier process had sent may have gone out last: the wait begins with this process, whatever the journal says', async () => {
    let spoil = true
    const fault = ({ method, path }: { method: string; path: string }) => {
      if (!spoil || method !== 'POST' || !path.includes('/table/')) return undefined
      spoil = false
      return { kind: 'cut-and-late', ms: 500 } as const
    }
    await using bench = await Bench.open({ settle: '400ms' }, { fault })
    // The intent is old when its request goes out: hundreds were before it in the same turn.
    const clock = bench.clock
    bench.clock = { ...clock, now: () => Date.now() - 3_600_000 }
    const dead = await bench.agent()
    await dead.try([alert({ number: 1 })])
    await dead.delivery.close()
    bench.clock = clock
    await systemClock.sleep(200)
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await systemClock.sleep(300)
    expect(bench.tickets()).toHaveLength(1)
    expect(incidentPosts(bench)).toBe(1)
  })

  test('a target that is closed lets its writes be answered and begins none: the next start has nothing to wait for', async () => {
    const fault = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.includes('/table/') ? ({ kind: 'slow', ms: 200 } as const) : undefined
    await using bench = await Bench.open({ settle: '1h' }, { fault })
    const stopped = await bench.agent()
    const receipt = stopped.try([1, 2, 3, 4, 5, 6].map((number) => alert({ number })))
    await until(() => bench.tickets().length > 0)
    await stopped.delivery.close()
    expect(await receipt).toMatchObject({ all: 'retry' })
    expect(bench.tickets().length).toBeLessThan(6)
    const agent = await bench.agent()
    expect(await agent.try([1, 2, 3, 4, 5, 6].map((number) => alert({ number })))).toMatchObject({ all: 'delivered' })
    expect(bench.tickets()).toHaveLength(6)
  })

  test('trap: the process dies between the intent and the answer: the next one looks before it writes', async () => {
    await using bench = await Bench.open({}, { fault: once('none') })
    const dead = await bench.agent()
    expect(await dead.try([alert({ number: 1 })])).toMatchObject({ all: 'retry' })
    await dead.delivery.close()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
    expect(incidentPosts(bench)).toBe(1)
  })

  test('trap: 429 for an hour pauses the destination: nothing is sent before, and everything after', async () => {
    await using bench = await Bench.open()
    let elapsed = 0
    bench.clock = { ...systemClock, elapsed: () => elapsed }
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    bench.instance.oddities.ratePerHour = 1
    const receipt = await agent.try([alert({ number: 2 })])
    const again = await agent.try([alert({ number: 3 })])
    expect(receipt.afterMs ?? again.afterMs ?? 0).toBeGreaterThan(3_590_000)
    const sent = bench.instance.requests.length
    elapsed = 3_500_000
    expect(await agent.try([alert({ number: 3 })])).toMatchObject({ all: 'retry' })
    expect(bench.instance.requests.length).toBe(sent)
    bench.instance.oddities.ratePerHour = 0
    elapsed = 3_600_001
    await agent.send([alert({ number: 2 }), alert({ number: 3 })])
    expect(bench.tickets()).toHaveLength(3)
  })

  test('trap: 429 without Retry-After has X-RateLimit-Reset, a Unix time', async () => {
    await using bench = await Bench.open()
    bench.instance.oddities.noRetryAfter = true
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    bench.instance.oddities.ratePerHour = 1
    await agent.try([alert({ number: 2 })])
    const receipt = await agent.try([alert({ number: 2 })])
    expect(receipt.afterMs ?? 0).toBeGreaterThan(3_500_000)
    expect(receipt.afterMs ?? 0).toBeLessThan(3_610_000)
  })

  test('trap: 503 with a page is maintenance: nothing is lost and nothing is refused', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    bench.instance.oddities.maintenance = true
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('maintenance') as string,
    })
    bench.instance.oddities.maintenance = false
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
  })

  test('trap: a rate rule of ours keeps below that of the instance', async () => {
    await using bench = await Bench.open({ requests_per_hour: 3 })
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({
      all: 'retry',
      reason: 'requests_per_hour is used up',
    })
    expect(bench.instance.requests.length).toBe(3)
  })

  test('trap: what a batch had no time for comes back unserviced and is sent again', async () => {
    await using bench = await Bench.open({ api: 'batch' })
    bench.instance.oddities.batchServes = 2
    const agent = await bench.agent()
    await agent.send([1, 2, 3, 4, 5].map((number) => alert({ number })))
    expect(bench.tickets().map((row) => row['short_description'])).toEqual(
      [1, 2, 3, 4, 5].map((n) => `Suspicious sign-in ${n}`),
    )
  })
})

describe('import sets', () => {
  const withMap = async (): Promise<Bench> => {
    const bench = await Bench.open({ api: 'import-set' })
    const { tables } = bench.instance
    const { sys_id: map = '' } = tables.put('sys_transform_map', {
      name: 'm',
      source_table: 'u_siembridge_ticket',
      target_table: 'incident',
      active: 'true',
    })
    for (const target_field of [
      'correlation_id',
      'correlation_display',
      'short_description',
      'description',
      'impact',
      'urgency',
      'state',
      'work_notes',
      'close_code',
      'close_notes',
      'category',
    ])
      tables.put('sys_transform_entry', {
        map,
        source_field: `u_${target_field}`,
        target_field,
        coalesce: String(target_field === 'correlation_id'),
      })
    return bench
  }

  test('trap: an import set answers 201 with an error inside: the event is refused with the reason', async () => {
    await using bench = await withMap()
    bench.instance.oddities.mandatory['incident'] = ['category']
    const agent = await bench.agent()
    const receipt = await agent.send([alert({ number: 1 })])
    expect(receipt.except?.[0]).toMatchObject({
      is: 'rejected',
      reason: expect.stringContaining('mandatory') as string,
    })
    expect(bench.tickets()).toHaveLength(0)
  })

  test('trap: an import set coalesces on correlation_id: an update finds its ticket, and only texts are sent', async () => {
    await using bench = await withMap()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, severity: 'low' })])
    expect(bench.ticket()).toMatchObject({ impact: '3', sys_mod_count: '1' })
    const rows = bench.instance.tables.rows('u_siembridge_ticket')
    expect(rows.flatMap((row) => Object.values(row)).every((value) => typeof value === 'string')).toBe(true)
  })
})
