import type { Clock } from '../clock.ts'
import { checkedEntry } from '../disk/checked.ts'
import { type Disk, type OpenFile, writeAll } from '../disk/disk.ts'
import { frameMagic, headerBytes, type Segment, segmentHeader, segmentName } from './segment.ts'

export interface WriterOptions {
  readonly disk: Disk
  readonly folder: string
  readonly clock: Clock
  /** Bytes after which a new segment begins. */
  readonly segmentBytes: number
  readonly signal: AbortSignal
  /** Told when writing fails and when it works again; the bytes stay in memory and are tried again. */
  readonly trouble: (reason: string | undefined) => void
}

interface Pending {
  readonly base: number
  readonly end: number
  readonly entry: Buffer
  resolve(): void
  reject(reason: unknown): void
}

/** Most bytes that one fdatasync covers. */
const groupBytes = 4 << 20
const retryMs = [100, 500, 1000, 5000, 10_000] as const

/**
 * Appends frames to segments. While one group is being synced the next one gathers, so that a slow disk makes larger groups and
 * no timer is needed. After a failed write or sync nothing is known of the file (the kernel may have dropped the pages:
 * fsync(2)), so a new segment is begun and the group is written there again.
 */
export class SegmentWriter {
  private readonly options: WriterOptions
  private readonly segments: Segment[]
  private file: OpenFile | undefined
  private queue: Pending[] = []
  private running: Promise<void> | undefined
  private failures = 0

  constructor(options: WriterOptions, segments: Segment[]) {
    this.options = options
    this.segments = segments
  }

  /** Resolves when the payload is durable. Rejects only when the signal is aborted. */
  append(base: number, end: number, payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ base, end, entry: checkedEntry(frameMagic, payload), resolve, reject })
      this.wake()
    })
  }

  private wake(): void {
    this.running ??= this.drain().finally(() => {
      this.running = undefined
      // What came while the last group was being answered.
      if (this.queue.length > 0) this.wake()
    })
  }

  private async drain(): Promise<void> {
    // What is appended in the same turn goes into the same group.
    await Promise.resolve()
    while (this.queue.length > 0) {
      const group = this.nextGroup()
      try {
        await this.write(group)
        this.queue.splice(0, group.length)
        for (const one of group) one.resolve()
      } catch (error) {
        await this.failed(error as Error)
        if (this.options.signal.aborted) return this.giveUp()
      }
    }
  }

  private nextGroup(): Pending[] {
    let bytes = 0
    const over = this.queue.findIndex((one) => (bytes += one.entry.length) > groupBytes)
    return this.queue.slice(0, over <= 0 ? (over === 0 ? 1 : this.queue.length) : over)
  }

  private async write(group: readonly Pending[]): Promise<void> {
    const first = group[0] as Pending
    const segment = await this.segmentFor(first.base)
    const bytes = group.length === 1 ? first.entry : Buffer.concat(group.map((one) => one.entry))
    const file = this.file as OpenFile
    await writeAll(file, bytes, segment.size)
    await file.sync()
    segment.size += bytes.length
    segment.end = (group.at(-1) as Pending).end
    if (this.failures > 0) this.options.trouble(undefined)
    this.failures = 0
  }

  private async segmentFor(base: number): Promise<Segment> {
    const last = this.segments.at(-1)
    if (this.file && last && last.size < this.options.segmentBytes) return last
    await this.closeFile()
    return this.begin(base)
  }

  private async begin(base: number): Promise<Segment> {
    const { disk, folder, clock } = this.options
    const last = this.segments.at(-1)
    const attempt = last?.base === base ? last.attempt + 1 : 0
    const name = segmentName(base, attempt)
    const file = await disk.open(`${folder}/${name}`, true)
    try {
      await file.truncate(0)
      await writeAll(file, segmentHeader(base, Math.max(0, clock.now())), 0)
      await disk.syncFolder(folder)
    } catch (error) {
      await file.close().catch(() => undefined)
      await disk.remove(`${folder}/${name}`).catch(() => undefined)
      throw error
    }
    this.file = file
    const segment: Segment = { name, base, attempt, size: headerBytes, end: base }
    this.segments.push(segment)
    return segment
  }

  private async failed({ message }: Error): Promise<void> {
    this.options.trouble(message)
    await this.closeFile()
    const wait = retryMs[Math.min(this.failures++, retryMs.length - 1)] as number
    await this.options.clock.sleep(wait, this.options.signal).catch(() => undefined)
  }

  private giveUp(): void {
    for (const one of this.queue.splice(0)) one.reject(this.options.signal.reason)
  }

  private async closeFile(): Promise<void> {
    const file = this.file
    this.file = undefined
    await file?.close().catch(() => undefined)
  }

  /** Lets go of the last segment, so that it can be deleted; false while it is being written. */
  retire(): boolean {
    if (this.running) return false
    void this.closeFile()
    return true
  }

  async close(): Promise<void> {
    await this.running
    await this.closeFile()
  }
}
