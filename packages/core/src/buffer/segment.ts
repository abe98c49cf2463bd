import { crc32 } from 'node:zlib'
import type { Disk } from '../disk/disk.ts'
import { readEntries } from '../disk/checked.ts'
import { type Frame, readFrame } from './frame.ts'

/** Begins every frame in a segment: "SBF1". */
export const frameMagic = 0x31464253
const segmentMagic = Buffer.from('SBQ1')
export const headerBytes = 32

/** Name of a segment: sequence of its first record, and how often it was begun anew after a write failed. */
export const segmentName = (base: number, attempt: number): string =>
  `${base.toString(16).padStart(12, '0')}-${attempt.toString(16).padStart(4, '0')}.seg`

export function parseSegmentName(name: string): { base: number; attempt: number } | undefined {
  const found = /^([0-9a-f]{12})-([0-9a-f]{4})\.seg$/.exec(name)
  return found ? { base: parseInt(found[1] as string, 16), attempt: parseInt(found[2] as string, 16) } : undefined
}

/** Magic, version, flags, base sequence, time of creation, and a CRC-32 of what is before it. */
export function segmentHeader(base: number, createdMs: number): Buffer {
  const header = Buffer.alloc(headerBytes)
  segmentMagic.copy(header, 0)
  header.writeUInt16LE(1, 4)
  header.writeUIntLE(base, 8, 6)
  header.writeUIntLE(createdMs, 16, 6)
  header.writeUInt32LE(crc32(header.subarray(0, 28)), 28)
  return header
}

export interface Segment {
  readonly name: string
  readonly base: number
  readonly attempt: number
  /** Good bytes: what lies behind them was never acknowledged. */
  size: number
  /** Sequence behind its last record. */
  end: number
}

export interface Scanned {
  readonly segment: Segment
  readonly frames: readonly Frame[]
  /** Bytes between good frames that are damaged. A torn end is not among them. */
  readonly damagedBytes: number
  /** Something follows the last good frame that is none: a write that was cut off, or damage. */
  readonly torn: boolean
}

/**
 * Reads a segment whole. `before` is the base of the next one: frames from there on were written anew in it. `proven`: nothing
 * from that sequence on was ever acknowledged, so a gap there is a group whose write was cut off, and ends the segment.
 */
export async function scanSegment(
  disk: Disk,
  folder: string,
  name: string,
  before: number,
  proven: number,
): Promise<Scanned | undefined> {
  const parsed = parseSegmentName(name)
  const bytes = await disk.read(`${folder}/${name}`)
  if (!parsed || !bytes) return undefined
  // A damaged header costs nothing: all it says is in the name and in the frames.
  const { entries, damages } = readEntries(bytes, frameMagic, Math.min(headerBytes, bytes.length))
  const frames: Frame[] = []
  let size = Math.min(headerBytes, bytes.length)
  let end = parsed.base
  for (const entry of entries) {
    const frame = readFrame(entry.payload)
    if (frame.base >= before || (entry.at > size && end >= proven)) break
    frames.push(frame)
    size = entry.end
    end = frame.base + frame.records.length
  }
  const damagedBytes = damages.reduce((sum, d) => sum + (d.to !== undefined && d.to <= size ? d.to - d.from : 0), 0)
  return { segment: { name, ...parsed, size, end }, frames, damagedBytes, torn: size < bytes.length }
}
