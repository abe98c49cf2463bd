import { contentLifeMs } from '../world/blob.ts'

/** A listing's window on the time that content was created, milliseconds since 1970; the end is not included. */
export interface ContentWindow {
  readonly start: number
  readonly end: number
}

const dayMs = 86_400_000
// The service lets a start pass that is up to an hour older than it says.
const graceMs = 3_600_000
const pattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?$/

/** The window of a request, or why it is refused; the last 24 hours when neither time is given. */
export function readWindow(query: URLSearchParams, now: number): ContentWindow | string {
  const [startText, endText] = [query.get('startTime'), query.get('endTime')]
  if (startText === null && endText === null) return { start: now - dayMs, end: now }
  if (startText === null || endText === null) return 'startTime and endTime must both be specified.'
  const [start, end] = [readUtc(startText), readUtc(endText)]
  if (start === undefined || end === undefined) return 'startTime or endTime is not in a valid format.'
  if (start >= end) return 'Start time must be before end time.'
  if (end - start > dayMs) return 'Start time and end time must be no more than 24 hours apart.'
  if (start < now - contentLifeMs - graceMs) return 'Start time must be no more than 7 days in the past.'
  return { start, end }
}

/** UTC, without zone and fraction. */
function readUtc(text: string): number | undefined {
  if (!pattern.test(text)) return undefined
  const ms = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}${text.length === 16 ? ':00' : ''}Z`)
  return Number.isNaN(ms) ? undefined : ms
}
