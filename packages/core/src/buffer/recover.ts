import type { Disk } from '../disk/disk.ts'
import type { Frame } from './frame.ts'
import { parseSegmentName, scanSegment, type Segment } from './segment.ts'

/** What stands in a buffer of a lane and is perhaps not yet kept in the lane's own state. */
export interface LaneTail {
  /** Identities of records (16 bytes as latin1). */
  readonly ids: Set<string>
  /** Records and position of the lane before the first batch concerned. */
  readonly before: number
  readonly position: Buffer
  /** Sequences between which the lane's frames lie. */
  readonly from: number
  to: number
}

export interface Recovered {
  readonly segments: Segment[]
  /** Sequence of the next record. */
  readonly next: number
  readonly tails: ReadonlyMap<string, LaneTail>
  /** Ranges of sequences that should be there and are not. */
  readonly holes: readonly { readonly from: number; readonly to: number }[]
  readonly damagedBytes: number
}

interface Bounds {
  /** Below this nobody needs anything. */
  readonly keepFrom: number
  /** Below this the lanes' own state tells what was taken. */
  readonly committed: number
  /** Below this something was acknowledged: to a lane, or by a target. */
  readonly proven: number
}

/**
 * Reads what a buffer holds after a start. A segment that is missing below the oldest cursor is one that was consumed; any
 * other gap is told, and the lanes give back what was in it.
 */
export async function recover(
  disk: Disk,
  folder: string,
  { keepFrom, committed, proven }: Bounds,
): Promise<Recovered> {
  const names = (await disk.list(folder)).filter((name) => parseSegmentName(name)).toSorted()
  const segments: Segment[] = []
  const tails = new Map<string, LaneTail>()
  const holes: { from: number; to: number }[] = []
  let next = keepFrom
  let damagedBytes = 0
  for (const [at, name] of names.entries()) {
    const following = names[at + 1] === undefined ? undefined : parseSegmentName(names[at + 1] as string)
    const scanned = await scanSegment(disk, folder, name, following?.base ?? Infinity, proven)
    if (!scanned) continue
    segments.push(scanned.segment)
    damagedBytes += scanned.damagedBytes
    for (const frame of scanned.frames) {
      const end = frame.base + frame.records.length
      if (frame.base > next) holes.push({ from: next, to: frame.base })
      if (end > next) next = end
      if (end > committed) remember(tails, frame.lane, frame)
    }
  }
  return { segments, next, tails, holes: holes.filter((h) => h.to > keepFrom), damagedBytes }
}

function remember(
  tails: Map<string, LaneTail>,
  lane: string,
  { base, before, position, records }: Frame,
): void {
  const tail = tails.get(lane) ?? { ids: new Set<string>(), before, position: Buffer.from(position), from: base, to: base }
  tail.to = base + records.length
  for (const { id } of records) tail.ids.add(id.toString('latin1'))
  tails.set(lane, tail)
}
