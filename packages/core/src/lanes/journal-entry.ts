import { type ParkingState, readParking, writeParking } from './parking.ts'

/** What a lane settles at once: a position, and what was seen on the way to it. */
export interface LaneEntry {
  /** Records of the lane before this batch and behind it, since its beginning. */
  readonly before: number
  readonly total: number
  readonly position: Buffer
  /** Position before the batch. */
  readonly from: Buffer
  /** Names of routes that bits in `records` stand for, and where the batch lies in their buffers. */
  readonly routes: readonly { readonly name: string; readonly base: number; readonly count: number }[]
  /** Identity (16 bytes as latin1) of each record, and the routes that took it. */
  readonly records: readonly { readonly id: string; readonly routes: number }[]
  /** Keys to remember besides: marks and objects. */
  readonly keys: readonly { readonly key: string; readonly untilMinute: number; readonly value: string }[]
  /** When it was settled, in minutes of the lane's own time. */
  readonly minute: number
  /** Until when the identities are remembered; 0 where they are not. */
  readonly untilMinute: number
  /** Files of keys that count from here on, where they changed. */
  readonly runs?: readonly string[]
  /**
   * Set where this is no batch, and `records` are told with the routes that have them: `hole` after a buffer lost some,
   * `tail` where buffers held some that were not settled, `all` where these are all of which that is still so.
   */
  readonly lost?: Lost
  /** Spans that routes missed, as they are from here on, where that changed. */
  readonly parking?: ParkingState
  /** Set where this batch was collected again for a parked span: the span, and where that collecting was before the batch. */
  readonly replay?: Replayed
}

export type Lost = 'hole' | 'tail' | 'all'

export interface Replayed {
  readonly route: string
  readonly slot: number
  readonly from: Buffer
  readonly fromMs: number
  readonly untilMs: number
}

interface Head {
  readonly before: number
  readonly total: number
  readonly routes: LaneEntry['routes']
  readonly minute: number
  readonly untilMinute: number
  readonly runs?: readonly string[]
  readonly lost?: Lost
  readonly parking?: ReturnType<typeof writeParking>
  readonly replay?: Omit<Replayed, 'from'> & { readonly from: string }
  readonly position: number
  readonly from: number
  readonly records: number
  readonly keys: number
}

/** A small head in JSON, then the fixed-size rest: 20 bytes a record, 28 a key. */
export function writeLaneEntry(entry: LaneEntry): Buffer {
  const { before, total, routes, minute, untilMinute, runs, lost, parking, replay, position, from, records, keys } =
    entry
  const head: Head = {
    before,
    total,
    routes,
    minute,
    untilMinute,
    ...(runs && { runs }),
    ...(lost && { lost }),
    ...(parking && { parking: writeParking(parking) }),
    ...(replay && { replay: { ...replay, from: replay.from.toString('base64') } }),
    position: position.length,
    from: from.length,
    records: records.length,
    keys: keys.length,
  }
  const text = Buffer.from(JSON.stringify(head))
  const out = Buffer.alloc(4 + text.length + position.length + from.length + records.length * 20 + keys.length * 28)
  let at = out.writeUInt32LE(text.length, 0)
  at += text.copy(out, at)
  at += position.copy(out, at)
  at += from.copy(out, at)
  for (const { id, routes: mask } of records) {
    out.write(id, at, 16, 'latin1')
    out.writeUInt32LE(mask >>> 0, at + 16)
    at += 20
  }
  for (const { key, untilMinute: until, value } of keys) {
    out.write(key, at, 16, 'latin1')
    out.writeUInt32LE(until, at + 16)
    out.write(value, at + 20, 8, 'latin1')
    at += 28
  }
  return out
}

export function readLaneEntry(bytes: Buffer): LaneEntry {
  const headEnd = 4 + bytes.readUInt32LE(0)
  const head = JSON.parse(bytes.toString('utf8', 4, headEnd)) as Head
  let at = headEnd
  const position = Buffer.from(bytes.subarray(at, (at += head.position)))
  const from = Buffer.from(bytes.subarray(at, (at += head.from)))
  const records = Array.from({ length: head.records }, (_, i) => ({
    id: bytes.toString('latin1', at + i * 20, at + i * 20 + 16),
    routes: bytes.readUInt32LE(at + i * 20 + 16),
  }))
  at += head.records * 20
  const keys = Array.from({ length: head.keys }, (_, i) => ({
    key: bytes.toString('latin1', at + i * 28, at + i * 28 + 16),
    untilMinute: bytes.readUInt32LE(at + i * 28 + 16),
    value: bytes.toString('latin1', at + i * 28 + 20, at + i * 28 + 28),
  }))
  const { before, total, routes, minute, untilMinute, runs, lost, parking, replay } = head
  return {
    before,
    total,
    routes,
    minute,
    untilMinute,
    ...(runs && { runs }),
    ...(lost && { lost }),
    ...(parking && { parking: readParking(parking) }),
    ...(replay && { replay: { ...replay, from: Buffer.from(replay.from, 'base64') } }),
    position,
    from,
    records,
    keys,
  }
}

/** An entry that only says something new of position, files or parked routes. */
export const plainEntry = (
  total: number,
  position: Buffer,
  minute: number,
  more: Pick<LaneEntry, 'runs' | 'parking'> = {},
): LaneEntry => ({
  before: total,
  total,
  position,
  from: position,
  routes: [],
  records: [],
  keys: [],
  minute,
  untilMinute: 0,
  ...more,
})

/** Routes of an entry as bits, by the places of their names in it. */
export const maskOf = (has: ReadonlySet<string>, names: readonly string[]): number =>
  names.reduce((mask, name, at) => (has.has(name) ? mask | (1 << at) : mask), 0)
