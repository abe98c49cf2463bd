import type { TenantOptions } from '@siembridge/azure'
import type { Clock, Logger, OwnEvent } from '@siembridge/core'
import type { Config, ConfiguredRoute, ConfiguredTarget } from '@siembridge/core/config'
import { nodeDisk, Pipeline, type RouteSpec, type TargetSpec } from '@siembridge/core/pipeline'
import type { Counts } from './counts.ts'
import { encoderOf } from './encoders.ts'
import { createAnnotator } from '@siembridge/engine/lane'
import { ownSource } from './own-events.ts'
import { targetFolder, unusable } from '../state/state-directory.ts'
import { connect, type Connections, targetContext } from './ports.ts'
import { SharedDelivery } from './shared-delivery.ts'

export interface Host {
  readonly clock: Clock
  readonly log: Logger
  readonly counts: Counts
  tell(event: OwnEvent): void
}

/** Everything of one configuration that is open: a pipeline, its targets, and what sources work with. */
export interface Composition {
  readonly config: Config<TenantOptions>
  readonly pipeline: Pipeline
  readonly connections: Connections
  /** Open targets, one for each route that leads there. */
  readonly targets: readonly OpenTarget[]
}

export interface OpenTarget {
  readonly route: string
  readonly configured: ConfiguredTarget
  readonly delivery: SharedDelivery
}

/** Opens a configuration and recovers what an earlier run left behind. Nothing is delivered before `pipeline.start`. */
export async function compose(config: Config<TenantOptions>, host: Host): Promise<Composition> {
  const connections = await connect(config)
  const targets: OpenTarget[] = []
  try {
    const routes: RouteSpec[] = []
    for (const route of config.routes) routes.push(await routeSpec(config, route, connections, host, targets))
    const annotator = await createAnnotator({ filters: config.routes.map(({ filter }) => filter) })
    const { clock, log, counts: meter } = host
    const opening = Pipeline.open({
      disk: nodeDisk,
      directory: config.state,
      clock,
      log,
      annotator,
      routes,
      meter,
      tell: (event) => host.tell(event),
    })
    const pipeline = await opening.catch((error: unknown) => unusable(config.state, error))
    return { config, pipeline, connections, targets }
  } catch (error) {
    await Promise.allSettled([...targets.map(({ delivery }) => delivery.close()), connections.close()])
    throw error
  }
}

async function routeSpec(
  config: Config<TenantOptions>,
  route: ConfiguredRoute,
  connections: Connections,
  host: Pick<Host, 'log' | 'tell'>,
  opened: OpenTarget[],
): Promise<RouteSpec> {
  const targets: TargetSpec[] = []
  for (const name of route.to) {
    const configured = config.targets.find((target) => target.name === name)
    if (!configured) continue
    const { target, options } = configured
    const encoder = await encoderOf(config, route, configured, connections.secrets)
    const folder = { disk: nodeDisk, path: targetFolder(config.state, name) }
    const context = {
      ...targetContext(configured, connections, host.log),
      tell: (event: OwnEvent) => host.tell(event),
      ...(target.semantics === 'state' && { folder }),
    }
    const delivery = new SharedDelivery(await target.open(context))
    opened.push({ route: route.name, configured, delivery })
    targets.push({ name, encoder, delivery, window: target.repeatWindow(options) })
  }
  const from = sourcesOfRoute(config, route)
  const { name, updates, limit: limitBytes, on_full: onFull } = route
  return { name, updates, targets, limitBytes, onFull, ...(from && { from }) }
}

/** Own events come from a source of their own, which a route need not name. */
function sourcesOfRoute({ sources }: Config, { from, own_events: own }: ConfiguredRoute): string[] | undefined {
  if (!from && own) return undefined
  return [...(from ?? sources.map(({ name }) => name)), ...(own ? [ownSource] : [])]
}

/** Closes what is open; what is under way to targets arrives, for at most so long. Sources must have ended. */
export async function dismantle({ pipeline, connections }: Composition, withinMs: number): Promise<void> {
  await pipeline.stop(withinMs)
  await connections.close()
}
