import { crc32 } from 'node:zlib'

/**
 * One checked entry of a file: magic, length, CRC-32 and payload, little-endian. A reader that meets damage can look for the
 * next magic and go on; what is torn at the end of a file is told from what is damaged in its middle.
 */
const headerBytes = 12

export function checkedEntry(magic: number, payload: Buffer): Buffer {
  const entry = Buffer.allocUnsafe(headerBytes + payload.length)
  entry.writeUInt32LE(magic, 0)
  entry.writeUInt32LE(payload.length, 4)
  entry.writeUInt32LE(crc32(payload, payload.length), 8)
  payload.copy(entry, headerBytes)
  return entry
}

export interface CheckedEntry {
  readonly at: number
  readonly end: number
  readonly payload: Buffer
}

/** The entry at `at`, or undefined where there is no whole and undamaged one. */
export function entryAt(bytes: Buffer, magic: number, at: number): CheckedEntry | undefined {
  if (at + headerBytes > bytes.length || bytes.readUInt32LE(at) !== magic) return undefined
  const length = bytes.readUInt32LE(at + 4)
  const end = at + headerBytes + length
  if (end > bytes.length) return undefined
  const payload = bytes.subarray(at + headerBytes, end)
  // The length is part of what is checked: a damaged length would else pass with a lucky payload.
  return crc32(payload, length) === bytes.readUInt32LE(at + 8) ? { at, end, payload } : undefined
}

export interface Damage {
  readonly from: number
  /** Where the next good entry begins; undefined where nothing good follows: the file is torn there. */
  readonly to: number | undefined
}

/** All good entries of a file from `start` on, and what lies between and behind them. */
export function readEntries(
  bytes: Buffer,
  magic: number,
  start: number,
): { entries: CheckedEntry[]; damages: Damage[] } {
  const entries: CheckedEntry[] = []
  const damages: Damage[] = []
  let at = start
  while (at < bytes.length) {
    const entry = entryAt(bytes, magic, at)
    if (entry) {
      entries.push(entry)
      at = entry.end
      continue
    }
    const next = nextEntry(bytes, magic, at + 1)
    damages.push({ from: at, to: next })
    if (next === undefined) break
    at = next
  }
  return { entries, damages }
}

function nextEntry(bytes: Buffer, magic: number, from: number): number | undefined {
  const mark = Buffer.allocUnsafe(4)
  mark.writeUInt32LE(magic)
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (entryAt(bytes, magic, at)) return at
  return undefined
}
