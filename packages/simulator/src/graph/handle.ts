import { retryAfterHeader } from '../faults/retry-after.ts'
import { authenticate, refuseAccess } from './authorize.ts'
import { betaSignIns, collectionKinds } from './collection-kinds.ts'
import { graphError } from './errors.ts'
import { headersOf, listReply, textOptions } from './list.ts'
import { textFor } from './texts.ts'
import type { Clock } from '../clock.ts'
import type { Call, Handler, Reply } from '../http/call.ts'
import type { Directory } from '../login/directory.ts'
import type { Tokens } from '../login/tokens.ts'
import type { GraphScenario, RetryAfterForm } from '../scenario.ts'
import type { World } from '../world/world.ts'
import type { Caller } from './authorize.ts'
import type { CollectionKind } from './collection-kinds.ts'
import type { SkipTokens } from './skip-tokens.ts'
import type { Throttle } from '../throttle.ts'

/** What the Graph service works with. */
export interface GraphContext {
  readonly clock: Clock
  readonly directory: Directory
  readonly tokens: Tokens
  readonly world: World
  readonly throttle: Throttle
  readonly retryAfter: RetryAfterForm
  readonly skipTokens: SkipTokens
  readonly graph: GraphScenario
}

/** The service at `graph.microsoft.com`. */
export function graphHandler(context: GraphContext): Handler {
  return (call) => {
    const caller = authenticate(call, context)
    if ('status' in caller) return caller
    const found = findCollection(call.path)
    if (!found) return graphError(404, 'BadRequest', `Resource not found for '${call.path}'.`, context.clock)
    if (call.method !== 'GET') return graphError(405, 'BadRequest', 'The method is not allowed.', context.clock)
    const refused = throttled(found.kind, caller, context) ?? refuseAccess(caller, found.kind, context)
    if (refused) return refused
    context.world.advance()
    if (found.id === undefined) return listReply(call, found.kind, caller, context)
    return itemReply(call, found.kind, found.id, caller, context)
  }
}

function findCollection(path: string): { readonly kind: CollectionKind; readonly id: string | undefined } | undefined {
  const [, version = '', rest = ''] = /^\/(v1\.0|beta)(\/.+)$/.exec(path) ?? []
  const kind = collectionKinds.find((each) => rest === each.path || rest.startsWith(`${each.path}/`))
  if (!kind) return undefined
  const id = rest.length > kind.path.length ? rest.slice(kind.path.length + 1) : undefined
  return { kind: version === 'beta' && kind.path === betaSignIns.path ? betaSignIns : kind, id }
}

// Identity protection counts all applications of a tenant together and never says how long to wait.
function throttled({ bucket }: CollectionKind, { grant }: Caller, context: GraphContext): Reply | undefined {
  const isPerTenant = bucket === 'identityProtection'
  const seconds = context.throttle.refuse(bucket, isPerTenant ? grant.tenant : `${grant.tenant}/${grant.clientId}`)
  if (seconds === undefined) return undefined
  const reply = graphError(429, 'TooManyRequests', 'Too many requests', context.clock)
  const after = retryAfterHeader(seconds, isPerTenant ? 'none' : context.retryAfter, context.clock)
  return { ...reply, headers: { ...reply.headers, ...after } }
}

function itemReply(call: Call, kind: CollectionKind, id: string, caller: Caller, context: GraphContext): Reply {
  const collections = kind.streams.map((stream) => context.world.collection(caller.tenant.scenario.id, stream))
  const version = collections.map((each) => each.current(id)).find((each) => each !== undefined)
  if (!version) return graphError(404, 'ResourceNotFound', `Resource '${id}' does not exist.`, context.clock)
  const text = textFor(version, textOptions(call))
  const onServed = () => context.world.ledger.served(version, context.clock.now(), text)
  return { status: 200, headers: headersOf(call), body: text, onServed }
}
