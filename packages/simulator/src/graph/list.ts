import { QueryError, readQuery } from './query.ts'
import { FilterError } from './filter/lex.ts'
import { graphError } from './errors.ts'
import { selectPage } from './select-page.ts'
import { expanded, textFor } from './texts.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Version } from '../world/version.ts'
import type { Caller } from './authorize.ts'
import type { CollectionKind } from './collection-kinds.ts'
import type { GraphContext } from './handle.ts'
import type { ListQuery } from './query.ts'
import type { Position } from './skip-tokens.ts'
import type { TextOptions } from './texts.ts'

/** One page of a collection. */
export function listReply(call: Call, kind: CollectionKind, caller: Caller, context: GraphContext): Reply {
  try {
    return page(call, kind, caller, context)
  } catch (error) {
    if (!(error instanceof QueryError || error instanceof FilterError)) throw error
    return graphError(400, 'BadRequest', error.message, context.clock)
  }
}

function page(call: Call, kind: CollectionKind, caller: Caller, context: GraphContext): Reply {
  const { graph, world, skipTokens, clock } = context
  const largest = Math.min(...kind.streams.map((stream) => graph.pageSizes?.[stream] ?? Number.POSITIVE_INFINITY))
  const query = readQuery(kind, call.query, { largest, undocumentedOperators: graph.undocumentedOperators ?? false })
  const after = query.skipToken === undefined ? undefined : skipTokens.read(query.skipToken)
  if (query.skipToken !== undefined && !after) {
    return graphError(400, 'BadRequest', 'Token not found: token is either invalid or expired', clock)
  }
  const collections = streamsOf(kind, query).map((stream) => world.collection(caller.tenant.scenario.id, stream))
  const selected = selectPage(kind, collections, query, after, graph.paging ?? 'keyset')
  const served = selected.items.map(({ version }) => ({ version, text: textOf(version, call, query, caller, context) }))
  return {
    status: 200,
    headers: headersOf(call),
    page: {
      context: `${call.base}/${versionOf(call)}/$metadata#${kind.entity}`,
      items: served.map(({ text }) => text),
      ...(query.count ? { count: selected.total } : {}),
      ...(selected.next ? { nextLink: nextLink(call, selected.next, context) } : {}),
    },
    onServed: () => {
      for (const { version, text } of served) world.ledger.served(version, clock.now(), text)
    },
  }
}

// Without a word about event types, the beta collection holds interactive sign-ins, too.
function streamsOf(kind: CollectionKind, query: ListQuery): CollectionKind['streams'] {
  return JSON.stringify(query.filter ?? null).includes('signInEventTypes') ? kind.streams : kind.streams.slice(0, 1)
}

function textOf(version: Version, call: Call, query: ListQuery, caller: Caller, { world }: GraphContext): string {
  const options = textOptions(call)
  const text = textFor(version, options)
  if (!query.expandAlerts) return text
  const alerts = world.collection(caller.tenant.scenario.id, 'alerts').items
  const own = alerts.filter(({ version: alert }) => alert.fields.incidentId === version.id)
  return expanded(
    text,
    own.map(({ version: alert }) => textFor(alert, options)),
  )
}

/** What the request asks of the texts. */
export function textOptions(call: Call): TextOptions {
  return { beta: versionOf(call) === 'beta', unknownMembers: prefersUnknown(call) }
}

function versionOf(call: Call): string {
  return call.path.split('/')[1] ?? 'v1.0'
}

function prefersUnknown({ headers }: Call): boolean {
  return String(headers.prefer ?? '').includes('include-unknown-enum-members')
}

export function headersOf(call: Call): Record<string, string> {
  const type = { 'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8' }
  const id = String(call.headers['client-request-id'] ?? crypto.randomUUID())
  const ids = { 'request-id': crypto.randomUUID(), 'client-request-id': id }
  return { ...type, ...ids, ...(prefersUnknown(call) ? { 'preference-applied': 'include-unknown-enum-members' } : {}) }
}

function nextLink(call: Call, next: Position, { skipTokens }: GraphContext): string {
  const kept = [...call.query].filter(([name]) => name !== '$skiptoken' && name !== '$skip')
  const query = kept.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${call.base}${call.path}?${[...query, `$skiptoken=${skipTokens.issue(next)}`].join('&')}`
}
