import type { LaneEntry } from './journal-entry.ts'
import type { Hole, OpenedLane } from './lane-state.ts'

/** Where a route's numbering has got to, as far as a lane knows. */
export const reached = ({ entries }: OpenedLane, route: string): number =>
  Math.max(0, ...entries.flatMap((e) => e.routes.filter((r) => r.name === route).map((r) => r.base + r.count)))

const intersects = (entry: LaneEntry, hole: Hole): boolean =>
  entry.routes.some((r) => r.name === hole.route && r.base < hole.to && r.base + r.count > hole.from)

/** A hole that an earlier start has dealt with already. */
const known = (entries: readonly LaneEntry[], hole: Hole): boolean =>
  entries.some((e) => e.lost && e.routes.some((r) => r.name === hole.route && r.base <= hole.from && r.base + r.count >= hole.to))

/**
 * Takes back what damaged buffers lost: the position goes to where it was before the first batch concerned, and its records
 * count as missing in those routes, so that they are collected again and go there alone. Kept in the lane's journal, for this
 * start may end early too. Answers how many records are missing.
 */
export async function unsettle({ state, entries }: OpenedLane, holes: readonly Hole[]): Promise<number> {
  const fresh = holes.filter((hole) => !known(entries, hole))
  const first = entries.findIndex((entry) => !entry.lost && fresh.some((hole) => intersects(entry, hole)))
  if (first < 0) return 0
  const names = [...new Set(entries.slice(first).flatMap((e) => e.routes.map((r) => r.name)))]
  const records = entries.slice(first).flatMap((entry) => (entry.lost ? [] : stillThere(entry, fresh, names)))
  const { before, from } = entries[first] as LaneEntry
  const routes = [...fresh.map((h) => ({ name: h.route, base: h.from, count: h.to - h.from }))]
  for (const name of names) if (!routes.some((r) => r.name === name)) routes.push({ name, base: 0, count: 0 })
  const bits = names.map((name) => routes.findIndex((r) => r.name === name))
  const missing = records.filter((r) => r.missing).length
  await state.lose({
    before,
    total: before,
    position: from,
    from,
    routes,
    records: records.map(({ id, has }) => ({ id, routes: maskOf(has, names, bits) })),
    keys: [],
    untilMinute: 0,
    lost: true,
  })
  return missing
}

const maskOf = (has: ReadonlySet<string>, names: readonly string[], bits: readonly number[]): number =>
  names.reduce((mask, name, at) => (has.has(name) ? mask | (1 << (bits[at] as number)) : mask), 0)

function stillThere(
  entry: LaneEntry,
  holes: readonly Hole[],
  names: readonly string[],
): { id: string; has: Set<string>; missing: boolean }[] {
  const lost = new Set(holes.filter((hole) => intersects(entry, hole)).map((hole) => hole.route))
  return entry.records.map(({ id, routes }) => {
    const had = names.filter((name) => entry.routes.some((r, bit) => r.name === name && (routes >>> bit) & 1))
    return { id, has: new Set(had.filter((name) => !lost.has(name))), missing: had.some((name) => lost.has(name)) }
  })
}
