import type { GraphTransport, Tenant, Tenants } from '@siembridge/azure'
import { TestAgent } from './agent.ts'
import type { TestClock } from './clock.ts'
import { type GraphOptions, graphOptions } from '../src/graph/options.ts'
import { createGraphSource } from '../src/graph/source.ts'
import type { StreamName } from '../src/graph/streams.ts'

export const tenantId = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'

/** A tenant whose Graph is told. */
export function tenantsOf(
  graph: GraphTransport,
  more: Partial<Tenant> = {},
  lacks: Tenants['lacks'] = () => undefined,
): Tenants {
  const tenant = {
    name: 'contoso',
    id: tenantId,
    tags: {},
    cloud: 'public',
    graph,
    expiry: () => Promise.resolve(undefined),
    ...more,
  } as unknown as Tenant
  return {
    get: () => tenant,
    names: ['contoso'],
    lacks,
    keyVault: () => () => Promise.reject(new Error()),
    close: () => Promise.resolve(),
  }
}

export interface Running {
  readonly agent: TestAgent
  stop(): Promise<void>
  readonly ended: Promise<void>
}

/** Runs the source over one stream or some. `agent` is given for a restart. */
export function run(
  graph: GraphTransport,
  clock: TestClock,
  streams: readonly StreamName[],
  {
    agent = new TestAgent(clock),
    ...more
  }: { agent?: TestAgent; sinceMs?: number; window?: { fromMs: number; toMs: number }; tuning?: unknown } = {},
): Running {
  const controller = new AbortController()
  const { tuning = {}, ...context } = more
  const options: GraphOptions = graphOptions.parse({ tenant: 'contoso', streams, tuning })
  const ended = createGraphSource(tenantsOf(graph)).run(agent.context(options, controller.signal, context))
  ended.catch(() => {})
  const stop = async (): Promise<void> => {
    controller.abort(new Error('stopped'))
    await ended.catch(() => {})
  }
  return { agent, stop, ended }
}
