import { type Cloud, type Receivers, startCloud, startReceivers } from '@siembridge/simulator'
import { expect, test } from 'vitest'
import { Site, until } from './agent-process.ts'

interface Event {
  readonly siembridge: { readonly event_id: string }
}

const tenant = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'
const streams = [
  { stream: 'alerts' as const, perMinute: 0, changes: 0 },
  { stream: 'Audit.Exchange' as const, perMinute: 0, lateness: [{ share: 1, from: '0s', to: '1s' }] },
]

interface Stage {
  readonly cloud: Cloud
  readonly receivers: Receivers
  readonly site: Site
}

/** A cloud of two streams, a target that is up, and one with a small buffer to park at. */
async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  const throttling = { limits: 'off' as const }
  const cloud = await startCloud({
    tenants: [{ id: tenant, streams, subscriptions: ['Audit.Exchange'] }],
    throttling,
    activity: { blobRecords: 10, blobLateness: [{ share: 1, from: '0s', to: '1s' }] },
  })
  const receivers = await startReceivers({ receivers: [{ name: 'siem', kind: 'http', tls: true }] })
  const url = (kind: 'login' | 'graph' | 'manage'): string => JSON.stringify(cloud.url(kind))
  try {
    await using site = new Site(`
tenants:
  contoso:
    tenant_id: ${tenant}
    client_id: b2a7c9e4-13d5-4f68-9a0b-7c6d5e4f3a21
    client_secret: env:CLIENT_SECRET
    cloud: custom
    hosts: { login: ${url('login')}, graph: ${url('graph')}, manage: ${url('manage')} }
    ca: ${cloud.address.caFile}
sources:
  - { kind: graph, tenant: contoso, streams: [alerts], tuning: { alerts: { interval: 1s } } }
  - { kind: office365, tenant: contoso, streams: [audit.exchange], interval: 1s }
targets:
  up: { kind: file, path: up.ndjson, format: ecs }
  siem: { kind: https, url: "https://127.0.0.1:${receivers.port('siem')}/", format: ecs, ca: "file:${receivers.address.caFile}" }
routes:
  - { name: up, to: [up], own_events: false }
  - { name: siem, to: [siem], own_events: false, limit: 64KiB, on_full: park }
http: off
`)
    await act({ cloud, receivers, site })
  } finally {
    await receivers.stop()
    await cloud.stop()
  }
}

const secret = { CLIENT_SECRET: 'simulated-client-secret' }

test('a target that is down with its buffer full holds up nobody, and gets what it missed once it is back', () =>
  onStage(async ({ cloud, receivers, site }) => {
    await receivers.close('siem')
    const agent = site.start(['run'], secret)
    for (let round = 1; round <= 6; round++) {
      await cloud.issue({ stream: 'alerts', tenant, count: 20 })
      await cloud.issue({ stream: 'Audit.Exchange', tenant, count: 40 })
      await until(
        () => site.lines('up.ndjson').length >= round * 60,
        () => `${site.lines('up.ndjson').length} of ${round * 60}: ${agent.stderr}`,
      )
    }
    const parked = JSON.parse((await site.run(['status', '--json'])).stdout) as {
      status: { routes: { name: string; parked: number }[] }
    }
    expect(parked.status.routes.find(({ name }) => name === 'siem')?.parked).toBeGreaterThan(100)
    expect((await site.run(['status'])).stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /TO LOOK AT .*route siem is parked: it missed \d+ records/,
    )
    await agent.end('SIGKILL')
    await receivers.open('siem')
    const again = site.start(['run'], secret)
    const got = async (): Promise<string[]> =>
      (await receivers.received('siem')).map(({ text = '' }) => (JSON.parse(text) as Event).siembridge.event_id)
    await until(
      async () => new Set(await got()).size >= 360,
      () => again.stderr,
    )
    await until(
      () => again.stderr.split('was collected again').length > 2,
      () => again.stderr,
    )
    expect(await again.end()).toBe(0)
    const ids = await got()
    expect(ids.length).toBe(new Set(ids).size)
    expect(site.lines('up.ndjson').length).toBe(360)
  }))

test('what a parked route missed is told as not to be had when the configuration loses the route, with that reason', () =>
  onStage(async ({ cloud, receivers, site }) => {
    await receivers.close('siem')
    const agent = site.start(['run'], secret)
    for (let round = 1; round <= 4; round++) {
      await cloud.issue({ stream: 'alerts', tenant, count: 20 })
      await until(
        () => site.lines('up.ndjson').length >= round * 20,
        () => agent.stderr,
      )
    }
    site.write('siembridge.yaml', site.read('siembridge.yaml').replace('name: siem,', 'name: other,'))
    await agent.said(
      /route siem was parked, and \d+ records of graph-contoso\/alerts .* cannot be collected again for it: the configuration does not have that route any more/,
    )
    await agent.said(/\d+ events wait in the buffer of route siem, which the configuration does not have any more/)
    expect(await agent.end()).toBe(0)
  }))
