import type { LaneTail } from '../buffer/recover.ts'
import { type LaneEntry, maskOf, plainEntry } from './journal-entry.ts'
import { ordinalKey } from './identity.ts'
import type { LaneState } from './lane-state.ts'
import { bitsOfRoute, minuteFor, missed, type ParkingState, readTag, writeTag } from './parking.ts'

/**
 * What buffers hold of a lane beyond its own state, after an unclean stop: kept in the lane's journal, so that the records go to
 * the routes that miss them, and to those alone, when they are collected again. `tails` is by route.
 */
export async function adopt(state: LaneState, tails: ReadonlyMap<string, LaneTail>, minute: number): Promise<void> {
  const now = minuteFor(state.parking, minute)
  const known = (id: string): boolean => (isOrdinal(id) ? id < ordinalKey(state.total) : state.seen(id, now))
  const found = new Map<string, Set<string>>()
  for (const [route, { ids }] of tails)
    for (const id of ids) {
      const before = state.partial.get(id)
      if (before ? before.has(route) : known(id)) continue
      found.set(id, (found.get(id) ?? new Set(before)).add(route))
    }
  const { keys, parking } = untagged(state, tails, now)
  const names = [...new Set([...tails.keys(), ...[...found.values()].flatMap((has) => [...has])])]
  const records = [...found].map(([id, has]) => ({ id, routes: maskOf(has, names) }))
  // Where the journal is gone the buffers still tell how far the lane was surely settled.
  const first = [...tails.values()].toSorted((a, b) => a.before - b.before)[0]
  const gone = state.unknown && state.position === undefined
  if (records.length === 0 && keys.length === 0 && !(gone && first && first.before > 0)) return
  const [total, position] = gone && first ? [first.before, first.position] : [state.total, state.position]
  const routes = names.map((name) => rangeOf(name, tails.get(name)))
  const plain = plainEntry(total, position ?? Buffer.alloc(0), minute, { parking })
  await state.lose({ ...plain, routes, records, keys, lost: 'tail' })
}

/** What was collected again for a parked route and got as far as its buffer: it misses that no more. */
function untagged(
  state: LaneState,
  tails: ReadonlyMap<string, LaneTail>,
  minute: number,
): Pick<LaneEntry, 'keys'> & { readonly parking: ParkingState } {
  const found = new Map<string, LaneEntry['keys'][number]>()
  let { parking } = state
  for (const [route, { ids }] of tails) {
    const bits = bitsOfRoute(parking, route)
    for (const id of bits === 0 ? [] : ids) {
      const before = found.get(id) ?? state.entryOf(id, minute)
      const tag = readTag(before?.value ?? '')
      if (!before || (tag.mask & bits) === 0) continue
      parking = missed(parking, tag.mask & bits, -1)
      found.set(id, { ...before, value: writeTag({ ...tag, mask: (tag.mask & ~bits) >>> 0 }) })
    }
  }
  return { keys: [...found.values()], parking }
}

/** Where a lane's frames lie in a buffer, those of other lanes between them. */
const rangeOf = (name: string, tail: LaneTail | undefined): LaneEntry['routes'][number] => ({
  name,
  base: tail?.from ?? 0,
  count: tail ? tail.to - tail.from : 0,
})

/** Ordinals begin with ten zero bytes; a hash does not, in the lifetime of a universe. */
const isOrdinal = (id: string): boolean => id.startsWith('\0'.repeat(10))
