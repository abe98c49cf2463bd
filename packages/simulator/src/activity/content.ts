import { jsonReply } from '../http/call.ts'
import { contentLifeMs } from '../world/blob.ts'
import { activityError } from './errors.ts'
import { refuseLicence } from './subscriptions.ts'
import { readWindow } from './window.ts'
import type { Reply } from '../http/call.ts'
import type { Blob } from '../world/blob.ts'
import type { ActivityCall, ActivityContext, ContentOperation } from './context.ts'

// Header names have no case; servers and proxies on the way were seen to write this one in several.
const headerNames = ['NextPageUri', 'nextpageuri', 'Nextpageuri', 'NEXTPAGEURI']

/** `GET /subscriptions/content`: what was created in the window, in the order in which it became available. */
export const listContent: ContentOperation = (of, contentType, context) => {
  const { call, tenant } = of
  const feed = context.world.feed(tenant.scenario.id, contentType)
  const unlicensed = refuseLicence(tenant.scenario, contentType)
  if (unlicensed) return unlicensed
  if (!feed?.enabled) return refuseDisabled(of, contentType, context)
  const window = readWindow(call.query, context.clock.now())
  if (typeof window === 'string') return activityError('AF20030', window)
  const start = readCursor(call.query.get('nextPage'), context)
  if (start === undefined) return activityError('AF20031', 'Invalid nextPage Input.')
  const inside = feed.blobs.filter(({ created }) => created >= window.start && created < window.end)
  return listing(
    of,
    inside.flatMap((blob) => (blob.listedTwice ? [blob, blob] : [blob])),
    start,
    context,
  )
}

function refuseDisabled({ tenant }: ActivityCall, contentType: string, { startedAt }: ActivityContext): Reply {
  return startedAt.has(`${tenant.scenario.id}/${contentType}`)
    ? activityError('AF20023', 'The subscription was disabled by a tenant admin or a service admin.')
    : activityError('AF20022', 'No subscription found for the specified content type.')
}

function listing({ call }: ActivityCall, blobs: readonly Blob[], start: number, context: ActivityContext): Reply {
  const size = context.activity.pageSize ?? 200
  const entries = blobs.slice(start, start + size).map((blob) => entryOf(blob, call.base, call.path))
  const reply = jsonReply(200, entries)
  if (start + size >= blobs.length) return reply
  const cursor = `${context.cursors.size + 1}${call.entry.number}`
  context.cursors.set(cursor, start + size)
  const query = new URLSearchParams(call.query)
  query.set('nextPage', cursor)
  query.delete('PublisherIdentifier')
  // The version in the link is "v1", not "v1.0".
  const uri = `${call.base}${call.path.replace('/v1.0/', '/v1/')}?${query.toString()}`
  return { ...reply, headers: { ...reply.headers, [headerNames[start % headerNames.length] ?? 'NextPageUri']: uri } }
}

function readCursor(text: string | null, { cursors }: ActivityContext): number | undefined {
  return text === null ? 0 : cursors.get(text)
}

function entryOf(blob: Blob, base: string, path: string): object {
  const tenant = path.split('/')[3] ?? ''
  return {
    contentUri: `${base}/api/v1.0/${tenant}/activity/feed/audit/${blob.contentId}`,
    contentId: blob.contentId,
    contentType: blob.contentType,
    contentCreated: new Date(blob.created).toISOString(),
    contentExpiration: new Date(blob.created + contentLifeMs).toISOString(),
  }
}
