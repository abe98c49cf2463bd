/** Bytes of a file in one document. */
export const chunkBytes = 32 << 10

/** What a file holds, in memory, and which of its chunks the store does not have yet. */
export class FileContent {
  readonly id: string
  /** Where it stands; undefined once it was removed or replaced. */
  path: string | undefined
  /** The store knows its name. */
  named = false
  /** Chunks that the store holds. */
  stored = 0
  private bytes = Buffer.alloc(0)
  private length = 0
  private dirty = new Set<number>()

  constructor(id: string, path: string, chunks: ReadonlyMap<number, Buffer> = new Map()) {
    this.id = id
    this.path = path
    for (const [at, chunk] of chunks) {
      this.write(chunk, at * chunkBytes)
      this.stored = Math.max(this.stored, at + 1)
    }
    this.dirty.clear()
  }

  get size(): number {
    return this.length
  }

  get chunks(): number {
    return Math.ceil(this.length / chunkBytes)
  }

  write(from: Buffer, position: number): void {
    const end = position + from.length
    this.reserve(end)
    // What lies between the end and the position reads as zeros.
    if (position > this.length) this.bytes.fill(0, this.length, position)
    from.copy(this.bytes, position)
    this.touch(Math.min(position, this.length), end)
    this.length = Math.max(this.length, end)
  }

  truncate(length: number): void {
    const before = this.length
    this.reserve(length)
    if (length > before) this.bytes.fill(0, before, length)
    this.length = length
    this.dirty = new Set([...this.dirty].filter((at) => at < this.chunks))
    this.touch(Math.min(before, length) - 1, length)
  }

  read(into: Buffer, position: number): number {
    return position >= this.length ? 0 : this.bytes.copy(into, 0, position, this.length)
  }

  whole(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length))
  }

  /** Chunks to be stored; they count as stored from here on, unless they are given back. */
  takeDirty(): readonly { readonly at: number; readonly bytes: Buffer }[] {
    const taken = [...this.dirty].toSorted((a, b) => a - b)
    this.dirty.clear()
    return taken.map((at) => ({
      at,
      bytes: this.bytes.subarray(at * chunkBytes, Math.min(this.length, (at + 1) * chunkBytes)),
    }))
  }

  giveBack(chunks: Iterable<number>): void {
    for (const at of chunks) if (at < this.chunks) this.dirty.add(at)
  }

  private touch(from: number, to: number): void {
    for (let at = Math.floor(Math.max(0, from) / chunkBytes); at * chunkBytes < to; at++) this.dirty.add(at)
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return
    const larger = Buffer.alloc(Math.max(length, this.bytes.length * 2, 1024))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
