import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCloud } from '../cloud.ts'
import { defaultClientId, defaultTenantId } from '../defaults.ts'
import { ControlClient } from '../client/control.ts'
import { ask, graphClient, readPages } from '../testing/ask.ts'
import { sha256 } from '../world/version.ts'
import { arraySlices } from '../json-slices.ts'
import type { RunningCloud } from '../cloud.ts'
import type { Scenario } from '../scenario.ts'
import type { Answered } from '../testing/ask.ts'
import type { Obligation } from '../world/ledger.ts'

const streams = (['alerts', 'incidents', 'directoryAudits', 'provisioning', 'riskDetections'] as const).map(
  (stream) => ({
    stream,
    perMinute: 0,
  }),
)
const signIns = (['interactiveUser', 'nonInteractiveUser', 'servicePrincipal'] as const).map((type) => ({
  stream: `signIns.${type}` as const,
  perMinute: 0,
}))

const scenario: Scenario = {
  tenants: [{ id: defaultTenantId, streams: [...streams, ...signIns, { stream: 'riskyUsers', perMinute: 0 }] }],
  throttling: { limits: 'off' },
  graph: { pageSizes: { directoryAudits: 7, alerts: 7, 'signIns.interactiveUser': 5 } },
}

let cloud: RunningCloud
let control: ControlClient
let get: (path: string, prefer?: string) => Promise<Answered>

beforeAll(async () => {
  cloud = await openCloud(scenario)
  control = new ControlClient(cloud.address.ports.control)
  get = await graphClient(cloud.address)
})
afterAll(() => cloud.stop())

const issue = async (stream: string, count: number, more: object = {}) =>
  (await control.post<{ ids: string[] }>('/world', { stream, count, ...more })).ids

describe('paging', () => {
  it('neither loses nor repeats records of one time over page cuts, in either direction', async () => {
    const ids = new Set(await issue('directoryAudits', 40, { at: '2026-03-01T10:00:00Z' }))
    const filter = encodeURIComponent(
      'activityDateTime ge 2026-03-01T10:00:00Z and activityDateTime le 2026-03-01T10:00:00Z',
    )
    for (const direction of ['asc', 'desc']) {
      const path = `/v1.0/auditLogs/directoryAudits?$filter=${filter}&$orderby=activityDateTime%20${direction}`
      const pages = await readPages(get, path)
      expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 7, 5])
      const found = pages.flat().map(({ id }) => String(id))
      expect(found.length).toBe(40)
      expect(new Set(found)).toEqual(ids)
    }
  })

  it('serves exactly the bytes whose hashes stand in the ledger', async () => {
    await issue('alerts', 30)
    const { text } = await get('/v1.0/security/alerts_v2?$top=7', 'include-unknown-enum-members')
    const array = text.slice(text.indexOf('"value":') + '"value":'.length, -1)
    const served = (arraySlices(Buffer.from(array)) ?? []).map((slice) => sha256(slice))
    const rows = (await control.lines<Obligation>('/ledger')).filter(({ served: times }) => times > 0)
    expect(served.length).toBe(7)
    expect(
      rows
        .filter(({ stream }) => stream === 'alerts')
        .map((row) => row.sha256)
        .toSorted(),
    ).toEqual(served.toSorted())
  })

  it('refuses a skip token that is not its own', async () => {
    const { status, text } = await get('/v1.0/auditLogs/signIns?$skiptoken=abc')
    expect(status).toBe(400)
    expect(text).toContain('Token not found: token is either invalid or expired')
  })
})

describe('limits', () => {
  it.each([
    ['/v1.0/security/alerts_v2?$skip=501', "The limit of '500' for Skip"],
    ['/v1.0/security/incidents?$top=51', "The limit of '50' for Top query has been exceeded"],
    ['/v1.0/auditLogs/signIns?$skip=1', "Query option 'Skip' is not allowed"],
    ['/v1.0/auditLogs/signIns?$top=1001', "The limit of '1000' for Top"],
    ['/v1.0/identityProtection/riskDetections?$top=501', "The limit of '500' for Top"],
    ['/v1.0/auditLogs/signIns?$filter=createdDateTime gt 2026-01-01T00:00:00Z', "the operator 'gt'"],
    ['/v1.0/auditLogs/provisioning?$filter=activityDateTime ge 2026-01-01T00:00:00Z', "the operator 'ge'"],
    ["/v1.0/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq 'managedIdentity')", 'takes no lambda'],
    ["/v1.0/security/alerts_v2?$filter=investigationState eq 'benign'", "the property 'investigationState'"],
    ['/v1.0/auditLogs/directoryAudits?$orderby=id', 'Invalid orderby clause'],
  ])('%s', async (path, message) => {
    const { status, json } = await get(path.replaceAll(' ', '%20'))
    expect(status).toBe(400)
    expect(json<{ error: { message: string } }>().error.message).toContain(message)
  })

  it('clamps the page of alerts instead', async () => {
    expect((await get('/v1.0/security/alerts_v2?$top=5000')).status).toBe(200)
  })
})

describe('shapes', () => {
  it('hides unknown members of enumerations unless the client asks for them', async () => {
    await issue('incidents', 60)
    const path = "/v1.0/security/incidents?$filter=status%20eq%20'awaitingAction'&$top=1"
    const [plain, preferred] = [await get(path), await get(path, 'include-unknown-enum-members')]
    expect(plain.text).toContain('"status":"unknownFutureValue"')
    expect(preferred.text).toContain('"status":"awaitingAction"')
    expect(preferred.headers['preference-applied']).toBe('include-unknown-enum-members')
  })

  it('has interactive sign-ins in v1.0, and each event type by its filter in beta', async () => {
    for (const type of ['interactiveUser', 'nonInteractiveUser', 'servicePrincipal']) await issue(`signIns.${type}`, 3)
    const first = (await get('/v1.0/auditLogs/signIns')).json<{ value: Record<string, unknown>[] }>().value
    expect(
      first.every(({ isInteractive, signInEventTypes }) => isInteractive === true && signInEventTypes === undefined),
    ).toBe(true)
    const filter = encodeURIComponent("signInEventTypes/any(t: t eq 'servicePrincipal')")
    const { value } = (await get(`/beta/auditLogs/signIns?$filter=${filter}`)).json<{
      value: Record<string, unknown>[]
    }>()
    expect(value.map(({ signInEventTypes }) => signInEventTypes)).toEqual([
      ['servicePrincipal'],
      ['servicePrincipal'],
      ['servicePrincipal'],
    ])
  })

  it('gives an incident its alerts with $expand', async () => {
    const { value } = (await get('/v1.0/security/incidents?$expand=alerts&$orderby=createdDateTime')).json<{
      value: { id: string; alerts: { incidentId: string }[] }[]
    }>()
    const owned = value.flatMap(({ id, alerts }) => alerts.map(({ incidentId }) => incidentId === id))
    expect(owned.length).toBeGreaterThan(0)
    expect(owned.every(Boolean)).toBe(true)
  })
})

describe('access', () => {
  it('asks for a token, a good one, and for the permission', async () => {
    const url = `https://localhost:${cloud.address.ports.graph}/v1.0/security/alerts_v2`
    expect((await ask(cloud.address, url)).text).toContain('Access token is empty.')
    const bad = await ask(cloud.address, url, { headers: { authorization: 'Bearer x' } })
    expect([bad.status, bad.headers['www-authenticate']]).toEqual([401, 'Bearer realm=""'])
    await control.post('/roles', { clientId: defaultClientId, revoke: ['SecurityAlert.Read.All'] })
    expect((await get('/v1.0/security/alerts_v2')).status).toBe(403)
    await control.post('/roles', { clientId: defaultClientId, grant: ['SecurityAlert.Read.All'] })
    expect((await get('/v1.0/security/alerts_v2')).status).toBe(200)
  })
})

describe('throttling', () => {
  it('shares five audit requests in ten seconds, and tells nothing for identity protection', async () => {
    const busy = await openCloud({ throttling: { retryAfter: 'fractional' } })
    const from = await graphClient(busy.address)
    const audits = ['directoryAudits', 'signIns', 'provisioning', 'directoryAudits', 'signIns', 'provisioning']
    const answers: Answered[] = []
    for (const name of audits) answers.push(await from(`/v1.0/auditLogs/${name}?$top=1`))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers.at(-1)?.headers['retry-after']).toMatch(/^\d\.\d{3}$/)
    const risks = await Promise.all([
      from('/v1.0/identityProtection/riskyUsers'),
      from('/v1.0/identityProtection/riskDetections'),
    ])
    expect(risks.map(({ status }) => status).toSorted()).toEqual([200, 429])
    expect(risks.every(({ headers }) => headers['retry-after'] === undefined)).toBe(true)
    await busy.stop()
  })

  it('parks a tenant without the licence', async () => {
    const free = await openCloud({ tenants: [{ id: defaultTenantId, premium: 'none', streams: [] }] })
    const from = await graphClient(free.address)
    expect((await from('/v1.0/auditLogs/signIns')).text).toContain("doesn't have premium license")
    expect((await from('/v1.0/auditLogs/directoryAudits')).status).toBe(200)
    await free.stop()
  })
})
