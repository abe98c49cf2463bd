import type { TextMode } from './values/ids.ts'

/** Where engines write lines. */
export interface LineSink {
  readonly size: number
  /** Appends a text and a line feed. `latin1` writes each character as one byte. */
  line(text: string, mode: TextMode): void
  /** Takes back what was written since `size` was this. */
  back(size: number): void
}

/** `write` without the encoding looked up; Node's types leave it out. */
interface Latin1Buffer extends Buffer {
  latin1Write(text: string, offset: number): number
}

/** A pooled buffer that lines are written into. `take` hands out what is in it; the bytes are valid until the next write. */
export class Output implements LineSink {
  private buffer: Latin1Buffer
  private length = 0

  /** `size` is bytes to begin with; it grows for larger lines and stays. */
  constructor(size = 1 << 20) {
    this.buffer = Buffer.allocUnsafeSlow(size) as Latin1Buffer
  }

  get size(): number {
    return this.length
  }

  /** Appends a text and a line feed. `latin1` writes each character as one byte. */
  line(text: string, mode: TextMode): void {
    const most = (mode === 'latin1' ? text.length : text.length * 3) + 1
    if (this.length + most > this.buffer.length) this.grow(most)
    this.length += mode === 'latin1' ? this.buffer.latin1Write(text, this.length) : this.buffer.write(text, this.length)
    this.buffer[this.length++] = 10
  }

  /** Takes back what was written since `size` was this. */
  back(size: number): void {
    this.length = size
  }

  /** Everything written since the last call. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.length)
    this.length = 0
    return taken
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + by)) as Latin1Buffer
    this.buffer.copy(larger, 0, 0, this.length)
    this.buffer = larger
  }
}
