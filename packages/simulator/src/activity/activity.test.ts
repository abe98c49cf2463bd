import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from '../client/control.ts'
import { openCloud } from '../cloud.ts'
import { defaultClientId, defaultTenantId } from '../defaults.ts'
import { activityClient } from '../testing/ask.ts'
import { contentTypes } from '../streams.ts'
import type { RunningCloud } from '../cloud.ts'
import type { Answered } from '../testing/ask.ts'
import type { CloudStats } from '../control/cloud-stats.ts'

const streams = contentTypes.map((stream) => ({ stream, perMinute: 0 }))
const now = Date.parse('2026-03-10T12:00:00Z')
const range = (from: number, to: number) =>
  `startTime=${new Date(now + from).toISOString().slice(0, 19)}&endTime=${new Date(now + to).toISOString().slice(0, 19)}`
const hour = 3_600_000

interface Entry {
  readonly contentUri: string
  readonly contentId: string
  readonly contentCreated: string
}

let cloud: RunningCloud
let control: ControlClient
let get: (path: string, method?: string) => Promise<Answered>

beforeAll(async () => {
  cloud = await openCloud({
    clock: { start: new Date(now).toISOString() },
    tenants: [{ id: defaultTenantId, dlp: false, streams, subscriptions: ['Audit.SharePoint', 'Audit.Exchange'] }],
    activity: {
      pageSize: 3,
      blobRecords: 5,
      blobLateness: [],
      repeatedRecords: 0,
      repeatedBlobs: 0,
      repeatedListings: 0,
    },
  })
  control = new ControlClient(cloud.address.ports.control)
  get = await activityClient(cloud.address)
})
afterAll(() => cloud.stop())

const code = ({ json }: Answered) => json<{ error: { code: string } }>().error.code

describe('subscriptions', () => {
  it('starts once, and not again within 15 minutes of the last start', async () => {
    const start = '/subscriptions/start?contentType=audit.general'
    expect(code(await get('/subscriptions/content?contentType=Audit.General'))).toBe('AF20022')
    expect((await get(start, 'POST')).json()).toEqual({
      contentType: 'Audit.General',
      status: 'enabled',
      webhook: null,
    })
    expect(code(await get(start, 'POST'))).toBe('AF20024')
    expect((await get('/subscriptions/stop?contentType=Audit.General', 'POST')).status).toBe(200)
    const throttled = await get(start, 'POST')
    expect([throttled.status, code(throttled)]).toEqual([403, 'AF429'])
    expect(code(await get('/subscriptions/content?contentType=Audit.General'))).toBe('AF20023')
    await control.post('/clock', { advance: '15m' })
    expect((await get(start, 'POST')).status).toBe(200)
    await control.post('/clock', { advance: '-15m' })
  })

  it('never enables DLP.All without a licence', async () => {
    for (const path of ['/subscriptions/start?contentType=DLP.All', '/subscriptions/content?contentType=DLP.All']) {
      expect(code(await get(path, path.includes('start') ? 'POST' : 'GET'))).toBe('AF20023')
    }
  })

  it('says that the tenant does not exist when auditing is off', async () => {
    const off = await openCloud({ tenants: [{ id: defaultTenantId, auditing: false, streams: [] }] })
    const { text } = await (await activityClient(off.address))('/subscriptions/list')
    expect(text).toContain(`Tenant ${defaultTenantId} does not exist.`)
    await off.stop()
  })
})

describe('content', () => {
  it.each([
    ['startTime=2026-03-10T00:00:00', 'AF20030'],
    [range(-25 * hour, 0), 'AF20030'],
    [range(0, -hour), 'AF20030'],
    [range(-170 * hour, -169 * hour), 'AF20030'],
    ['startTime=2026-03-10T00:00:00Z&endTime=2026-03-10T01:00:00Z', 'AF20030'],
    [`${range(-hour, 0)}&nextPage=9`, 'AF20031'],
  ])('refuses %s', async (query, expected) => {
    expect(code(await get(`/subscriptions/content?contentType=Audit.Exchange&${query}`))).toBe(expected)
  })

  it('accepts an end in the future, and a start up to an hour older than seven days', async () => {
    for (const window of [range(-hour, hour), range(-168.5 * hour, -168 * hour)]) {
      expect((await get(`/subscriptions/content?contentType=Audit.Exchange&${window}`)).status).toBe(200)
    }
  })

  it('lists every blob over pages, and serves every record', async () => {
    const { ids } = await control.post<{ ids: string[] }>('/world', { stream: 'Audit.SharePoint', count: 50 })
    const entries: Entry[] = []
    const path = `/subscriptions/content?contentType=Audit.SharePoint&${range(-hour, hour)}`
    for (let next: string | undefined = path; next !== undefined;) {
      const page: Answered = await get(next)
      entries.push(...page.json<Entry[]>())
      next = page.headers.nextpageuri as string | undefined
      expect(next ?? '/api/v1/').toContain('/api/v1/')
    }
    expect(entries.length).toBe(10)
    const blobs = await Promise.all(entries.map(({ contentUri }) => get(contentUri)))
    const served = blobs.flatMap(({ json }) => json<{ Id: string }[]>().map(({ Id }) => Id))
    expect(served.toSorted()).toEqual(ids.toSorted())
    expect((await control.get<CloudStats>('/stats')).streams['Audit.SharePoint'].served).toBe(50)
  })

  it('expires content after seven days', async () => {
    await control.post('/world', { stream: 'Audit.Exchange', count: 5 })
    const list = await get(`/subscriptions/content?contentType=Audit.Exchange&${range(-hour, hour)}`)
    const uri = list.json<Entry[]>()[0]?.contentUri ?? ''
    expect((await get(uri)).status).toBe(200)
    await control.post('/clock', { advance: '7d' })
    expect(code(await get(uri))).toBe('AF20051')
    await control.post('/clock', { advance: '-7d' })
    expect(code(await get(uri.replace('$', '$0')))).toBe('AF20050')
    expect(code(await get('/audit/nothing'))).toBe('AF20052')
  })
})

describe('access', () => {
  it('throttles with 403, and counts publishers', async () => {
    await control.post('/faults', { fault: { kind: 'activity-error', code: 'AF429' }, service: 'manage', count: 1 })
    const throttled = await get('/subscriptions/list')
    expect([throttled.status, code(throttled)]).toEqual([403, 'AF429'])
    await get(`/subscriptions/list?PublisherIdentifier=${defaultTenantId}`)
    expect((await control.get<CloudStats>('/stats')).publishers[defaultTenantId]).toBe(1)
  })

  it('compares the tenant of the path with that of the token, and asks for the permission', async () => {
    const other = `https://localhost:${cloud.address.ports.manage}/api/v1.0/11111111-2222-4333-8444-555555555555/activity/feed/subscriptions/list`
    expect(code(await get(other))).toBe('AF20010')
    expect(code(await get(other.replace(/1{8}-/, 'x')))).toBe('AF20013')
    await control.post('/roles', { clientId: defaultClientId, revoke: ['ActivityFeed.Read'] })
    expect(code(await get('/subscriptions/list'))).toBe('AF10001')
    await control.post('/roles', { clientId: defaultClientId, grant: ['ActivityFeed.Read'] })
  })
})
