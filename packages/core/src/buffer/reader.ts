import { entryAt } from '../disk/checked.ts'
import type { OpenFile } from '../disk/disk.ts'
import { type Frame, readFrame } from './frame.ts'
import type { RecordBuffer } from './record-buffer.ts'
import type { FrameSource } from './route-buffer.ts'
import { frameMagic, headerBytes, type Segment } from './segment.ts'

/** Reads frames of a buffer in order: from memory where they are there, from disk where the reader lags. */
export class FrameReader implements FrameSource {
  private readonly buffer: RecordBuffer
  private segment: Segment | undefined
  private file: OpenFile | undefined
  private offset = 0
  /** Bytes that could not be read and were passed over. */
  damagedBytes = 0

  constructor(buffer: RecordBuffer) {
    this.buffer = buffer
  }

  /** The frame that holds `sequence` or the first one behind it; undefined where there is none yet. */
  async at(sequence: number): Promise<Frame | undefined> {
    if (sequence >= this.buffer.end) return undefined
    return this.buffer.inMemory(sequence) ?? (await this.onDisk(sequence))
  }

  private async onDisk(sequence: number): Promise<Frame | undefined> {
    for (;;) {
      const segment = await this.segmentOf(sequence)
      if (!segment) return this.buffer.inMemory(sequence)
      const frame = await this.nextIn(segment)
      if (frame && frame.base + frame.records.length > sequence) return frame
      if (!frame) {
        const at = this.buffer.segments.indexOf(segment)
        const following = this.buffer.segments[at + 1]
        if (!following) return undefined
        await this.openSegment(following)
      }
    }
  }

  /** Where reading goes on: the open segment if it can hold the sequence, else the one that does. */
  private async segmentOf(sequence: number): Promise<Segment | undefined> {
    const open = this.segment
    if (open && this.buffer.segments.includes(open) && sequence < open.end) return open
    const wanted = this.buffer.segments.find((segment) => segment.end > sequence)
    if (wanted && wanted !== open) await this.openSegment(wanted)
    return wanted
  }

  private async openSegment(segment: Segment): Promise<void> {
    await this.close()
    this.file = await this.buffer.disk.open(`${this.buffer.folder}/${segment.name}`)
    this.segment = segment
    this.offset = headerBytes
  }

  private async nextIn(segment: Segment): Promise<Frame | undefined> {
    const file = this.file as OpenFile
    while (this.offset < segment.size) {
      const head = Buffer.allocUnsafe(12)
      await file.read(head, this.offset)
      const length = 12 + head.readUInt32LE(4)
      if (head.readUInt32LE(0) === frameMagic && this.offset + length <= segment.size) {
        const bytes = Buffer.allocUnsafeSlow(length)
        await file.read(bytes, this.offset)
        const entry = entryAt(bytes, frameMagic, 0)
        if (entry) {
          this.offset += length
          return readFrame(entry.payload)
        }
      }
      await this.skipDamage(segment, file)
    }
    return undefined
  }

  /** Looks for the next good frame: what is between is damaged, and was told of at the start. */
  private async skipDamage(segment: Segment, file: OpenFile): Promise<void> {
    const rest = Buffer.allocUnsafeSlow(segment.size - this.offset)
    await file.read(rest, this.offset)
    const mark = Buffer.allocUnsafe(4)
    mark.writeUInt32LE(frameMagic)
    let at = rest.indexOf(mark, 1)
    while (at >= 0 && !entryAt(rest, frameMagic, at)) at = rest.indexOf(mark, at + 1)
    const skipped = at < 0 ? rest.length : at
    this.damagedBytes += skipped
    this.offset += skipped
  }

  async close(): Promise<void> {
    await this.file?.close().catch(() => undefined)
    this.file = undefined
    this.segment = undefined
  }
}
