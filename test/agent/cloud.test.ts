import { type Cloud, startCloud } from '@siembridge/simulator'
import { describe, expect, test } from 'vitest'
import { Site, until } from './agent-process.ts'

const tenants = { contoso: '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10', fabrikam: '7e2c4b63-0d15-4c8f-9f32-6b1d8e0c5f21' }
const streams = [{ stream: 'alerts' as const, perMinute: 0, changes: 0 }]

/** A cloud of two tenants with 40 alerts each. */
async function startTenants(): Promise<Cloud> {
  const ids = Object.values(tenants)
  const cloud = await startCloud({ tenants: ids.map((id) => ({ id, streams })), throttling: { limits: 'off' } })
  for (const tenant of ids) await cloud.issue({ stream: 'alerts', tenant, count: 40 })
  return cloud
}

const configuration = (cloud: Cloud): string => `
tenants:${Object.entries(tenants)
  .map(
    ([name, id]) => `
  ${name}:
    tenant_id: ${id}
    client_id: b2a7c9e4-13d5-4f68-9a0b-7c6d5e4f3a21
    client_secret: env:CLIENT_SECRET
    cloud: custom
    hosts: { login: "${cloud.url('login')}", graph: "${cloud.url('graph')}", manage: "${cloud.url('manage')}" }
    ca: ${cloud.address.caFile}
    tags: { site: ${name}-site }`,
  )
  .join('')}
sources:
  - { kind: graph, tenant: contoso, streams: [alerts] }
  - { kind: graph, tenant: fabrikam, streams: [alerts] }
targets:
  all: { kind: file, path: all.ndjson, format: ecs }
  one: { kind: file, path: one.ndjson, format: ecs }
routes:
  - { name: all, to: [all], own_events: false }
  - { name: one, from: [graph-fabrikam], to: [one], own_events: false, tags: { door: north } }
http: off
`

const secret = { CLIENT_SECRET: 'simulated-client-secret' }

const idsIn = (lines: readonly string[]): string[] =>
  lines.map((line) => (JSON.parse(line) as { event: { id: string } }).event.id)

describe('two tenants in one configuration', () => {
  test('each is collected whole, goes its own way, and carries its tags; killed in between, nothing is lost', async () => {
    const cloud = await startTenants()
    try {
      await using site = new Site(configuration(cloud))
      expect(await site.run(['check'], secret)).toMatchObject({ status: 0 })
      const agent = site.start(['run'], secret)
      await until(
        () => site.lines('all.ndjson').length > 0,
        () => agent.stderr,
      )
      await agent.end('SIGKILL')
      const again = site.start(['run'], secret)
      const all = (): Set<string> => new Set(idsIn(site.lines('all.ndjson')))
      await until(
        () => all().size >= 80 && site.lines('one.ndjson').length >= 40,
        () => `${all().size} of 80, ${site.lines('one.ndjson').length} of 40: ${again.stderr}`,
      )
      expect(await again.end()).toBe(0)
      const issued = (await cloud.ledger()).map(({ id }) => id)
      expect([...all()].toSorted()).toEqual(issued.toSorted())
      for (const line of site.lines('all.ndjson')) expect(line).toMatch(/"(contoso|fabrikam)-site"/)
      for (const line of site.lines('one.ndjson')) expect(line).toMatch(/"fabrikam-site".*"north"/)
      expect(JSON.stringify([again.stderr, site.read('siembridge-state/status.json')])).not.toContain(
        secret.CLIENT_SECRET,
      )
    } finally {
      await cloud.stop()
    }
  })

  test('a secret that is missing is told by check, with what to do', async () => {
    const cloud = await startTenants()
    try {
      await using site = new Site(configuration(cloud))
      const { status, stdout } = await site.run(['check'])
      expect(status).toBe(1)
      expect(stdout).toMatch(
        /BAD +source graph-contoso: token of tenant contoso: the secret\s+env:CLIENT_SECRET cannot/,
      )
    } finally {
      await cloud.stop()
    }
  })
})
