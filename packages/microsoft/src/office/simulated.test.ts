import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestAgent, until } from '../../test/agent.ts'
import { TestClock } from '../../test/clock.ts'
import { missing } from '../../test/ledger.ts'
import { type Cloud, simulatedTenants, startCloud } from '../../test/simulated.ts'
import { contentNames } from './content-types.ts'
import { createOfficeSource } from './source.ts'

let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud({
    clock: { speed: 600 },
    throttling: { limits: 'off' },
    activity: {
      pageSize: 3,
      blobRecords: 20,
      repeatedRecords: 0.05,
      repeatedBlobs: 0.05,
      repeatedListings: 0.05,
      repeatWithin: '3h',
    },
  })
})
afterAll(() => cloud.stop())

describe('the source office365 against a simulated cloud', () => {
  it('azure-1.11 collects every record of every content type with the bytes of its blob, through failures of every kind', async () => {
    const clock = new TestClock()
    const { tenants } = simulatedTenants(cloud, clock)
    const agent = new TestAgent(clock)
    const source = createOfficeSource(tenants)
    const controller = new AbortController()
    const { clock: nowMs } = await cloud.stats()
    const options = source.options.parse({ tenant: 'contoso', read_twice: true })
    const running = source.run(agent.context(options, controller.signal, { sinceMs: nowMs - 3_600_000 }))
    for (const kind of [
      'unavailable-html',
      'reset-mid-body',
      'truncated-json',
      'html-200',
      'unauthorized',
      'partial-blob',
    ] as const)
      await cloud.addFault({ fault: { kind }, service: 'manage', probability: 0.04, forMs: 3000 })
    await cloud.addFault({
      fault: { kind: 'throttle', retryAfter: 'none' },
      service: 'manage',
      probability: 0.04,
      forMs: 3000,
    })
    await new Promise((resolve) => setTimeout(resolve, 3500))
    await cloud.removeFault()
    await cloud.quiet()
    await cloud.advance('2h')
    await until(
      async () => (await missing(cloud, agent, contentNames)).length === 0,
      'every record, byte by byte',
      40_000,
    )
    const { streams } = await cloud.stats()
    expect(streams['Audit.Exchange'].served).toBeGreaterThan(50)
    controller.abort(new Error('stopped'))
    await running
    await tenants.close()
    // Anonymous requests share the quota of all who leave the publisher out.
    expect(Object.keys((await cloud.stats()).publishers)).toEqual(['6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'])
  })

  it('checks token and subscriptions', async () => {
    const clock = new TestClock()
    const { tenants } = simulatedTenants(cloud, clock)
    const source = createOfficeSource(tenants)
    const context = new TestAgent(clock).context(
      source.options.parse({ tenant: 'contoso' }),
      new AbortController().signal,
    )
    const findings = []
    for await (const { subject, is } of source.check(context)) findings.push([subject, is])
    expect(findings).toEqual([
      ['token of tenant contoso', 'good'],
      ...contentNames.map((name) => [`${name} of tenant contoso`, 'good']),
    ])
    await tenants.close()
  })
})
