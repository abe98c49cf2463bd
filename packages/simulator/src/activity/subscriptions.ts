import { jsonReply } from '../http/call.ts'
import { contentTypes } from '../streams.ts'
import { activityError } from './errors.ts'
import type { Reply } from '../http/call.ts'
import type { ContentType } from '../streams.ts'
import type { ActivityCall, ActivityContext, ContentOperation } from './context.ts'

// "Wait 15 minutes between start requests" (Office 365 Management Activity API reference, start a subscription).
const waitMs = 15 * 60_000

/** `POST /subscriptions/start`. */
export const startSubscription: ContentOperation = ({ tenant, call }, contentType, context) => {
  const refusal = refuseLicence(tenant.scenario, contentType) ?? refuseWebhook(call.body.toString())
  if (refusal) return refusal
  const key = `${tenant.scenario.id}/${contentType}`
  const feed = context.world.feed(tenant.scenario.id, contentType)
  if (!feed) return activityError('AF20020', `The content type ${contentType} is not valid.`)
  if (feed.enabled) return activityError('AF20024', 'The subscription is already enabled. No property change.')
  const now = context.clock.now()
  const wait = (context.startedAt.get(key) ?? Number.NEGATIVE_INFINITY) + waitMs - now
  if (wait > 0)
    return activityError('AF429', `Too many requests. Method=Start, wait ${Math.ceil(wait / 1000)} seconds.`)
  context.startedAt.set(key, now)
  feed.enabled = true
  return jsonReply(200, { contentType, status: 'enabled', webhook: null })
}

/** `POST /subscriptions/stop`: what is produced from now on is lost. */
export const stopSubscription: ContentOperation = ({ tenant }, contentType, { world, startedAt }) => {
  const feed = world.feed(tenant.scenario.id, contentType)
  if (feed) feed.enabled = false
  const key = `${tenant.scenario.id}/${contentType}`
  if (!startedAt.has(key)) startedAt.set(key, Number.NEGATIVE_INFINITY)
  return { status: 200, body: '' }
}

/** `GET /subscriptions/list`: the types that were ever subscribed to. */
export function listSubscriptions({ tenant }: ActivityCall, { world, startedAt }: ActivityContext): Reply {
  const { id } = tenant.scenario
  const shown = contentTypes.filter((type) => world.feed(id, type)?.enabled || startedAt.has(`${id}/${type}`))
  const subscriptions = shown.map((contentType) => {
    const status = world.feed(id, contentType)?.enabled ? 'enabled' : 'disabled'
    return { contentType, status, webhook: null }
  })
  return jsonReply(200, subscriptions)
}

/** Without a licence for data loss prevention, the type is off whatever one does. */
export function refuseLicence({ dlp = true }: { readonly dlp?: boolean }, contentType: ContentType): Reply | undefined {
  if (dlp || contentType !== 'DLP.All') return undefined
  return activityError('AF20023', 'The subscription was disabled by a tenant admin or a service admin.')
}

// Webhooks are not simulated: a poller sends none.
function refuseWebhook(body: string): Reply | undefined {
  if (!body.includes('webhook') || /"webhook"\s*:\s*null/.test(body)) return undefined
  return activityError('AF20021', 'The webhook endpoint could not be validated: the simulator calls none.')
}
