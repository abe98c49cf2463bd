import { describe, expect, test } from 'vitest'
import { applyTo, TestConsole, token } from './console.ts'

const types = ['xdr.device-logon', 'entra.risky-user']

const broken = (promise: Promise<unknown>): Promise<Error & { code?: string }> =>
  promise.then(
    () => {
      throw new Error('it went through')
    },
    (error: unknown) => error as Error,
  )

describe('a plan is carried out', () => {
  test.for(['leef', 'lsx', 'native'] as const)('%s: the second run changes nothing', async (way) => {
    await using site = await TestConsole.open()
    const first = await applyTo(site, { types, way })
    expect(first.done.length).toBeGreaterThan(10)
    expect(first.done).toEqual(first.changes.filter(({ does }) => does !== 'manual'))
    const before = site.content()
    const posts = site.console.requests.filter(({ method }) => method === 'POST').length
    const second = await applyTo(site, { types, way })
    expect(second.changes.filter(({ does }) => does !== 'manual')).toEqual([])
    expect(site.content()).toBe(before)
    expect(site.console.requests.filter(({ method }) => method === 'POST')).toHaveLength(posts)
    expect(site.console.requests.map(({ method }) => method)).not.toContain('DELETE')
  })

  test('--dry-run tells the same differences and changes nothing', async () => {
    await using site = await TestConsole.open()
    const before = site.content()
    const { changes, done } = await applyTo(site, { types, dryRun: true })
    expect(done).toEqual([])
    expect(site.content()).toBe(before)
    expect(site.console.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect((await applyTo(site, { types })).changes).toEqual(changes)
  })

  test('what drifted is set right, what IBM ships is kept, and what others made is left alone', async () => {
    await using site = await TestConsole.open()
    const { tables } = site.console
    const shipped = tables.rows('dsm_event_mappings')[0]
    const audit = ['entra.directory-audit']
    await applyTo(site, { types: audit, way: 'native' })
    const [, ours] = tables.rows('qid_records')
    if (!ours || !shipped) throw new Error('nothing was made')
    const others = tables.add('qid_records', { ...ours, id: 3_000_000, description: 'made by hand' })
    tables.change('qid_records', ours.id, { severity: 9, low_level_category_id: 3001 })
    const { changes } = await applyTo(site, { types: audit, way: 'native' })
    expect(changes).toEqual([expect.objectContaining({ does: 'change', what: 'QID record' })])
    expect(tables.row('qid_records', ours.id)).toEqual(ours)
    expect(tables.row('qid_records', others.id)).toEqual(others)
    expect(tables.row('dsm_event_mappings', shipped.id)).toEqual(shipped)
  })

  test('an extension that is not there is left to a person, and attached once it is', async () => {
    await using site = await TestConsole.open()
    const type = ['entra.risky-user']
    const first = await applyTo(site, { types: type, way: 'lsx' })
    const manual = first.changes.find(({ does }) => does === 'manual')
    expect(manual).toMatchObject({
      what: 'log source extension',
      detail: expect.stringContaining('entra.risky-user.lsx.xml'),
    })
    site.console.uploadExtension(manual?.name ?? '', '<x/>')
    const second = await applyTo(site, { types: type, way: 'lsx' })
    expect(second.done).toEqual([expect.objectContaining({ does: 'change', what: 'log source type' })])
    expect((await applyTo(site, { types: type, way: 'lsx' })).changes).toEqual([])
  })

  test('a deploy that an earlier run did not come to is made up for', async () => {
    await using site = await TestConsole.open()
    site.faults.fault = (_, method, path) =>
      method === 'POST' && path.endsWith('deploy_status') ? { kind: 'reset' } : undefined
    await broken(applyTo(site, { types }))
    site.faults.fault = undefined
    const { done } = await applyTo(site, { types })
    expect(done).toEqual([expect.objectContaining({ what: 'deployment' })])
    expect(site.console.deploys).toBe(1)
  })
})

test('a deploy that somebody else began is waited for, then ours is made', async () => {
  await using site = await TestConsole.open()
  const { tables } = site.console
  let begun = false
  site.faults.fault = (_, method, path) => {
    if (!begun && method === 'POST' && path.endsWith('/log_sources')) {
      begun = true
      // Somebody deploys while ours is made.
      site.console.deploy()
    }
    return undefined
  }
  await applyTo(site, { types })
  expect(site.console.deploys).toBe(2)
  expect(tables.rows('log_sources').filter((row) => row['requires_deploy'] === true)).toEqual([])
  expect((await applyTo(site, { types })).changes).toEqual([])
})

test('a property that somebody made in the meantime is taken as it is', async () => {
  await using site = await TestConsole.open()
  const { tables } = site.console
  site.faults.fault = (_, method, path) => {
    if (method === 'POST' && path.endsWith('/regex_properties') && tables.rows('regex_properties').length === 0)
      tables.add('regex_properties', { name: 'SB Event Kind', property_type: 'string', identifier: 'of-somebody' })
    return undefined
  }
  await applyTo(site, { types: ['xdr.identity-logon'] })
  const named = tables.rows('regex_properties').filter((row) => row['name'] === 'SB Event Kind')
  expect(named).toHaveLength(1)
  const read = tables.rows('property_leef_expressions').map((row) => row['regex_property_identifier'])
  expect(read).toContain('of-somebody')
  expect((await applyTo(site, { types: ['xdr.identity-logon'] })).changes).toEqual([])
})

test('one way after the other, each changes nothing the second time', { timeout: 120_000 }, async () => {
  await using site = await TestConsole.open()
  for (const way of ['leef', 'lsx', 'native'] as const) {
    await applyTo(site, { types, way })
    const { changes } = await applyTo(site, { types, way })
    expect(
      changes.filter(({ does }) => does !== 'manual'),
      way,
    ).toEqual([])
  }
})

describe('broken off', () => {
  // Reset: it never came; lost: it was carried out, and nobody heard of it.
  test.for(['reset', 'lost'] as const)(
    'at any request (%s), another run comes to the same end',
    { timeout: 120_000 },
    async (kind) => {
      const small = ['xdr.identity-logon']
      await using whole = await TestConsole.open()
      await applyTo(whole, { types: small, short: true })
      const wanted = whole.content()
      const requests = whole.console.requests.length
      for (let at = 1; at <= requests; at++) {
        await using site = await TestConsole.open()
        site.faults.fault = (number) => (number === at ? { kind } : undefined)
        const error = await broken(applyTo(site, { types: small, short: true }))
        const applying = whole.console.requests.slice(0, at).some(({ method }) => method === 'POST')
        expect(error.code).toBe(applying ? 'ApplyBroken' : 'ConnectionBroken')
        site.faults.fault = undefined
        await applyTo(site, { types: small, short: true })
        expect(site.content(), `broken off at request ${at}`).toBe(wanted)
      }
      expect(requests).toBeGreaterThan(30)
    },
  )

  test('half-way, it says what is done and what failed', async () => {
    await using site = await TestConsole.open()
    let posts = 0
    site.faults.fault = (_, method) =>
      method === 'POST' && ++posts === 6
        ? { kind: 'status', status: 422, code: 1005, message: 'The name is odd' }
        : undefined
    const error = await broken(applyTo(site, { types }))
    expect(error.code).toBe('ApplyBroken')
    expect(error.message).toMatch(/5 of \d+ changes are done; the next, create QID record ".+", failed/)
    expect(error.message).toContain('POST /data_classification/qid_records: 422/1005 The name is odd')
    expect(error.message).toMatch(/nothing was deleted/)
  })

  test('when the token loses its rights, endpoint and status are told', async () => {
    await using site = await TestConsole.open()
    let posts = 0
    site.faults.fault = (_, method) => {
      if (method === 'POST' && ++posts === 4) site.console.revoke(token)
      return undefined
    }
    const error = await broken(applyTo(site, { types }))
    expect(error.message).toMatch(/3 of \d+ changes are done/)
    expect(error.message).toContain('POST /data_classification/qid_records: 401')
  })
})

describe('a console that does not answer as it should', () => {
  test('hangs: the deadline ends it', async () => {
    await using site = await TestConsole.open()
    site.faults.fault = () => ({ kind: 'hang', seconds: 30 })
    expect((await broken(applyTo(site, { types, deadline: '0.2' }))).code).toBe('AnswerLate')
  })

  test.for<[string, Parameters<NonNullable<TestConsole['faults']['fault']>>[2] | object, string, RegExp]>([
    ['a login page', { kind: 'html' }, 'ApplyAnswerOdd', /GET \/help\/versions: 200, text\/html/],
    ['a refused token', { kind: 'status', status: 401 }, 'ApplyRefused', /GET \/help\/versions: 401/],
    ['missing rights', { kind: 'status', status: 403 }, 'ApplyRefused', /403/],
    ['a restart that lasts', { kind: 'status', status: 503 }, 'ApplyUnavailable', /503/],
    ['an error of its own', { kind: 'status', status: 500 }, 'ApplyUnavailable', /500/],
    [
      'a refused filter',
      { kind: 'status', status: 422, code: 1000, message: 'filter' },
      'ApplyRejected',
      /422\/1000 filter/,
    ],
  ])('%s is told by its name', async ([, fault, code, text]) => {
    await using site = await TestConsole.open()
    site.faults.fault = () => fault as never
    const error = await broken(applyTo(site, { types }))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(text)
    expect(error.message).not.toContain(token)
  })

  test('a restart that is soon over is waited for', async () => {
    await using site = await TestConsole.open()
    site.faults.fault = (number) => (number % 7 === 3 ? { kind: 'status', status: 503 } : undefined)
    expect((await applyTo(site, { types: ['xdr.identity-logon'] })).done.length).toBeGreaterThan(10)
  })

  test('a shipped type that is missing, and a collector of nobody, are told before anything is changed', async () => {
    await using site = await TestConsole.open()
    const { tables } = site.console
    for (const row of tables.rows('log_source_types'))
      tables.change('log_source_types', row.id, { name: `other ${row.id}` })
    const { changes } = await applyTo(site, { types, dryRun: true })
    expect(changes.length).toBeGreaterThan(0)
    const error = await broken(applyTo(site, { types, collector: 'nowhere' }))
    expect(error.message).toMatch(/event collector named "nowhere" \(there are: eventcollector0/)
  })
})
