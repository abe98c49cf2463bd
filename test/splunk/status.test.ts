import { type Cloud, defaultClientId, startCloud } from '@siembridge/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPackage, Site, until } from './site.ts'

interface Status {
  readonly state: string
  readonly account?: string
  readonly error?: { readonly code: string; readonly help?: string }
  readonly streams: readonly {
    readonly stream: string
    readonly state: string
    readonly received: number
    readonly position?: string
    readonly error?: { readonly code: string }
  }[]
  readonly events: number
  readonly minutes: readonly (readonly [number, number])[]
  readonly rewound?: { readonly streams: Readonly<Record<string, number>> }
}

let cloud: Cloud
let site: Site
beforeAll(async () => {
  cloud = await startCloud({ throttling: { limits: 'off' } })
  site = await Site.open(builtPackage())
  await site.account(cloud, 'contoso')
}, 60_000)
afterAll(async () => {
  await site.stop()
  await cloud.stop()
})

const statusOf = async (stanza: string): Promise<Status | undefined> => {
  const row = (await site.rows('siembridge_status')).find((one) => one['stanza'] === stanza)
  return row && (JSON.parse(String(row['status'])) as Status)
}

async function soon(stanza: string, is: (status: Status) => boolean): Promise<Status> {
  let last: Status | undefined
  await until(
    async () => {
      last = await statusOf(stanza)
      return last !== undefined && is(last)
    },
    () => JSON.stringify(last) + site.errors.join('\n'),
  )
  return last as Status
}

const alerts = 'siembridge_alerts://alerts'
const look = { account: 'contoso', streams: 'alerts', look_every: '1s' }

test.concurrent('an input says what it collects, how far it is and what Splunk has taken', async () => {
  expect(await site.input('siembridge_alerts', { name: 'alerts', ...look })).toMatchObject({ status: 201 })
  await soon(alerts, ({ streams }) => streams[0]?.state === 'connected')
  await cloud.issue({ stream: 'alerts', count: 5 })
  // An event counts when more has followed it, five seconds later.
  const status = await soon(alerts, ({ events }) => events >= 5)
  expect(status).toMatchObject({ state: 'collecting', account: 'contoso' })
  expect(status.streams).toMatchObject([{ stream: 'alerts', state: 'connected' }])
  expect(status.streams[0]?.received).toBeGreaterThanOrEqual(5)
  expect(JSON.parse(status.streams[0]?.position ?? '')).toMatchObject({ v: 1 })
  expect(status.minutes.reduce((sum, [, events]) => sum + events, 0)).toBe(status.events)
})

test.concurrent('an input that cannot begin says why, and what to do', async () => {
  site.splunk.confs.set('siembridge_ms', 'inputs', 'siembridge_office_365://lost', { account: 'nobody' })
  await site.input('siembridge_office_365', { name: 'another', account: 'contoso' })
  const { error } = await soon('siembridge_office_365://lost', ({ state }) => state === 'failing')
  expect(error).toEqual(
    expect.objectContaining({ code: 'AccountMissing', help: 'Make the account, or name another one in the input.' }),
  )
})

test.concurrent('a position that a person wants is set when the input starts, once', async () => {
  const toMs = Date.now() - 3_600_000
  const name = 'siembridge_entra_id://rewound'
  await site.save('siembridge_requests', [
    { _key: 'r1', stanza: name, streams: JSON.stringify({ 'risky-users': toMs, gone: 1 }) },
  ])
  await cloud.issue({ stream: 'riskyUsers', count: 3, at: new Date(toMs + 60_000).toISOString() })
  await site.input('siembridge_entra_id', { name: 'rewound', ...look, streams: 'risky-users' })
  const { rewound } = await soon(name, (status) => status.rewound !== undefined)
  expect(rewound?.streams).toEqual({ 'risky-users': toMs })
  await until(
    () =>
      site.splunk.events.filter(({ stanza, timeMs }) => stanza === name && timeMs < Date.now() - 1_800_000).length >= 3,
    () => site.errors.join('\n'),
  )
  expect(await site.rows('siembridge_requests')).toEqual([])
})

test('a permission that is missing stands at its stream, until it is there again', async () => {
  await cloud.setRoles({ clientId: defaultClientId, revoke: ['SecurityAlert.Read.All'] })
  const { streams } = await soon(alerts, (status) => status.streams[0]?.state === 'parked')
  expect(streams[0]?.error).toMatchObject({ code: 'PermissionMissing' })
  await cloud.setRoles({ clientId: defaultClientId, grant: ['SecurityAlert.Read.All'] })
  await site.input('siembridge_alerts/alerts/disable', {})
  await site.input('siembridge_alerts/alerts/enable', {})
  expect((await soon(alerts, (status) => status.streams[0]?.state === 'connected')).streams[0]?.error).toBeUndefined()
})

test('a test of an account keeps what it found, says it, and makes no input', async () => {
  await cloud.setRoles({ clientId: defaultClientId, revoke: ['IdentityRiskyUser.Read.All'] })
  const answer = await site.input('siembridge_test', { name: 't1', account: 'contoso' })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('Account contoso: 15 of 16 checks passed. risky-users of tenant contoso: no permission')
  const [row] = await site.rows('siembridge_tests')
  const { things } = JSON.parse(String(row?.['report'])) as {
    things: readonly { is: string; stream?: string; code?: string }[]
  }
  expect(row).toMatchObject({ _key: 't1', account: 'contoso' })
  expect(things.filter(({ is }) => is === 'bad')).toMatchObject([{ stream: 'risky-users', code: 'PermissionMissing' }])
  expect(things.map(({ stream }) => stream)).toContain('sign-ins.managed-identity')
  expect(site.splunk.confs.stanzas('inputs').some(({ name }) => name.startsWith('siembridge_test://'))).toBe(false)

  expect((await site.input('siembridge_test', { name: 't2', account: 'nobody' })).text).toContain(
    'there is no account nobody',
  )
  expect((await site.rows('siembridge_tests')).map(({ _key }) => _key)).toEqual(['t1', 't2'])
})

test('inputs go on while the KV store does not take what they say', async () => {
  site.splunk.kvStore.down = true
  const before = site.splunk.events.length
  await cloud.issue({ stream: 'alerts', count: 2 })
  await until(
    () => site.said('what the pages show cannot be written'),
    () => site.errors.join('\n'),
  )
  site.splunk.kvStore.down = false
  await until(
    () => site.splunk.events.length > before,
    () => site.errors.join('\n'),
  )
})
