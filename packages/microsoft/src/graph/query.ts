import type { GraphAsk } from '@siembridge/azure'
import type { StreamSpec } from './streams.ts'

/** A span of time, both ends in it; milliseconds since 1970. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What an API turned out to take, and how dense a stream is. */
export interface Tuning {
  pageSize: number
  ordered: boolean
  /** Length of the windows that the way ahead is cut into. */
  spanMs: number
}

// The SDK would send `+00:00` with a plus, which arrives as a space.
const iso = (ms: number): string => new Date(ms).toISOString()

/** For APIs that only know `gt` and `lt`, and whole seconds: a second wider on both sides. */
const widened = ({ from, to }: Window): Window => ({
  from: Math.floor(from / 1000) * 1000 - 1000,
  to: Math.ceil(to / 1000) * 1000 + 1000,
})

function filterOf({ time, bounds, filter }: StreamSpec, window: Window): string {
  const { from, to } = bounds === 'open' ? widened(window) : window
  const [low, high] = bounds === 'open' ? ['gt', 'lt'] : ['ge', 'le']
  return [`${time} ${low} ${iso(from)} and ${time} ${high} ${iso(to)}`, filter].filter(Boolean).join(' and ')
}

export type Query = Pick<GraphAsk, 'version' | 'path' | 'api' | 'query'>

/** Asks for what a window holds; `select` for less than whole records. */
export function queryOf(spec: StreamSpec, window: Window, { pageSize, ordered }: Tuning, select?: string): Query {
  const query = {
    $filter: filterOf(spec, window),
    ...(ordered && { $orderby: `${spec.time} asc` }),
    ...(select !== undefined && { $select: select }),
    $top: String(pageSize),
  }
  return { version: spec.version, path: spec.path, api: spec.api, query }
}
