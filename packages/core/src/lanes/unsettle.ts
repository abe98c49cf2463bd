import type { LaneEntry } from './journal-entry.ts'
import type { Hole, OpenedLane } from './lane-state.ts'

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
  const first = entries.findIndex((entry) => entry.lost !== 'hole' && fresh.some((hole) => intersects(entry, hole)))
  if (first < 0) return 0
  const where = whereabouts(entries, fresh)
  const ids = new Set(entries.slice(first).flatMap((entry) => entry.records.map((r) => r.id)))
  const names = [...new Set([...fresh.map((h) => h.route), ...[...where.values()].flatMap((w) => [...w.has])])]
  const { before, from } = entries[first] as LaneEntry
  await state.lose({
    before,
    total: before,
    position: from,
    from,
    routes: [...names.map((name) => ({ name, base: 0, count: 0 })), ...fresh.map(asRange)],
    records: [...ids].map((id) => ({ id, routes: maskOf(where.get(id)?.has ?? new Set(), names) })),
    keys: [],
    minute: (entries.at(-1) as LaneEntry).minute,
    untilMinute: 0,
    lost: 'hole',
  })
  return [...ids].filter((id) => where.get(id)?.missing).length
}

const asRange = ({ route, from, to }: Hole): LaneEntry['routes'][number] => ({
  name: route,
  base: from,
  count: to - from,
})

const maskOf = (has: ReadonlySet<string>, names: readonly string[]): number =>
  names.reduce((mask, name, at) => (has.has(name) ? mask | (1 << at) : mask), 0)

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
      if (entry.lost === 'hole') at.has.clear()
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
