import type { ChangeCode } from '../buffer/frame.ts'

/** A span of a lane that one route did not get because its buffer was full: collected again for that route alone. */
export interface ParkedSpan {
  readonly route: string
  /** Bit in the tags of keys that says "this route misses it". */
  readonly slot: number
  /** How far collecting again has got; empty before it begins. */
  readonly position: Buffer
  /** Records that the route misses. */
  readonly missing: number
  /** Times between which its records can be found, milliseconds since 1970; without an end it goes on. */
  readonly fromMs: number
  readonly untilMs?: number
}

/** What is kept of a lane's parked routes. */
export interface ParkingState {
  readonly spans: readonly ParkedSpan[]
  /** Slots whose tags may still stand in keys, and until when. */
  readonly retired: readonly { readonly slot: number; readonly untilMinute: number }[]
  /** Minutes by which the lane's time for forgetting keys lags behind. */
  readonly lag: number
  /** It stands still at this minute while a span is there: what comes again then must be known. */
  readonly stillAt?: number
}

export const noParking: ParkingState = { spans: [], retired: [], lag: 0 }

/** What the value of a record's key says: the spans that miss it, and its change when it was collected. */
export interface Tag {
  /** Bit `slot` is set where that span misses it. */
  readonly mask: number
  readonly change: ChangeCode
}

const slots = 32

export const noTag: Tag = { mask: 0, change: 0 }

/** Eight bytes as latin1, or "" for a record that nobody misses. */
export function writeTag({ mask, change }: Tag): string {
  if (mask === 0) return ''
  const value = Buffer.alloc(8)
  value.writeUInt32LE(mask >>> 0, 0)
  value.writeUInt8(change, 4)
  return value.toString('latin1')
}

export function readTag(value: string): Tag {
  if (value === '') return noTag
  const bytes = Buffer.from(value, 'latin1')
  return { mask: bytes.readUInt32LE(0), change: bytes.readUInt8(4) as ChangeCode }
}

/** Minute by which keys are forgotten. */
export const minuteFor = ({ stillAt, lag }: ParkingState, minute: number): number => stillAt ?? minute - lag

/** Bits of all spans of a route. */
export const bitsOfRoute = ({ spans }: ParkingState, route: string): number =>
  spans.reduce((mask, span) => (span.route === route ? mask | (1 << span.slot) : mask), 0)

/** The span of a route that goes on. */
export const openSpan = ({ spans }: ParkingState, route: string): ParkedSpan | undefined =>
  spans.find((span) => span.route === route && span.untilMs === undefined)

export const spanAt = ({ spans }: ParkingState, slot: number): ParkedSpan | undefined =>
  spans.find((span) => span.slot === slot)

const changed = (state: ParkingState, slot: number, change: Partial<ParkedSpan>): ParkingState => ({
  ...state,
  spans: state.spans.map((span) => (span.slot === slot ? { ...span, ...change } : span)),
})

/** Begins a span, or answers undefined where no slot is free. */
export function parked(
  state: ParkingState,
  { route, fromMs }: Pick<ParkedSpan, 'route' | 'fromMs'>,
  minute: number,
): ParkingState | undefined {
  const now = minuteFor(state, minute)
  const retired = state.retired.filter(({ untilMinute }) => untilMinute >= now)
  const taken = new Set([...state.spans, ...retired].map(({ slot }) => slot))
  const slot = Array.from({ length: slots }, (_, at) => at).find((at) => !taken.has(at))
  if (slot === undefined) return undefined
  return {
    ...state,
    retired,
    stillAt: now,
    spans: [...state.spans, { route, slot, position: Buffer.alloc(0), missing: 0, fromMs }],
  }
}

/** The route has room again: what comes from here on it gets. */
export const closed = (state: ParkingState, slot: number, untilMs: number): ParkingState =>
  changed(state, slot, { untilMs })

/** Collecting again has got so far. */
export const moved = (state: ParkingState, slot: number, position: Buffer): ParkingState =>
  changed(state, slot, { position })

/** A span that went on or was over, once more from an earlier position. */
export function reopened(state: ParkingState, span: ParkedSpan, minute: number): ParkingState {
  const now = minuteFor(state, minute)
  const retired = state.retired.filter(({ slot }) => slot !== span.slot)
  if (spanAt(state, span.slot)) return changed(state, span.slot, { position: span.position })
  return { ...state, retired, stillAt: now, spans: [...state.spans, span] }
}

/** `by` more records are missing in each of the spans of a mask, or fewer. */
export const missed = (state: ParkingState, mask: number, by: number): ParkingState => ({
  ...state,
  spans: state.spans.map((span) => ((mask >>> span.slot) & 1 ? { ...span, missing: span.missing + by } : span)),
})

/** The span is over. Its slot is not used again while keys may bear its tag. */
export function ended(state: ParkingState, slot: number, minute: number, windowMinutes: number): ParkingState {
  const spans = state.spans.filter((span) => span.slot !== slot)
  const now = minuteFor(state, minute)
  const retired = [...state.retired, { slot, untilMinute: now + windowMinutes }]
  if (spans.length > 0) return { ...state, spans, retired }
  return { spans, retired, lag: minute - now }
}

interface Written {
  readonly spans: readonly (Omit<ParkedSpan, 'position'> & { readonly position: string })[]
  readonly retired: ParkingState['retired']
  readonly lag: number
  readonly stillAt?: number
}

/** As it stands in a lane's files: plain JSON. */
export const writeParking = (state: ParkingState): Written => ({
  ...state,
  spans: state.spans.map((span) => ({ ...span, position: span.position.toString('base64') })),
})

export const readParking = (state: Written): ParkingState => ({
  ...state,
  spans: state.spans.map((span) => ({ ...span, position: Buffer.from(span.position, 'base64') })),
})
