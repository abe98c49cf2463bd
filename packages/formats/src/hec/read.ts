import { nextObject } from './scan.ts'
import type { FormatProblem } from '../problem.ts'
import type { ScannedObject } from './scan.ts'

/** The value of an indexed field: a scalar or a list of them. */
export type HecFieldValue = string | number | boolean | readonly (string | number | boolean)[]

/** One event as Splunk would take it; `timeMs` is milliseconds since 1970, `event` the parsed JSON. */
export interface HecEvent {
  readonly timeMs?: number
  readonly host?: string
  readonly source?: string
  readonly sourcetype?: string
  readonly index?: string
  readonly event: unknown
  readonly fields?: Readonly<Record<string, HecFieldValue>>
}

/** A refusal with the collector's own code and the 0-based number of the first invalid event. */
export interface HecProblem extends FormatProblem {
  readonly code: keyof typeof hecCodes
  readonly event: number
}

/** The collector's codes for a bad body, with its texts (HTTP status 400). */
export const hecCodes = {
  5: 'No data',
  6: 'Invalid data format',
  12: 'Event field is required',
  13: 'Event field cannot be blank',
  15: 'Error in handling indexed fields',
} as const

const names = ['host', 'source', 'sourcetype', 'index'] as const
const known: readonly string[] = ['time', 'event', 'fields', ...names]

/** Reads the body of a request to `/services/collector/event`: envelopes one after the other, whitespace between. */
export function readHec(text: string): HecEvent[] | HecProblem {
  const events: HecEvent[] = []
  let at = 0
  for (let found = nextObject(text, at); found; found = nextObject(text, at)) {
    const read = readEnvelope(text, found)
    if (typeof read === 'number') return refusal(read, found.start, events.length)
    events.push(read)
    at = found.end
  }
  return events.length === 0 ? refusal(5, 0, 0) : events
}

function refusal(code: HecProblem['code'], at: number, event: number): HecProblem {
  return { problem: hecCodes[code], at, code, event }
}

function readEnvelope(text: string, { start, end }: ScannedObject): HecEvent | HecProblem['code'] {
  const envelope = end < 0 ? undefined : parseObject(text.slice(start, end))
  if (!envelope || Object.keys(envelope).some((key) => !known.includes(key))) return 6
  const timeMs = readTime(envelope.time)
  if (Number.isNaN(timeMs) || names.some((name) => !isOptionalText(envelope[name]))) return 6
  if (envelope.event === undefined) return 12
  if (isBlank(envelope.event)) return 13
  if (!areFields(envelope.fields)) return 15
  const { time: _, ...rest } = envelope
  return { ...(timeMs === undefined ? {} : { timeMs }), ...rest } as HecEvent
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** Epoch seconds as a number or its text; NaN when it is neither. */
function readTime(time: unknown): number | undefined {
  if (time === undefined) return undefined
  const isNumeric = typeof time === 'number' || (typeof time === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(time))
  return isNumeric ? Math.round(Number(time) * 1000) : Number.NaN
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isBlank(event: unknown): boolean {
  return event === null || (typeof event === 'string' && /^[ \t\r\n]*$/.test(event))
}

function areFields(fields: unknown): boolean {
  if (fields === undefined) return true
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false
  return Object.values(fields).every((value) => [value].flat().every(isScalar))
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
