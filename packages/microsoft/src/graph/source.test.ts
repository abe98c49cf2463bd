import type { Tenants } from '@siembridge/azure'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { TestAgent } from '../../test/agent.ts'
import { TestClock } from '../../test/clock.ts'
import { ModelGraph } from '../../test/model.ts'
import { run, tenantsOf } from '../../test/stream.ts'
import { graphOptions, streamsOf } from './options.ts'
import { createGraphSource } from './source.ts'
import { streamNames } from './streams.ts'

const clock = new TestClock()
const graph = new ModelGraph(() => clock.now(), 'x')
const china: Tenants['lacks'] = (_, feature) =>
  feature === 'auditLogs' ? undefined : 'the cloud china does not have it'

describe('options of the source graph', () => {
  const problems = (options: object, tenants = tenantsOf(graph)) =>
    createGraphSource(tenants)
      .options.safeParse(options)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

  it('graph-11.25 refuse a stream that the cloud lacks, and leave it out where none are told', () => {
    const tenants = tenantsOf(graph, {}, china)
    expect(problems({ tenant: 'contoso', streams: ['directory-audits', 'alerts'] }, tenants)).toEqual([
      'streams.1: alerts: the cloud china does not have it',
    ])
    expect(streamsOf(graphOptions.parse({ tenant: 'contoso' }), tenants)).toEqual([
      'directory-audits',
      'sign-ins.interactive',
      'sign-ins.non-interactive',
      'sign-ins.service-principal',
      'sign-ins.managed-identity',
      'provisioning',
    ])
    expect(streamsOf(graphOptions.parse({ tenant: 'contoso' }), tenantsOf(graph))).toEqual(streamNames)
  })

  it('graph-11.25 refuse it at the start too', async () => {
    const source = createGraphSource(tenantsOf(graph, {}, china))
    const options = graphOptions.parse({ tenant: 'contoso', streams: ['alerts'] })
    const context = new TestAgent(clock).context(options, new AbortController().signal)
    await expect(source.run(context)).rejects.toMatchObject({ code: 'CloudLacks' })
  })

  it('say what is wrong with a tenant, a name or a time', () => {
    expect(problems({ tenant: 'fabrikam' })).toEqual(['tenant: there is no tenant fabrikam in the section `tenants`'])
    expect(problems({ tenant: 'contoso', streams: [] })[0]).toMatch(/^streams: /)
    expect(problems({ tenant: 'contoso', streams: ['audits'] })[0]).toMatch(/^streams.0: /)
    expect(problems({ tenant: 'contoso', tuning: { alerts: { overlap: '15' } } })[0]).toMatch(
      /write a time span such as 500ms/,
    )
    expect(
      graphOptions.parse({ tenant: 'contoso', tuning: { alerts: { overlap: '15m' } } }).tuning.alerts?.overlap,
    ).toBe(900_000)
    expect(JSON.stringify(z.toJSONSchema(graphOptions, { io: 'input' }))).toContain('sign-ins.interactive')
  })
})

describe('requests of the source graph', () => {
  it('graph-11.12 asks for no expanded alerts: an incident that was redirected comes as an update like any other', async () => {
    const start = clock.now()
    const model = new ModelGraph(() => clock.now(), 'lastUpdateDateTime')
    const incident = {
      id: '7',
      time: new Date(start - 60_000).toISOString(),
      visibleMs: 0,
      status: 'active',
      redirectIncidentId: null as unknown,
    }
    model.records.push(incident)
    model.onPage = (_, at) => {
      if (clock.now() > start + 300_000 && at === 0 && incident.status === 'active')
        Object.assign(incident, {
          status: 'redirected',
          redirectIncidentId: '8',
          time: new Date(clock.now()).toISOString(),
        })
    }
    const running = run(model, clock, ['incidents'])
    while (clock.now() < start + 900_000) await new Promise((resolve) => setTimeout(resolve, 5))
    await running.stop()
    expect(running.agent.records('incidents').map(({ redirectIncidentId }) => redirectIncidentId)).toEqual([null, '8'])
    expect(model.asked.every(({ query = {} }) => !('$expand' in query))).toBe(true)
  })

  it('asks each kind of sign-in for itself, the interactive one from v1.0', async () => {
    const model = new ModelGraph(() => clock.now(), 'createdDateTime')
    const names = streamNames.filter((name) => name.startsWith('sign-ins'))
    const running = run(model, clock, names)
    while (model.asked.length < 8) await new Promise((resolve) => setTimeout(resolve, 5))
    await running.stop()
    const asked = new Set(
      model.asked.map(
        ({ version, query = {} }) => `${version} ${/t eq '(\w+)'/.exec(query['$filter'] ?? '')?.[1] ?? ''}`,
      ),
    )
    expect([...asked].toSorted()).toEqual([
      'beta managedIdentity',
      'beta nonInteractiveUser',
      'beta servicePrincipal',
      'v1.0 ',
    ])
  })
})
