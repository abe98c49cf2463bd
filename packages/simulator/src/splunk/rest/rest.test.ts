import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSplunk, type SimulatedSplunk } from '../splunk.ts'
import { rest } from '../testing/rest.ts'
import { stubApp } from '../testing/stub-app.ts'

let splunk: SimulatedSplunk
beforeAll(async () => {
  splunk = await openSplunk()
  await splunk.install(
    stubApp({
      files: {
        'default/web.conf':
          '[expose:contoso]\npattern = data/inputs/contoso\nmethods = GET,POST\n[expose:contoso_one]\npattern = data/inputs/contoso/*\nmethods = GET\n',
      },
    }),
  )
})
afterAll(() => splunk.stop())

const own = '/servicesNS/nobody/contoso_app'

test('nobody gets in without a session key or the right password', async () => {
  expect((await rest(splunk, '/services/server/info', { headers: { authorization: 'Splunk x' } })).status).toBe(401)
  const login = await rest(splunk, '/services/auth/login', { form: { username: 'admin', password: 'simulated' } })
  const authorization = `Splunk ${(login.json as { sessionKey: string }).sessionKey}`
  expect((await rest(splunk, '/services/server/info', { headers: { authorization } })).status).toBe(200)
  expect((await rest(splunk, '/services/auth/login', { form: { username: 'admin', password: 'x' } })).status).toBe(401)
})

describe('storage/passwords', () => {
  const path = `${own}/storage/passwords`

  test('keeps a secret under its realm and name, and gives it back in clear text', async () => {
    expect(
      (await rest(splunk, path, { form: { name: 'prod', realm: 'contoso:account', password: 's1' } })).status,
    ).toBe(201)
    expect(
      (await rest(splunk, path, { form: { name: 'prod', realm: 'contoso:account', password: 's1' } })).status,
    ).toBe(409)
    const item = `${path}/${encodeURIComponent(String.raw`contoso\:account:prod:`)}`
    expect((await rest(splunk, item, { form: { password: 's2' } })).status).toBe(200)
    expect((await rest(splunk, item)).json.entry[0].content).toMatchObject({
      username: 'prod',
      realm: 'contoso:account',
      clear_password: 's2',
      password: '********',
    })
    expect((await rest(splunk, item, { method: 'DELETE' })).status).toBe(200)
    expect((await rest(splunk, item)).status).toBe(404)
  })

  test('refuses what does not fit into an entry', async () => {
    expect((await rest(splunk, path, { form: { name: 'a', password: 'ü'.repeat(128) } })).status).toBe(400)
    expect((await rest(splunk, path, { form: { name: 'a', password: 'x'.repeat(255) } })).status).toBe(201)
    expect((await rest(splunk, path, { form: { name: 'b' } })).status).toBe(400)
  })
})

describe('storage/collections', () => {
  const path = `${own}/storage/collections/data/contoso_state`

  test('rows are made, replaced as a whole, found and removed', async () => {
    expect((await rest(splunk, path, { body: { _key: 'a', value: '1', more: 'x' } })).json).toEqual({ _key: 'a' })
    expect((await rest(splunk, path, { body: { _key: 'a', value: '1' } })).status).toBe(409)
    expect((await rest(splunk, `${path}/a`, { body: { value: '2' } })).status).toBe(200)
    expect((await rest(splunk, `${path}/a`)).json).toEqual({ _key: 'a', _user: 'nobody', value: '2' })
    expect(
      (
        await rest(splunk, `${path}/batch_save`, {
          body: [
            { _key: 'b', value: '3' },
            { _key: 'c', value: '4' },
          ],
        })
      ).json,
    ).toEqual(['b', 'c'])
    const query = encodeURIComponent(JSON.stringify({ value: { $gte: '3' } }))
    expect((await rest(splunk, `${path}?query=${query}&limit=1&skip=1`)).json).toMatchObject([{ _key: 'c' }])
    expect((await rest(splunk, `${path}/a`, { method: 'DELETE' })).status).toBe(200)
    expect((await rest(splunk, `${path}/a`)).status).toBe(404)
    expect((await rest(splunk, `${path}/x`, { body: { value: '1' } })).status).toBe(404)
    expect((await rest(splunk, path, { method: 'DELETE' })).status).toBe(200)
    expect((await rest(splunk, path)).json).toEqual([])
  })

  test('a collection that no app names is not there, and a batch has its limit', async () => {
    expect((await rest(splunk, `${own}/storage/collections/data/other`)).status).toBe(404)
    expect((await rest(splunk, `${path}/batch_save`, { body: Array.from({ length: 1001 }, () => ({})) })).status).toBe(
      400,
    )
  })

  test('a store that does not run says so', async () => {
    splunk.kvStore.down = true
    expect((await rest(splunk, path)).status).toBe(503)
    splunk.kvStore.down = false
    expect((await rest(splunk, path)).status).toBe(200)
  })
})

test('configs: stanzas are made, read over what the app brought, changed and removed', async () => {
  const path = `${own}/configs/conf-contoso_account`
  expect((await rest(splunk, path, { form: { name: 'prod', tenant_id: 't1' } })).status).toBe(201)
  expect((await rest(splunk, path, { form: { name: 'prod' } })).status).toBe(409)
  expect((await rest(splunk, `${path}/prod`, { form: { cloud: 'public' } })).status).toBe(200)
  expect((await rest(splunk, `${path}/prod`)).json.entry[0].content).toEqual({ tenant_id: 't1', cloud: 'public' })
  expect((await rest(splunk, `${path}/prod`, { method: 'DELETE' })).status).toBe(200)
  expect((await rest(splunk, `${path}/prod`)).status).toBe(404)
  expect((await rest(splunk, `${own}/configs/conf-app/package`, { method: 'DELETE' })).status).toBe(405)
})

describe('Splunk Web', () => {
  const raw = `/en-US/splunkd/__raw${own}`
  const headers = { 'x-splunk-form-key': '1', 'x-requested-with': 'XMLHttpRequest' }

  test('wants a form key for what changes something', async () => {
    const form = { name: 'web', account: 'good', interval: '-1' }
    expect((await rest(splunk, `${raw}/data/inputs/contoso`, { form })).status).toBe(401)
    expect((await rest(splunk, `${raw}/data/inputs/contoso`, { form, headers })).status).toBe(201)
  })

  test('passes on what is exposed, by Splunk or by an app, and nothing else', async () => {
    expect((await rest(splunk, `${raw}/data/inputs/contoso`)).status).toBe(200)
    expect((await rest(splunk, `${raw}/storage/passwords`)).status).toBe(200)
    expect((await rest(splunk, `${raw}/data/inputs/contoso/web`)).status).toBe(200)
    expect((await rest(splunk, `${raw}/data/inputs/tcp`)).status).toBe(404)
    expect((await rest(splunk, `${raw}/data/inputs/contoso/web/enable`, { form: {}, headers })).status).toBe(404)
    expect((await rest(splunk, `${raw}/data/inputs/contoso/web`, { method: 'DELETE', headers })).status).toBe(404)
  })
})
