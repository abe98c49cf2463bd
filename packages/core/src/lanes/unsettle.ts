import { type LaneEntry, maskOf } from './journal-entry.ts'
import type { Hole, LaneState, OpenedLane } from './lane-state.ts'
import { missed, readTag, reopened, writeTag } from './parking.ts'

/**
 * The lanes' own time, in minutes: it goes on from what was kept last and never by the wall clock, for a clock that jumps
 * must not forget what was seen. It stands still while nothing runs; keys are then only kept for longer.
 */
export const laneMinute = ({ entries }: OpenedLane): number => Math.max(0, ...entries.map((entry) => entry.minute))

/** Where a route's numbering has got to, as far as a lane knows. */
export const reached = ({ entries }: OpenedLane, route: string): number =>
  Math.max(0, ...entries.flatMap((e) => e.routes.filter((r) => r.name === route).map((r) => r.base + r.count)))

const intersects = (entry: LaneEntry, hole: Hole): boolean =>
  entry.routes.some((r) => r.name === hole.route && r.base < hole.to && r.base + r.count > hole.from)

/** A hole that an earlier start has dealt with already. */
const known = (entries: readonly LaneEntry[], hole: Hole): boolean =>
  entries.some(
    (e) =>
      e.lost === 'hole' &&
      e.routes.some((r) => r.name === hole.route && r.base <= hole.from && r.base + r.count >= hole.to),
  )

/**
 * Takes back what damaged buffers lost: the position goes to where it was before the first batch concerned, and its records
 * count as missing in those routes, so that they are collected again and go there alone. Kept in the lane's journal, for this
 * start may end early too. Answers how many records are missing.
 */
export async function unsettle({ state, entries }: OpenedLane, holes: readonly Hole[]): Promise<number> {
  const fresh = holes.filter((hole) => !known(entries, hole))
  const lost = (entry: LaneEntry): boolean => entry.lost !== 'hole' && fresh.some((hole) => intersects(entry, hole))
  if (!entries.some(lost)) return 0
  const where = whereabouts(entries, fresh)
  const first = entries.findIndex((entry) => !entry.replay && lost(entry))
  const again = first < 0 ? [] : entries.slice(first).filter((entry) => !entry.replay)
  const ids = new Set(again.flatMap((entry) => entry.records.map((r) => r.id)))
  const replays = respan(state, entries.filter(lost), where)
  const names = [...new Set([...fresh.map((h) => h.route), ...[...where.values()].flatMap((w) => [...w.has])])]
  const newest = entries.at(-1) as LaneEntry
  const { before: total, from: position } = again[0] ?? { before: newest.total, from: newest.position }
  await state.lose({
    before: total,
    total,
    position,
    from: position,
    routes: [...names.map((name) => ({ name, base: 0, count: 0 })), ...fresh.map(asRange)],
    records: [...ids].map((id) => ({ id, routes: maskOf(where.get(id)?.has ?? new Set(), names) })),
    ...replays,
    minute: newest.minute,
    untilMinute: 0,
    lost: 'hole',
  })
  return [...ids].filter((id) => where.get(id)?.missing).length + replays.keys.length
}

/** What was collected again for parked routes and is lost is missed once more: their spans begin anew where those batches began. */
function respan(
  state: LaneState,
  lost: readonly LaneEntry[],
  where: ReadonlyMap<string, Whereabouts>,
): Pick<LaneEntry, 'keys' | 'parking'> {
  let { parking } = state
  const keys = new Map<string, LaneEntry['keys'][number]>()
  const done = new Set<number>()
  for (const { replay, records, minute } of lost) {
    if (!replay) continue
    const { route, slot, from, fromMs, untilMs } = replay
    if (!done.has(slot))
      parking = reopened(parking, { route, slot, position: from, missing: 0, fromMs, untilMs }, minute)
    done.add(slot)
    for (const { id } of records) {
      if (where.get(id)?.has.has(route)) continue
      const before = keys.get(id) ?? state.entryOf(id, 0)
      const tag = readTag(before?.value ?? '')
      if ((tag.mask >>> slot) & 1) continue
      parking = missed(parking, (1 << slot) >>> 0, 1)
      const value = writeTag({ ...tag, mask: (tag.mask | (1 << slot)) >>> 0 })
      keys.set(id, { key: id, untilMinute: before?.untilMinute ?? minute, value })
    }
  }
  return { keys: [...keys.values()], parking }
}

const asRange = ({ route, from, to }: Hole): LaneEntry['routes'][number] => ({
  name: route,
  base: from,
  count: to - from,
})

interface Whereabouts {
  /** Routes that have the record. */
  readonly has: Set<string>
  /** A route had it and lost it. */
  missing: boolean
}

/** Of every record in the journal, where it is now: what one entry lost another may have. */
function whereabouts(entries: readonly LaneEntry[], holes: readonly Hole[]): Map<string, Whereabouts> {
  const found = new Map<string, Whereabouts>()
  for (const entry of entries) {
    const lost = new Set(holes.filter((hole) => intersects(entry, hole)).map((hole) => hole.route))
    for (const { id, routes } of entry.records) {
      const at = found.get(id) ?? { has: new Set<string>(), missing: false }
      // What an earlier start found missing was not there any more.
      if (entry.lost === 'hole' || entry.lost === 'all') at.has.clear()
      entry.routes.forEach(({ name }, bit) => {
        if (!((routes >>> bit) & 1)) return
        if (lost.has(name) && entry.lost !== 'hole') at.missing = true
        else at.has.add(name)
      })
      found.set(id, at)
    }
  }
  return found
}
