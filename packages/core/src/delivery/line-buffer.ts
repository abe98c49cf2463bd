import type { Sink } from '../contracts/annotate.ts'

/** Where encoders write: lines one behind the other, and where each ends. */
export class LineBuffer implements Sink {
  private bytes = Buffer.allocUnsafeSlow(1 << 18)
  private length = 0
  private readonly ended: number[] = []

  get size(): number {
    return this.length
  }

  get count(): number {
    return this.ended.length
  }

  line(text: string, mode: 'utf8' | 'latin1'): void {
    const most = (mode === 'latin1' ? text.length : text.length * 3) + 1
    if (this.length + most > this.bytes.length) this.grow(most)
    this.length += this.bytes.write(text, this.length, mode)
    this.bytes[this.length++] = 10
    this.ended.push(this.length)
  }

  /** Takes back what was written since `size` was this. */
  back(size: number): void {
    while ((this.ended.at(-1) ?? 0) > size) this.ended.pop()
    this.length = size
  }

  /** A copy of everything, and the buffer begins anew. */
  take(): { body: Buffer; ends: Uint32Array } {
    const taken = { body: Buffer.from(this.bytes.subarray(0, this.length)), ends: Uint32Array.from(this.ended) }
    this.ended.length = 0
    this.length = 0
    return taken
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + by))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
