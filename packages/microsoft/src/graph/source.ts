import { badFinding, type Tenants } from '@siembridge/azure'
import { type Finding, type Source, SiembridgeError } from '@siembridge/core'
import { ServerTime } from '../common/server-time.ts'
import { SignInWatch, watchExpiry } from '../common/watch.ts'
import { type GraphOptions, graphOptionsFor, streamsOf } from './options.ts'
import { queryOf } from './query.ts'
import { runStream, subjectOf } from './run-stream.ts'
import { type StreamName, type StreamSpec, streams } from './streams.ts'

/** The source `graph`: alerts, incidents and Entra's logs of one tenant, each stream on its own. */
export function createGraphSource(tenants: Tenants): Source<GraphOptions> {
  return {
    kind: 'graph',
    title: 'Microsoft Graph: Defender XDR alerts and incidents, Entra ID logs and risks',
    options: graphOptionsFor(tenants),
    async *check({ options, clock, signal }) {
      yield* tenants.get(options.tenant).check(clock.now())
      for (const name of streamsOf(options, tenants))
        yield checkStream(tenants, options.tenant, name, clock.now(), signal)
    },
    async run(context) {
      const tenant = tenants.get(context.options.tenant)
      const names = streamsOf(context.options, tenants)
      for (const name of names) refuseLack(tenants.lacks(tenant.name, streams[name].feature), name)
      const shared = {
        context,
        tenant,
        time: new ServerTime(context.clock, context.log),
        signIn: new SignInWatch(context, tenant),
      }
      if (!context.window) void watchExpiry(context, tenant)
      const ends = await Promise.allSettled(names.map((name) => runStream(name, shared)))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}

function refuseLack(lack: string | undefined, name: string): void {
  if (lack !== undefined) throw new SiembridgeError('CloudLacks', name, lack)
}

async function checkStream(
  tenants: Tenants,
  tenantName: string,
  name: StreamName,
  nowMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const tenant = tenants.get(tenantName)
  const spec: StreamSpec = streams[name]
  const subject = `${name} of tenant ${tenantName}`
  try {
    refuseLack(tenants.lacks(tenantName, spec.feature), name)
    const query = queryOf(spec, { from: nowMs - 3_600_000, to: nowMs }, { pageSize: 1, ordered: false, spanMs: 0 })
    for await (const _ of tenant.graph.pages({ ...query, subject: subjectOf(name, tenantName), attempts: 2, signal }))
      break
    return { subject, is: 'good', says: 'can be read' }
  } catch (error) {
    return badFinding(subject, error)
  }
}
