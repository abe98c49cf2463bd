import { type Disk, replaceFile } from '../disk/disk.ts'
import type { Frame } from './frame.ts'
import { parseSegmentName, type Scanned, scanSegment, type Segment } from './segment.ts'

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
export async function recover(disk: Disk, folder: string, { keepFrom, committed, proven }: Bounds): Promise<Recovered> {
  const segments: Segment[] = []
  const tails = new Map<string, LaneTail>()
  const holes: { from: number; to: number }[] = []
  let next = keepFrom
  let damagedBytes = 0
  for (const scanned of await scanAll(disk, folder, proven)) {
    // One that was begun beyond what is left of those before it holds nothing, and would confuse the numbering.
    if (scanned.frames.length === 0 && scanned.segment.base > next) {
      await disk.remove(`${folder}/${scanned.segment.name}`)
      continue
    }
    segments.push(scanned.segment)
    damagedBytes += scanned.damagedBytes
    for (const frame of scanned.frames) {
      const end = frame.base + frame.records.length
      if (frame.base > next) holes.push({ from: next, to: frame.base })
      if (end > next) next = end
      if (end > committed) remember(tails, frame.lane, frame)
    }
  }
  await makeDurable(disk, folder, segments.at(-1))
  return { segments, next, tails, holes: holes.filter((h) => h.to > keepFrom), damagedBytes }
}

/** What was read of the last segment may stand in the cache alone, if a sync failed before (fsync(2)): it is written again. */
async function makeDurable(disk: Disk, folder: string, last: Segment | undefined): Promise<void> {
  const bytes = last && (await disk.read(`${folder}/${last.name}`))
  if (bytes && bytes.length > 0) await replaceFile(disk, folder, last.name, bytes.subarray(0, last.size))
}

/** All segments in order. They are read from the last one back: only behind the last frame of all can a write be cut off. */
async function scanAll(disk: Disk, folder: string, proven: number): Promise<Scanned[]> {
  const names = (await disk.list(folder)).filter((name) => parseSegmentName(name)).toSorted()
  const all: Scanned[] = []
  let before = Infinity
  for (const name of names.toReversed()) {
    const later = all.some((scanned) => scanned.frames.length > 0)
    const scanned = await scanSegment(disk, folder, name, before, later ? Infinity : proven)
    if (!scanned) continue
    before = scanned.segment.base
    all.unshift(scanned)
  }
  return all
}

function remember(tails: Map<string, LaneTail>, lane: string, { base, before, position, records }: Frame): void {
  const tail = tails.get(lane) ?? {
    ids: new Set<string>(),
    before,
    position: Buffer.from(position),
    from: base,
    to: base,
  }
  tail.to = base + records.length
  for (const { id } of records) tail.ids.add(id.toString('latin1'))
  tails.set(lane, tail)
}
