import type { Severity } from '@siembridge/catalog'
import type { EventView } from './interpret/view.ts'
import { timeMs } from './values/time.ts'

/** Text before a line, by severity, time (milliseconds since 1970) and log type of the event. */
export type LinePrefix = (severity: Severity, timeMs: number | undefined, type: string) => string

/** The prefix of a view's line. */
export const prefixOf = (view: EventView, prefix: LinePrefix | undefined): string =>
  prefix === undefined ? '' : prefix(view.severity, view.time === undefined ? undefined : timeMs(view.time), view.type)
