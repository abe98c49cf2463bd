import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from '../client/control.ts'
import { openCloud } from '../cloud.ts'
import { defaultTenantId } from '../defaults.ts'
import { graphClient } from '../testing/ask.ts'
import type { RunningCloud } from '../cloud.ts'
import type { Answered } from '../testing/ask.ts'
import type { CloudStats } from '../control/cloud-stats.ts'
import type { RequestEntry } from '../http/call.ts'
import type { FaultRule } from './rule.ts'

let cloud: RunningCloud
let control: ControlClient
let get: (path: string) => Promise<Answered>

beforeAll(async () => {
  cloud = await openCloud({
    tenants: [{ id: defaultTenantId, streams: [{ stream: 'alerts', perMinute: 0 }] }],
    throttling: { limits: 'off' },
  })
  control = new ControlClient(cloud.address.ports.control)
  get = await graphClient(cloud.address)
  await control.post('/world', { stream: 'alerts', count: 10 })
})
afterAll(() => cloud.stop())
afterEach(() => control.post('/faults/remove'))

const path = '/v1.0/security/alerts_v2?$top=4'
const served = async () => (await control.get<CloudStats>('/stats')).streams.alerts.served
const add = (fault: FaultRule['fault'], rule: Partial<FaultRule> = {}) =>
  control.post('/faults', { fault, service: 'graph', ...rule })
const failure = async () =>
  (await get(path).catch((error: NodeJS.ErrnoException) => error)) as Answered & NodeJS.ErrnoException

describe('answers that serve nothing', () => {
  it.each([
    [{ kind: 'throttle', seconds: 2.128, retryAfter: 'fractional' }, 429, /"TooManyRequests"/],
    [{ kind: 'unavailable-html' }, 503, /<html>/],
    [{ kind: 'empty-500' }, 500, /^$/],
    [{ kind: 'bad-gateway' }, 502, /<html>/],
    [{ kind: 'gateway-timeout' }, 504, /<html>/],
    [{ kind: 'status', status: 418, body: 'tea' }, 418, /^tea$/],
    [{ kind: 'html-200' }, 200, /^<!DOCTYPE html>/],
    [{ kind: 'truncated-json' }, 200, /^\{"@odata.context".*[^}]$/s],
    [{ kind: 'value-missing' }, 200, /^\{"@odata.context":"[^"]*","@odata.nextLink":"[^"]*"\}$/],
    [{ kind: 'value-null' }, 200, /"value":null\}$/],
    [{ kind: 'claims-challenge' }, 401, /InvalidAuthenticationToken/],
    [{ kind: 'unauthorized' }, 401, /token is expired/],
    [{ kind: 'consent-revoked' }, 403, /Insufficient privileges/],
  ] as const)('%o', async (fault, status, body) => {
    await add(fault)
    const answered = await get(path)
    expect(answered.status).toBe(status)
    expect(answered.text).toMatch(body)
    expect(await served()).toBe(0)
  })

  it.each(['reset-before-headers', 'reset-after-headers', 'reset-mid-body'] as const)('%s', async (kind) => {
    await add({ kind })
    expect((await failure()).code).toBe('ECONNRESET')
    expect(await served()).toBe(0)
  })

  it('hangs, then resets', async () => {
    await add({ kind: 'hang', seconds: 0.3 })
    const began = Date.now()
    expect((await failure()).code).toBe('ECONNRESET')
    expect(Date.now() - began).toBeGreaterThanOrEqual(290)
    const last = (await control.lines<RequestEntry>('/requests')).at(-1)
    expect(last).toMatchObject({ fault: 'hang' })
  })

  it('carries the claims of a challenge and the forms of Retry-After', async () => {
    await add({ kind: 'claims-challenge' }, { count: 1 })
    const [, claims = ''] = /claims="([^"]+)"/.exec((await get(path)).headers['www-authenticate'] ?? '') ?? []
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toHaveProperty('access_token.nbf.value')
    const headers: (string | undefined)[] = []
    for (const retryAfter of ['seconds', 'fractional', 'date', 'none'] as const) {
      await add({ kind: 'throttle', seconds: 2.128, retryAfter }, { count: 1 })
      headers.push((await get(path)).headers['retry-after'])
    }
    expect(headers).toEqual(['3', '2.128', expect.stringMatching(/ GMT$/), undefined])
  })
})

describe('pages', () => {
  const link = async () => (await get(path)).json<{ '@odata.nextLink'?: string | null }>()['@odata.nextLink']

  it('sends the next link in circles, elsewhere, relative, null or expired', async () => {
    const changed: (string | null | undefined)[] = []
    for (const kind of ['next-link-loop', 'next-link-other-host', 'next-link-relative'] as const) {
      await add({ kind }, { count: 1 })
      changed.push(await link())
    }
    const base = `https://localhost:${cloud.address.ports.graph}`
    expect(changed[0]).toBe(`${base}${path}`)
    expect(changed[1]).toMatch(/^https:\/\/graph\.attacker\.example\/v1\.0/)
    expect(changed[2]).toMatch(/^\/v1\.0\/security\/alerts_v2\?.*skiptoken=/)
    await add({ kind: 'next-link-expired' }, { count: 1 })
    expect((await get((await link()) ?? '')).text).toContain('invalid or expired')
    await add({ kind: 'next-link-null' }, { path: 'skiptoken' })
    const last = await get((await link()) ?? '')
    expect((await get(last.json<{ '@odata.nextLink': string }>()['@odata.nextLink'])).json()).toHaveProperty(
      '@odata.nextLink',
      null,
    )
  })

  it('turns a page round and sends it slowly, whole', async () => {
    const ids = async () => (await get(path)).json<{ value: { id: string }[] }>().value.map(({ id }) => id)
    const straight = await ids()
    await add({ kind: 'shuffled-page' }, { count: 1 })
    expect(await ids()).toEqual(straight.toReversed())
    await add({ kind: 'slow-body', bytesPerSecond: 100_000 }, { count: 1 })
    expect(await ids()).toEqual(straight)
  })
})

describe('rules', () => {
  it('skip, count, share and time', async () => {
    await add({ kind: 'empty-500' }, { skip: 1, count: 2, path: 'alerts_v2' })
    const statuses = async (times: number) => {
      const all: number[] = []
      for (let time = 0; time < times; time++) all.push((await get(path)).status)
      return all
    }
    expect(await statuses(5)).toEqual([200, 500, 500, 200, 200])
    await add({ kind: 'empty-500' }, { probability: 0.5, seed: 'a', id: 'half' })
    const share = (await statuses(40)).filter((status) => status === 500).length
    expect(share).toBeGreaterThan(8)
    expect(share).toBeLessThan(32)
    await control.post('/faults/remove', { id: 'half' })
    await add({ kind: 'empty-500' }, { forMs: 200 })
    expect((await get(path)).status).toBe(500)
    await new Promise((resolve) => setTimeout(resolve, 220))
    expect((await get(path)).status).toBe(200)
  })
})
