import type { RouteBuffer } from '../buffer/route-buffer.ts'

/** Which revisions of an object a route takes. */
export type Updates = 'all' | 'significant' | 'first'

/** A route as lanes see it. */
export interface LaneRoute {
  readonly name: string
  /** Its bit in the annotator's answer. */
  readonly bit: number
  readonly updates: Updates
  readonly buffer: RouteBuffer
  /** What a lane does where the buffer is full: waits, or goes on and has the route's records collected again later. */
  readonly onFull: 'block' | 'park'
}

/** 0: of no object, 1: created, 2: updated, 3: unchanged. */
export function wants(updates: Updates, change: 0 | 1 | 2 | 3): boolean {
  if (updates === 'all' || change === 0) return true
  return updates === 'first' ? change === 1 : change !== 3
}
