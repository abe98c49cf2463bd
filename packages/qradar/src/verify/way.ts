import type { ParsedEvent } from '@siembridge/core'
import type { EventView, Inspected } from '@siembridge/engine/inspect'
import type { Collector } from '../evaluate/device-time.ts'

/** What becomes of one event in one way; undefined where the way has no parser for its log type. */
export type WayVerifier = (view: EventView, inspected: Inspected) => ParsedEvent | undefined

/** A collector in a zone that is not UTC, so that what depends on it shows. */
export const collector: Collector = { now: Date.UTC(2026, 5, 15), zone: 330 }

/** A header of RFC 3164, whose time is that of sending. */
export const headerFor = (view: EventView, hostname: string): string =>
  `<134>Jun 15 00:00:00 ${hostname.replaceAll('{type}', view.type)} `

/** What a collector takes of a message: longer ones are cut, and the rest is an event of its own. 0 for no limit. */
export const received = (message: string, maxPayload: number): string =>
  maxPayload === 0 || Buffer.byteLength(message) <= maxPayload
    ? message
    : Buffer.from(message).subarray(0, maxPayload).toString('utf8')
