import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultClientId } from '../defaults.ts'
import { ask, graphClient } from '../testing/ask.ts'
import { startCloud } from './cloud.ts'
import { startReceivers } from './receivers.ts'
import type { Cloud } from './cloud.ts'

// The entries are run from source, which wants a Node that strips types by itself.
let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud({
    tenants: [{ id: '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10', streams: [{ stream: 'alerts', perMinute: 0 }] }],
  })
})
afterAll(() => cloud.stop())

it('drives a cloud in a process of its own', async () => {
  const [id = ''] = await cloud.issue({ stream: 'alerts', count: 3 })
  expect(await cloud.change({ stream: 'alerts', id })).toBe(true)
  await cloud.quiet()
  const get = await graphClient(cloud.address)
  expect((await get('/v1.0/security/alerts_v2')).json<{ value: object[] }>().value.length).toBe(3)
  const states = (await cloud.ledger()).map(({ state, served }) => [state, served])
  expect(states.toSorted()).toEqual([
    ['due', 1],
    ['due', 1],
    ['due', 1],
    ['superseded', 0],
  ])
  expect((await cloud.stats()).issuing).toBe(false)
})

it('moves clocks, secrets and faults', async () => {
  const before = (await cloud.stats()).clock
  await cloud.advance('2d')
  expect((await cloud.stats()).clock - before).toBeGreaterThanOrEqual(2 * 86_400_000)
  await cloud.setSecrets({ clientId: defaultClientId, secrets: [] })
  await expect(graphClient(cloud.address).then((get) => get('/v1.0/security/alerts_v2'))).resolves.toMatchObject({
    status: 401,
  })
  const id = await cloud.addFault({ fault: { kind: 'empty-500' }, path: 'nowhere' })
  expect(await cloud.faults()).toMatchObject([{ id, done: 0, spent: false }])
  await cloud.removeFault()
  expect(await cloud.faults()).toEqual([])
  await expect(cloud.addFault({ fault: { kind: 'nonsense' as 'empty-500' } })).rejects.toThrow('a fault needs a kind')
  const { status } = await ask(cloud.address, `${cloud.url('login')}/common/v2.0/.well-known/openid-configuration`)
  expect(status).toBe(200)
})

it('drives receivers in a process of their own', async () => {
  const receivers = await startReceivers({ receivers: [{ name: 'in', kind: 'http' }] })
  const send = () => fetch(`http://127.0.0.1:${receivers.port('in')}/`, { method: 'POST', body: '{"a":1}' })
  await receivers.setFault('in', { kind: 'http-status', status: 503 }, 1)
  expect((await send()).status).toBe(503)
  expect((await send()).status).toBe(200)
  await receivers.restart('in')
  expect((await send()).status).toBe(200)
  expect((await receivers.received('in', 1)).map(({ number, text }) => [number, text])).toEqual([[2, '{"a":1}']])
  expect(await receivers.stats()).toEqual({ in: { received: 2, acknowledged: 2, bytes: 14 } })
  await receivers.stop()
  await expect(send()).rejects.toThrow('fetch failed')
})
