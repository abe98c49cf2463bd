import type { Cloud, RequestEntry } from '@siembridge/simulator'
import { keptCursors } from './cursors.ts'
import type { Observer } from './observer.ts'

/** What was under way when the agent was killed. */
export interface OpenWork {
  /** Answers that the cloud had not sent whole. */
  readonly pages: readonly string[]
  /** Events that a receiver had and the agent had not yet kept as delivered, by target. */
  readonly unacknowledged: Readonly<Record<string, number>>
}

const isPage = ({ service, method, target }: RequestEntry): boolean =>
  method === 'GET' && (service === 'graph' || (service === 'manage' && /\/audit\/|\/content\?/.test(target)))

/** A request as a person would name it. */
function nameOf({ service, target }: RequestEntry): string {
  if (service === 'graph') {
    const [path = '', query = ''] = target.split('?')
    const type = /signInEventTypes.*?'(\w+)'/.exec(decodeURIComponent(query))?.[1]
    const name = path.replace(/^\/(?:v1\.0|beta)\//, '') + (type === undefined ? '' : ` (${type})`)
    return `${name}, ${query.includes('skiptoken') ? 'a further page' : 'first page'}`
  }
  const kind =
    /(?:\$|%24)((?:Audit|DLP)_\w+)(?:\$|%24)/.exec(target)?.[1] ?? /contentType=([\w.]+)/.exec(target)?.[1] ?? ''
  return `${kind.replace('_', '.')}, ${target.includes('/audit/') ? 'a blob' : 'a listing'}`
}

const isOpen = ({ at, endedAt = Infinity, whole }: RequestEntry, atMs: number): boolean =>
  at < atMs && endedAt >= atMs && whole !== true

/** Pages that were being answered at that time, slow ones first. */
export async function openPages(cloud: Cloud, atMs: number): Promise<string[]> {
  const open = (await cloud.requests()).filter((entry) => isPage(entry) && isOpen(entry, atMs))
  return [...new Set(open.toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a))).map(nameOf))]
}

const isSlow = ({ fault }: RequestEntry): boolean => fault === 'slow-body'

/** Whether a page is open that stays so for a while. */
export const hasSlowPage = async (cloud: Cloud): Promise<boolean> =>
  (await cloud.requests()).some((entry) => isPage(entry) && isSlow(entry) && entry.endedAt === undefined)

export function unacknowledged({ ids }: Observer, state: string): Record<string, number> {
  const kept = keptCursors(state)
  return Object.fromEntries([...ids].map(([name, seen]) => [name, Math.max(0, seen.size - (kept[name] ?? 0))]))
}

export const allOpen = (events: OpenWork['unacknowledged']): boolean =>
  Object.values(events).every((number) => number > 0)

/** A page open, and something unacknowledged on every target. */
export const isBusy = ({ pages, unacknowledged: events }: OpenWork): boolean => pages.length > 0 && allOpen(events)
