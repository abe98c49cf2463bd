// A console, a collector, and the command itself: what `apply` set up is what `run` sends.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePayload } from '@siembridge/qradar/evaluate'
import { type Collected, type EventCollector, openEventCollector } from '@siembridge/simulator/qradar'
import { describe, expect, test } from 'vitest'
import { riskyUsers, Site, until } from '../agent/agent-process.ts'
import { TestConsole, token } from './console.ts'

const apply = (site: Site, console: TestConsole, folder: string, ...more: readonly string[]) => {
  writeFileSync(join(site.path, 'ca.pem'), console.console.authority)
  return site.run(
    [
      'apply',
      'qradar',
      folder,
      '--console',
      console.console.url,
      '--token',
      'env:QRADAR_TOKEN',
      '--ca',
      'ca.pem',
      ...more,
    ],
    {
      QRADAR_TOKEN: token,
      NO_PROXY: '*',
    },
  )
}

const configuration = ({ tcpPort }: EventCollector, format: string, hostname: string, more = ''): string => `
sources: [{ kind: file, paths: in.ndjson, every: 20ms }]
targets: { qradar: { kind: syslog, url: 'tcp://127.0.0.1:${tcpPort}', format: '${format}', hostname: '${hostname}'${more} } }
routes: [{ name: all, own_events: false }]
http: off
`

async function events(site: Site, collector: EventCollector, count: number): Promise<readonly Collected[]> {
  expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
  await until(
    () => collector.events.length >= count,
    () => JSON.stringify(collector.events).slice(0, 2000),
  )
  return collector.events
}

describe('apply, then run', () => {
  test('LEEF arrives parsed, under its QID and category', async () => {
    await using console = await TestConsole.open()
    const collector = await openEventCollector({ tables: console.console.tables, evaluate: parsePayload })
    await using site = new Site(configuration(collector, 'leef', 'siembridge'), { 'in.ndjson': riskyUsers(0, 50) })
    expect(await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])).toMatchObject({
      status: 0,
    })
    expect(await apply(site, console, 'out/leef', '--dry-run')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('none to delete'),
    })
    expect(await apply(site, console, 'out/leef')).toMatchObject({ status: 0 })
    expect(await apply(site, console, 'out/leef')).toMatchObject({
      status: 0,
      stdout: '0 to make, 0 to change, 0 for you to do, none to delete\n0 changes done\n',
    })
    const found = await events(site, collector, 50)
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['parsed']))
    expect(found[0]).toMatchObject({
      logSource: 'SIEMbridge (siembridge)',
      qid: { name: 'Entra ID Protection: Risky-user atRisk', severity: 6, category: 'Suspicious Username' },
      fields: {
        UserName: 'user0@contoso.com',
        DeviceTime: '2026-03-02T08:01:02.500Z',
        EventCategory: 'entra.risky-user',
      },
    })
    await collector.close()
  })

  test('JSON arrives parsed by the extension of its log type', async () => {
    await using console = await TestConsole.open()
    const collector = await openEventCollector({ tables: console.console.tables, evaluate: parsePayload })
    await using site = new Site(configuration(collector, 'flat', 'siembridge-{type}'), {
      'in.ndjson': riskyUsers(0, 20),
    })
    expect(await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])).toMatchObject({
      status: 0,
    })
    const first = await apply(site, console, 'out/lsx-flat')
    expect(first).toMatchObject({ status: 1, stdout: expect.stringContaining('Log Source Extensions') })
    const xml = site.read('out/lsx-flat/entra.risky-user.lsx.xml')
    console.console.uploadExtension('SIEMbridge Entra ID Protection risky users and service principals', xml)
    expect(await apply(site, console, 'out/lsx-flat')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('parsed by the extension'),
    })
    const found = await events(site, collector, 20)
    expect(new Set(found.map(({ state, qid }) => `${state} ${qid?.name}`))).toEqual(
      new Set(['parsed Entra ID Protection: Risky-user atRisk']),
    )
    expect(found[0]?.fields).toMatchObject({ UserName: 'user0@contoso.com', EventName: 'risky-user.atRisk' })
    await collector.close()
  })
})

test('a certificate that nobody vouches for ends it, and so does a token that is refused', async () => {
  await using console = await TestConsole.open()
  await using site = new Site('')
  await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])
  const where = ['apply', 'qradar', 'out/leef', '--console', console.console.url, '--token', 'env:QRADAR_TOKEN']
  const env = { QRADAR_TOKEN: token, NO_PROXY: '*' }
  expect(await site.run(where, env)).toMatchObject({ status: 69, stderr: expect.stringContaining('TlsUntrusted') })
  const refused = await apply(site, console, 'out/leef', '--token', 'env:OTHER')
  expect(refused).toMatchObject({ status: 78, stderr: expect.stringContaining('SecretMissing') })
  expect(console.console.requests).toEqual([])
})

test('a run that is broken off says what is done, and the next goes on from there', async () => {
  await using console = await TestConsole.open()
  await using site = new Site('')
  await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])
  let posts = 0
  console.faults.fault = (_, method) => (method === 'POST' && ++posts === 9 ? { kind: 'reset' } : undefined)
  const broken = await apply(site, console, 'out/leef')
  expect(broken.status).toBe(69)
  expect(broken.stdout).toContain('done: create QID record 8 of 13')
  expect(broken.stderr).toMatch(/ApplyBroken: .*8 of \d+ changes are done; the next, create QID record/)
  console.faults.fault = undefined
  const again = await apply(site, console, 'out/leef')
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('done: create QID record 5 of 5') })
})

test('killed while it runs, it comes to the same end when it is run again', async () => {
  await using whole = await TestConsole.open()
  await using console = await TestConsole.open()
  await using site = new Site('')
  await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])
  await apply(site, whole, 'out/leef')
  writeFileSync(join(site.path, 'ca.pem'), console.console.authority)
  const args = ['apply', 'qradar', 'out/leef', '--console', console.console.url, '--token', 'env:T', '--ca', 'ca.pem']
  for (const posts of [5, 20, 60]) {
    const running = site.start(args, { T: token, NO_PROXY: '*' })
    await until(() => console.console.requests.filter(({ method }) => method === 'POST').length >= posts)
    await running.end('SIGKILL')
  }
  expect(console.content()).not.toBe(whole.content())
  expect(await apply(site, console, 'out/leef')).toMatchObject({ status: 0 })
  expect(console.content()).toBe(whole.content())
})

describe('what the collector does to long payloads', () => {
  const long = `${JSON.stringify({ ...(JSON.parse(riskyUsers(0, 1)) as object), userDisplayName: 'x'.repeat(3990) })}\n`

  test('without a limit the rest of a message comes as an event of its own, and neither is parsed', async () => {
    await using console = await TestConsole.open()
    const collector = await openEventCollector({ tables: console.console.tables, evaluate: parsePayload })
    await using site = new Site(configuration(collector, 'flat', 'siembridge-{type}'), { 'in.ndjson': long })
    const found = await events(site, collector, 2)
    expect(found.map(({ state, payload }) => `${state} ${payload.length === 4096}`)).toEqual([
      'stored true',
      'stored false',
    ])
    await collector.close()
  })

  test('with the limit told, the event is shortened, says so, and is parsed', async () => {
    await using console = await TestConsole.open()
    const collector = await openEventCollector({ tables: console.console.tables, evaluate: parsePayload })
    await using site = new Site(configuration(collector, 'flat', 'siembridge-{type}', ', max_bytes: 4096'), {
      'in.ndjson': long,
    })
    await site.run(['generate', 'qradar', '--out', 'out', '--type', 'entra.risky-user'])
    console.console.uploadExtension(
      'SIEMbridge Entra ID Protection risky users and service principals',
      site.read('out/lsx-flat/entra.risky-user.lsx.xml'),
    )
    expect(await apply(site, console, 'out/lsx-flat')).toMatchObject({ status: 0 })
    const found = await events(site, collector, 1)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ state: 'parsed', payload: expect.stringContaining('"sb_truncated":1') })
    await collector.close()
  })
})
