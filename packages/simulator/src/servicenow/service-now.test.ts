import { describe, expect, test } from 'vitest'
import type { InstanceFault, Oddities } from './oddities.ts'
import { openServiceNow, type ServiceNowSpec, type SimulatedServiceNow } from './service-now.ts'
import type { Row } from './tables.ts'

const password = 'open sesame'
const basic = (user = 'bridge'): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

interface Said {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly result: unknown
}

async function ask(
  { url }: SimulatedServiceNow,
  method: string,
  path: string,
  body?: unknown,
  user?: string,
): Promise<Said> {
  const answer = await fetch(url + path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', authorization: basic(user) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as { result?: unknown }) : {}
  return { status: answer.status, headers: answer.headers, text, result: json.result }
}

const incidents = '/api/now/v2/table/incident'

async function running(
  act: (instance: SimulatedServiceNow) => Promise<void>,
  set: Partial<Oddities> = {},
  spec: ServiceNowSpec = {},
): Promise<void> {
  const instance = await openServiceNow(spec)
  Object.assign(instance.oddities, set)
  try {
    await act(instance)
  } finally {
    await instance.close()
  }
}

const make = async (instance: SimulatedServiceNow, fields: Row = {}, table = 'incident'): Promise<Row> =>
  (await ask(instance, 'POST', `/api/now/v2/table/${table}`, { short_description: 'x', ...fields })).result as Row

const rows = async (instance: SimulatedServiceNow, query: string, more = ''): Promise<Row[]> =>
  (await ask(instance, 'GET', `${incidents}?sysparm_query=${encodeURIComponent(query)}${more}`)).result as Row[]

describe('a simulated instance', () => {
  test('makes, finds and changes a record; the priority is looked up, and each change counts', () =>
    running(async (instance) => {
      const made = await make(instance, { impact: '1', urgency: '2', correlation_id: 'k' })
      expect(made).toMatchObject({ priority: '2', state: '1', sys_mod_count: '0', sys_created_by: 'bridge' })
      await ask(instance, 'PATCH', `${incidents}/${made['sys_id'] ?? ''}`, { urgency: '1' })
      expect(await rows(instance, 'correlation_id=k')).toMatchObject([{ priority: '1', sys_mod_count: '1' }])
    }))

  test('of an array it takes the first, and drops fields that it does not know without a word', () =>
    running(async (instance) => {
      await ask(instance, 'POST', incidents, [{ short_description: 'a', u_unknown: 'b' }, { short_description: 'c' }])
      expect(await rows(instance, '')).toHaveLength(1)
    }))

  test('journal fields read empty, and as one text, newest first, where display values are asked for', () =>
    running(async (instance) => {
      const { sys_id: id = '' } = await make(instance, { work_notes: 'first' })
      await ask(instance, 'PATCH', `${incidents}/${id}`, { work_notes: 'second' })
      expect(
        ((await ask(instance, 'GET', `${incidents}/${id}?sysparm_fields=work_notes`)).result as Row)['work_notes'],
      ).toBe('')
      const shown = (
        await ask(instance, 'GET', `${incidents}/${id}?sysparm_display_value=true&sysparm_fields=work_notes`)
      ).result as Row
      expect(shown['work_notes']).toMatch(/\(Work notes\)\nsecond[\s\S]*first/)
    }))

  test('resolving takes a close code that it has, and closing a role', () =>
    running(async (instance) => {
      const { sys_id: id = '' } = await make(instance)
      const path = `${incidents}/${id}`
      expect((await ask(instance, 'PATCH', path, { state: '6' })).text).toContain('mandatory: close_code')
      expect((await ask(instance, 'PATCH', path, { state: '6', close_code: 'odd', close_notes: 'x' })).status).toBe(403)
      expect(
        (await ask(instance, 'PATCH', path, { state: '6', close_code: 'Duplicate', close_notes: 'x' })).status,
      ).toBe(200)
      expect((await ask(instance, 'PATCH', path, { state: '7' })).status).toBe(403)
    }))
})

/** Each oddity: what happens where it is on, and where it is off. */
const oddities: Readonly<Record<keyof Oddities, (on: boolean) => Promise<void>>> = {
  ignoresInvalidQueries: (on) =>
    running(
      async (instance) => {
        await make(instance)
        expect(await rows(instance, 'u_key=abc')).toHaveLength(on ? 1 : 0)
      },
      { ignoresInvalidQueries: on },
    ),
  hiddenFields: (on) =>
    running(
      async (instance) => {
        await make(instance, { correlation_id: 'k' })
        expect((await rows(instance, 'correlation_id=k'))[0]?.['correlation_id']).toBe(on ? '' : 'k')
      },
      { hiddenFields: on ? { incident: ['correlation_id'] } : {} },
    ),
  protectedFields: (on) =>
    running(
      async (instance) => {
        expect((await make(instance, { category: 'network' }))['category']).toBe(on ? undefined : 'network')
      },
      { protectedFields: on ? { incident: ['category'] } : {} },
    ),
  hidesRow: (on) =>
    running(
      async (instance) => {
        for (const short_description of ['a', 'b', 'c']) await make(instance, { short_description })
        const page = await rows(instance, 'ORDERBYshort_description', '&sysparm_limit=2')
        expect(page.map((row) => row['short_description'])).toEqual(on ? ['b'] : ['a', 'b'])
      },
      on ? { hidesRow: (_table, row) => row['short_description'] === 'a' } : {},
    ),
  mandatory: (on) =>
    running(
      async (instance) => {
        expect((await ask(instance, 'POST', incidents, { short_description: 'x' })).status).toBe(on ? 403 : 201)
      },
      { mandatory: on ? { incident: ['category'] } : {} },
    ),
  businessRule: (on) =>
    running(
      async (instance) => {
        expect(await make(instance)).toMatchObject({ short_description: on ? 'ruled' : 'x', sys_updated_by: 'bridge' })
      },
      on ? { businessRule: (_table, changes) => ({ ...changes, short_description: 'ruled' }) } : {},
    ),
  closedIsReadOnly: (on) =>
    running(
      async (instance) => {
        const { sys_id: id = '' } = await make(instance, { state: '7' })
        expect((await ask(instance, 'PATCH', `${incidents}/${id}`, { work_notes: 'x' })).status).toBe(on ? 403 : 200)
      },
      { closedIsReadOnly: on },
    ),
  nistProcess: (on) =>
    running(
      async (instance) => {
        const { sys_id: id = '' } = await make(instance, {}, 'sn_si_incident')
        const said = await ask(instance, 'PATCH', `/api/now/v2/table/sn_si_incident/${id}`, { state: '19' })
        expect((said.result as Row)['state']).toBe(on ? '10' : '19')
      },
      { nistProcess: on },
    ),
  ratePerHour: (on) =>
    running(
      async (instance) => {
        await rows(instance, '')
        const said = await ask(instance, 'GET', incidents)
        expect(said.status).toBe(on ? 429 : 200)
        if (on) expect(Number(said.headers.get('retry-after'))).toBeGreaterThan(3500)
      },
      { ratePerHour: on ? 1 : 0 },
    ),
  hourMs: (on) =>
    running(
      async (instance) => {
        await rows(instance, '')
        instance.instance.clockMs += 5000
        expect((await ask(instance, 'GET', incidents)).status).toBe(on ? 200 : 429)
      },
      { ratePerHour: 1, hourMs: on ? 1000 : 3_600_000 },
    ),
  noRetryAfter: (on) =>
    running(
      async (instance) => {
        await rows(instance, '')
        const { headers } = await ask(instance, 'GET', incidents)
        expect(headers.get('retry-after') === null).toBe(on)
        expect(Number(headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now())
      },
      { ratePerHour: 1, noRetryAfter: on },
    ),
  maintenance: (on) =>
    running(
      async (instance) => {
        const said = await ask(instance, 'GET', incidents)
        expect([said.status, said.text.startsWith('<')]).toEqual(on ? [503, true] : [200, false])
      },
      { maintenance: on },
    ),
  asleep: (on) =>
    running(
      async (instance) => {
        const said = await ask(instance, 'GET', incidents)
        expect([said.status, said.text.startsWith('<')]).toEqual([200, on])
      },
      { asleep: on },
    ),
  queriesInUserZone: (on) =>
    running(
      async (instance) => {
        const { sys_updated_on: now = '' } = await make(instance)
        // In Los Angeles this is eight hours later.
        expect(await rows(instance, `sys_updated_on>=${now}`)).toHaveLength(on ? 0 : 1)
      },
      { queriesInUserZone: on },
      { users: [{ name: 'bridge', password, roles: ['itil'], timeZone: 'US/Pacific' }] },
    ),
  batchServes: (on) =>
    running(
      async (instance) => {
        const one = { id: 'a', method: 'GET', url: incidents, headers: [{ name: 'Accept', value: 'application/json' }] }
        const said = await ask(instance, 'POST', '/api/now/v1/batch', { rest_requests: [one, { ...one, id: 'b' }] })
        const body = JSON.parse(said.text) as { serviced_requests: unknown[]; unserviced_requests: unknown[] }
        expect([body.serviced_requests.length, body.unserviced_requests]).toEqual(on ? [1, ['b']] : [2, []])
      },
      { batchServes: on ? 1 : 100 },
    ),
  refusesAttachments: (on) =>
    running(
      async (instance) => {
        const { sys_id: id = '' } = await make(instance)
        const path = `/api/now/attachment/file?table_name=incident&table_sys_id=${id}&file_name=a.json`
        expect((await ask(instance, 'POST', path, {})).status).toBe(on ? 403 : 201)
      },
      { refusesAttachments: on },
    ),
  dictionaryProtected: (on) =>
    running(
      async (instance) => {
        expect((await ask(instance, 'GET', '/api/now/v2/table/sys_dictionary')).status).toBe(on ? 403 : 200)
      },
      { dictionaryProtected: on },
    ),
  uniqueCorrelation: (on) =>
    running(
      async (instance) => {
        await make(instance, { correlation_id: 'k' })
        expect((await ask(instance, 'POST', incidents, { correlation_id: 'k' })).status).toBe(on ? 403 : 201)
      },
      { uniqueCorrelation: on },
    ),
  journalLength: (on) =>
    running(
      async (instance) => {
        await make(instance, { work_notes: 'a'.repeat(5000) })
        expect(instance.tables.rows('sys_journal_field')[0]?.['value']).toHaveLength(on ? 4000 : 5000)
      },
      { journalLength: on ? 4000 : 65_535 },
    ),
}

describe('oddities, each of which can be switched', () => {
  test.each(
    Object.entries(oddities).flatMap(([name, act]) => [[name, 'on', act] as const, [name, 'off', act] as const]),
  )('%s, %s', (_name, turned, act) => act(turned === 'on'))
})

describe('what can go wrong with a request', () => {
  const first = (fault: InstanceFault): ServiceNowSpec => {
    let spoil = true
    return {
      fault: () => {
        if (!spoil) return undefined
        spoil = false
        return fault
      },
    }
  }
  const failing: readonly (readonly [InstanceFault, number | 'none', number])[] = [
    [{ kind: 'cut-after', answer: 'none' }, 'none', 1],
    [{ kind: 'cut-after', answer: 'cancelled' }, 500, 1],
    [{ kind: 'cut-before' }, 'none', 0],
    [{ kind: 'status', status: 500 }, 500, 0],
    [{ kind: 'error-in-200', message: 'odd' }, 200, 0],
    [{ kind: 'page', status: 503 }, 503, 0],
    [{ kind: 'limit', seconds: 5 }, 429, 0],
    [{ kind: 'slow', ms: 20 }, 201, 1],
    [{ kind: 'truncated' }, 'none', 1],
  ]

  test.each(failing)('%o: the writer sees %s, and %i records are there', (fault, status, made) =>
    running(
      async (instance) => {
        const said = await ask(instance, 'POST', incidents, { short_description: 'x' }).catch(() => undefined)
        expect(said?.status ?? 'none').toBe(status)
        expect(instance.tables.rows('incident')).toHaveLength(made)
      },
      {},
      first(fault),
    ),
  )

  test('cut-and-late: nothing is there at first, and then it is', () =>
    running(
      async (instance) => {
        await ask(instance, 'POST', incidents, { short_description: 'x' }).catch(() => undefined)
        expect(instance.tables.rows('incident')).toHaveLength(0)
        for (let turn = 0; turn < 500 && instance.tables.rows('incident').length === 0; turn++)
          await new Promise((resolve) => setTimeout(resolve, 10))
        expect(instance.tables.rows('incident')).toHaveLength(1)
      },
      {},
      first({ kind: 'cut-and-late', ms: 100 }),
    ))
})
