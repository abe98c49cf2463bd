import { mkdirSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Cloud, defaultClientId, defaultSecret, defaultTenantId, startCloud } from '@siembridge/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtPackage, realm, Site, until } from './site.ts'

let cloud: Cloud
let spl: Buffer
let site: Site
beforeAll(async () => {
  spl = builtPackage()
  cloud = await startCloud({ clock: { speed: 60 }, throttling: { limits: 'off' } })
  site = await Site.open(spl)
  await site.account(cloud, 'contoso')
})
afterAll(async () => {
  await site.stop()
  await cloud.stop()
})

const input = { name: 'refused', account: 'contoso', streams: 'alerts' }

describe('an input is refused, with the reason', () => {
  test.for([
    [{ ...input, account: 'fabrikam' }, 'there is no account fabrikam'],
    [{ ...input, streams: 'alerts,tea-leaves' }, 'there is no tea-leaves; there are alerts, incidents'],
    [{ ...input, start: 'yesterday' }, 'yesterday is neither a date nor a time span'],
    [{ ...input, sourcetypes: 'both' }, 'it is compatible or own'],
    [{ ...input, look_every: 'often' }, 'often is no time span'],
    [{ name: 'refused' }, 'required arguments are missing: account'],
  ] as const)('%j', async ([form, reason]) => {
    const { status, text } = await site.input('siembridge_alerts', form)
    expect([status, text]).toEqual([400, expect.stringContaining(reason)])
  })

  test('for an account whose settings are wrong', async () => {
    await site.account(cloud, 'odd', { tenant_id: 'contoso' })
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'odd' })
    expect([status, text]).toEqual([400, expect.stringContaining('tenant_id: ')])
  })

  test('for a tenant that Microsoft does not know', async () => {
    await site.account(cloud, 'nowhere', { tenant_id: '00000000-0000-4000-8000-000000000000' })
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'nowhere' })
    expect([status, text]).toEqual([400, expect.stringMatching(/token of tenant nowhere: .*tenant/i)])
  })

  test('for a secret that is wrong, which is not repeated', async () => {
    await site.account(cloud, 'stale', {}, 'contoso-is-not-this')
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'stale' })
    expect([status, text]).toEqual([400, expect.stringMatching(/token of tenant stale: .*secret/i)])
    expect(text).not.toContain('contoso-is-not-this')
  })

  test('for a secret that has expired', async () => {
    await cloud.setSecrets({
      clientId: defaultClientId,
      secrets: [{ value: defaultSecret }, { value: 'contoso-of-last-year', expires: '2020-01-01T00:00:00Z' }],
    })
    await site.account(cloud, 'expired', {}, 'contoso-of-last-year')
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'expired' })
    expect([status, text]).toEqual([400, expect.stringMatching(/token of tenant expired: .*expired/i)])
  })

  test('for a licence that the tenant does not have, which is named', async () => {
    const poor = await startCloud({ tenants: [{ id: defaultTenantId, premium: 'none', dlp: false, streams: [] }] })
    try {
      await site.account(poor, 'poor')
      const form = { name: 'poor', account: 'poor', streams: 'sign-ins.interactive' }
      const { status, text } = await site.input('siembridge_entra_id', form)
      expect([status, text]).toEqual([400, expect.stringMatching(/licen[cs]e/i)])
    } finally {
      await poor.stop()
    }
  })

  test('for a stream that the cloud of the account does not have', async () => {
    await site.account(cloud, 'china', { cloud: 'china' })
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'china' })
    expect([status, text]).toEqual([400, expect.stringMatching(/China/)])
  })

  test('for an account without a secret', async () => {
    const form = { name: 'bare', tenant_id: defaultTenantId, client_id: defaultClientId }
    await site.ask('/configs/conf-siembridge_ms_account', form)
    const { status, text } = await site.input('siembridge_alerts', { ...input, account: 'bare' })
    expect([status, text]).toEqual([400, expect.stringContaining('splunk:siembridge_ms#account/bare')])
  })

  test('for a permission that is missing, which is named', async () => {
    await cloud.setRoles({ clientId: defaultClientId, revoke: ['SecurityAlert.Read.All'] })
    const { status, text } = await site.input('siembridge_alerts', { ...input, name: 'permission' })
    await cloud.setRoles({ clientId: defaultClientId, grant: ['SecurityAlert.Read.All'] })
    expect([status, text]).toEqual([400, expect.stringContaining('SecurityAlert.Read.All')])
  })
})

test('a secret that is longer than an entry holds stands in several', async () => {
  const whole = defaultSecret
  await site.account(cloud, 'long')
  await site.ask(`/storage/passwords/${encodeURIComponent(`${realm}:long:`)}`, { password: 'another one' })
  const { text } = await site.input('siembridge_alerts', { ...input, account: 'long' })
  expect(text).toMatch(/secret/i)
  const [first, second] = [whole.slice(0, 5), whole.slice(5)]
  site.splunk.passwords.secrets.splice(
    site.splunk.passwords.secrets.findIndex(({ name }) => name === 'long'),
    1,
  )
  await site.ask('/storage/passwords', { realm, name: 'long#1', password: first })
  await site.ask('/storage/passwords', { realm, name: 'long#2', password: second })
  expect(await site.input('siembridge_alerts', { ...input, name: 'long', account: 'long' })).toMatchObject({
    status: 201,
  })
})

test('state of a newer version is left alone, and said', async () => {
  const name = 'siembridge_entra_id://newer'
  const folder = join(
    site.splunk.host.facts('siembridge_entra_id').checkpointDir,
    createHash('sha256').update(name).digest('hex').slice(0, 24),
    defaultTenantId,
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'state.json'), '{"form":2}')
  await site.input('siembridge_entra_id', { name: 'newer', account: 'contoso', streams: 'directory-audits' })
  await until(
    () => site.said(/siembridge_entra_id:\/\/newer.*was written by a newer SIEMbridge.*form 2/),
    () => site.errors.join('\n'),
  )
})

test('a KV store that is down is waited for, and told of; then the input collects', async () => {
  const own = await Site.open(spl)
  try {
    await own.account(cloud, 'contoso')
    own.splunk.kvStore.down = true
    await own.input('siembridge_alerts', { name: 'contoso', account: 'contoso', look_every: '1s', start: '1h' })
    await until(
      () => own.said(/the KV store cannot be read: 503 .*nothing is lost, collecting waits/),
      () => own.errors.join('\n'),
    )
    expect(own.splunk.events).toEqual([])
    own.splunk.kvStore.down = false
    await until(
      () => own.splunk.events.length > 0,
      () => own.errors.join('\n'),
    )
    own.splunk.kvStore.down = true
    await until(
      () => own.said(/state of source graph cannot be written: 503/),
      () => own.errors.join('\n'),
    )
    own.splunk.kvStore.down = false
    await until(
      () => own.said('state of source graph can be written again'),
      () => own.errors.join('\n'),
    )
  } finally {
    await own.stop()
  }
})
