import { changeNames, type Frame } from '../buffer/frame.ts'
import type { FrameSource, RouteBuffer } from '../buffer/route-buffer.ts'
import type { Encoder } from '../contracts/annotate.ts'
import { LineBuffer } from './line-buffer.ts'

/** Events that go together, and the record behind the last one that is whole in them. */
export interface Portion {
  readonly body: Buffer
  readonly ends: Uint32Array
  /** Sequence of the next record: what the cursor becomes when all of it is delivered. */
  readonly next: number
}

/** Turns what is in a buffer into portions of encoded events, from a cursor on. */
export class Feed {
  private readonly reader: FrameSource
  private readonly encoder: Encoder
  private readonly maxBytes: number
  private readonly maxEvents: number
  private readonly lines = new LineBuffer()
  private sequence: number
  private frame: Frame | undefined
  /** Time of the record read last, milliseconds since 1970. */
  timeMs = Number.NaN

  constructor(buffer: RouteBuffer, encoder: Encoder, from: number, maxBytes: number, maxEvents: number) {
    this.reader = buffer.reader()
    this.encoder = encoder
    this.sequence = from
    this.maxBytes = maxBytes
    this.maxEvents = maxEvents
  }

  get position(): number {
    return this.sequence
  }

  /**
   * What can be had now, up to the limits; undefined where nothing is there. May hold no event where filters dropped all. Throws
   * where the disk cannot be read; a later call goes on from there.
   */
  async next(): Promise<Portion | undefined> {
    const from = this.sequence
    for (;;) {
      const frame = await this.frameAt(this.sequence).catch((error: unknown) => this.failed(error, from))
      if (!frame) break
      if (!this.takeFrom(frame)) break
    }
    return this.sequence === from ? undefined : { ...this.lines.take(), next: this.sequence }
  }

  /** What was read before the disk failed goes out first. */
  private failed(error: unknown, from: number): undefined {
    if (this.sequence === from) throw error
    return undefined
  }

  private async frameAt(sequence: number): Promise<Frame | undefined> {
    const { frame } = this
    if (frame && sequence < frame.base + frame.records.length) return frame
    this.frame = await this.reader.at(sequence)
    // What lies between was damaged or removed, and was told of at the start.
    if (this.frame && this.frame.base > sequence) this.sequence = this.frame.base
    return this.frame
  }

  /** False where the portion is full. */
  private takeFrom(frame: Frame): boolean {
    for (let at = this.sequence - frame.base; at < frame.records.length; at++) {
      const record = frame.records[at] as Frame['records'][number]
      const { count, size } = this.lines
      this.encoder.encode(record.bytes, frame.tenant || undefined, changeNames[record.change], this.lines)
      const full = this.lines.size > this.maxBytes || this.lines.count > this.maxEvents
      if (full && count > 0) {
        this.lines.back(size)
        return false
      }
      this.sequence++
      this.timeMs = record.timeMs
      if (full || this.lines.size === this.maxBytes) return false
    }
    return true
  }

  close(): Promise<void> {
    return this.reader.close()
  }
}
