import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestAgent, until } from '../../test/agent.ts'
import { TestClock } from '../../test/clock.ts'
import { missing } from '../../test/ledger.ts'
import { type Cloud, defaultClientId, simulatedTenants, startCloud } from '../../test/simulated.ts'
import { createGraphSource } from './source.ts'
import { type StreamName, streamNames } from './streams.ts'

let cloud: Cloud
beforeEach(async () => {
  // Ten minutes pass in each second; small pages, so that windows have many.
  cloud = await startCloud({
    clock: { speed: 600 },
    throttling: { limits: 'off' },
    graph: { pageSizes: { alerts: 7, directoryAudits: 9 } },
  })
})
afterEach(() => cloud.stop())

/** Runs the source until nothing is missing; the cloud has stopped issuing by then. */
async function collect(
  agent: TestAgent,
  clock: TestClock,
  streams: readonly StreamName[],
  while_: () => Promise<void>,
): Promise<void> {
  const { tenants } = simulatedTenants(cloud, clock)
  const source = createGraphSource(tenants)
  const controller = new AbortController()
  const options = source.options.parse({ tenant: 'contoso', streams })
  const { clock: nowMs } = await cloud.stats()
  const running = source.run(agent.context(options, controller.signal, { sinceMs: nowMs - 7_200_000 }))
  await while_()
  controller.abort(new Error('stopped'))
  await running
  await tenants.close()
}

const allThere = (agent: TestAgent) =>
  until(async () => (await missing(cloud, agent, streamNames)).length === 0, 'every record, byte by byte', 40_000)

describe('the source graph against a simulated cloud', () => {
  it('graph-11.03 collects every record of every stream, hours late ones too, with the bytes of the answer', async () => {
    const clock = new TestClock()
    const agent = new TestAgent(clock)
    await collect(agent, clock, streamNames, async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000))
      await cloud.quiet()
      await cloud.advance('2h')
      await allThere(agent)
    })
    expect(await missing(cloud, agent, streamNames)).toEqual([])
    expect(agent.events.filter(({ action }) => action === 'gap')).toEqual([])
  })

  it('graph-11.07 collects the same through faults of every kind', async () => {
    const clock = new TestClock()
    const agent = new TestAgent(clock)
    await collect(agent, clock, streamNames, async () => {
      for (const fault of faults) await cloud.addFault({ fault, service: 'graph', probability: 0.03, forMs: 4000 })
      await new Promise((resolve) => setTimeout(resolve, 4000))
      await cloud.quiet()
      await cloud.advance('2h')
      await allThere(agent)
    })
    expect(await missing(cloud, agent, streamNames)).toEqual([])
    const hit = (await cloud.requests()).flatMap(({ fault }) => fault ?? [])
    expect(new Set(hit).size).toBeGreaterThan(10)
  })

  it('graph-11.14 stops and goes on with consent, for the streams that it is for', async () => {
    const clock = new TestClock()
    const agent = new TestAgent(clock)
    await collect(agent, clock, ['alerts', 'directory-audits'], async () => {
      const state = (stream: string, is: string) =>
        until(() => agent.lastReport(stream)?.state === is, `${stream} ${is}`)
      await state('alerts', 'connected')
      await cloud.setRoles({ clientId: defaultClientId, revoke: ['SecurityAlert.Read.All'] })
      await state('alerts', 'parked')
      await state('directory-audits', 'connected')
      await cloud.setRoles({ clientId: defaultClientId, grant: ['SecurityAlert.Read.All'] })
      await state('alerts', 'connected')
    })
  })

  it('checks token and permissions of every stream', async () => {
    await cloud.setRoles({ clientId: defaultClientId, revoke: ['IdentityRiskEvent.Read.All'] })
    const { tenants } = simulatedTenants(cloud, new TestClock())
    const source = createGraphSource(tenants)
    const context = new TestAgent(new TestClock()).context(
      source.options.parse({ tenant: 'contoso' }),
      new AbortController().signal,
    )
    const bad = []
    for await (const { subject, is, help } of source.check(context)) if (is !== 'good') bad.push([subject, help])
    expect(bad).toEqual([['risk-detections of tenant contoso', expect.stringContaining('grant admin consent')]])
    await tenants.close()
  })
})

const faultKinds = `unavailable-html empty-500 bad-gateway gateway-timeout reset-before-headers reset-after-headers reset-mid-body
  truncated-json html-200 duplicate-page shuffled-page next-link-relative next-link-null next-link-expired value-missing value-null
  claims-challenge unauthorized`

const faults = faultKinds.split(/\s+/).map((kind) => ({ kind }) as Parameters<Cloud['addFault']>[0]['fault'])
