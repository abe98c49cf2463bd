import { contentTypes } from '../streams.ts'
import { contentLifeMs } from '../world/blob.ts'
import { activityError } from './errors.ts'
import type { Reply } from '../http/call.ts'
import type { ActivityCall, ActivityContext } from './context.ts'

/** `GET {contentUri}`: a JSON array of records. */
export function fetchBlob({ tenant }: ActivityCall, contentId: string, context: ActivityContext): Reply {
  const { world, clock } = context
  if (!contentId.includes('$')) return activityError('AF20052', `Content ID ${contentId} in the URL is invalid.`)
  const blob = contentTypes.map((type) => world.feed(tenant.scenario.id, type)?.blob(contentId)).find((found) => found)
  if (!blob) return activityError('AF20050', `The specified content (${contentId}) does not exist.`)
  if (clock.now() > blob.created + contentLifeMs) {
    const date = new Date(blob.created + contentLifeMs).toISOString()
    return activityError('AF20051', `Content requested with the key ${contentId} has already expired on ${date}.`)
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `[${blob.records.map(({ text }) => text).join(',')}]`,
    onServed: () => {
      for (const record of blob.records) world.ledger.served(record, clock.now())
    },
  }
}
