import { retryAfterHeader } from '../faults/retry-after.ts'
import { contentTypes } from '../streams.ts'
import { authorize } from './authorize.ts'
import { listContent } from './content.ts'
import { activityError } from './errors.ts'
import { fetchBlob } from './fetch-blob.ts'
import { listSubscriptions, startSubscription, stopSubscription } from './subscriptions.ts'
import type { Call, Handler, Reply } from '../http/call.ts'
import type { ActivityCall, ActivityContext, ContentOperation } from './context.ts'

const operations: Readonly<Record<string, ContentOperation>> = {
  'POST subscriptions/start': startSubscription,
  'POST subscriptions/stop': stopSubscription,
  'GET subscriptions/content': listContent,
}

/** The service at `manage.office.com`. */
export function activityHandler(context: ActivityContext): Handler {
  return (call) => {
    const [, tenantId = '', operation = ''] = /^\/api\/v1(?:\.0)?\/([^/]+)\/activity\/feed\/(.+)$/.exec(call.path) ?? []
    const of = authorize(call, tenantId, context)
    if ('status' in of) return of
    const publisher = context.publishers.count(call.query)
    const refused = throttled(call, tenantId, publisher, context)
    if (refused) return refused
    context.world.advance()
    return route(of, operation, context)
  }
}

function route(of: ActivityCall, operation: string, context: ActivityContext): Reply {
  if (operation === 'subscriptions/list') return listSubscriptions(of, context)
  if (operation.startsWith('audit/')) return fetchBlob(of, operation.slice('audit/'.length), context)
  const found = operations[`${of.call.method} ${operation}`]
  if (!found) return { status: 404, body: '' }
  const given = of.call.query.get('contentType')
  if (given === null) return activityError('AF20001', 'Missing parameter: contentType.')
  const contentType = contentTypes.find((type) => type.toLowerCase() === given.toLowerCase())
  if (!contentType) return activityError('AF20020', `The content type ${given} is not valid.`)
  return found(of, contentType, context)
}

function throttled(call: Call, tenantId: string, publisher: string, context: ActivityContext): Reply | undefined {
  const seconds = context.throttle.refuse('activity', tenantId)
  if (seconds === undefined) return undefined
  const method = call.path.includes('/audit/') ? 'GetBlob' : 'GetAvailableContent'
  const reply = activityError('AF429', `Too many requests. Method=${method}, PublisherId=${publisher}`)
  return { ...reply, headers: { ...reply.headers, ...retryAfterHeader(seconds, 'none', context.clock) } }
}
