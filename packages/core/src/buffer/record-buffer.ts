import type { Clock } from '../clock.ts'
import type { Disk } from '../disk/disk.ts'
import { Slots } from '../disk/slots.ts'
import { Notifier } from '../notifier.ts'
import { Cursors, parseCursors } from './cursors.ts'
import { type Frame, readFrame, writeFrame } from './frame.ts'
import { type LaneTail, recover } from './recover.ts'
import { FrameReader } from './reader.ts'
import type { FrameSource, RouteBuffer } from './route-buffer.ts'
import type { Segment } from './segment.ts'
import { SegmentWriter } from './writer.ts'

export interface BufferOptions {
  readonly disk: Disk
  readonly folder: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Names of the targets that read it. */
  readonly targets: readonly string[]
  /** Bytes after which a new segment begins; the first unit of what is deleted. */
  readonly segmentBytes: number
  /** Bytes on disk from which on nothing more is taken. */
  readonly limitBytes: number
  /** Bytes of the newest frames that stay in memory, for targets that keep up. */
  readonly memoryBytes: number
  readonly trouble: (reason: string | undefined) => void
}

export interface BufferReport {
  readonly damagedBytes: number
  readonly damagedFiles: readonly string[]
  readonly holes: readonly { readonly from: number; readonly to: number }[]
  readonly tails: ReadonlyMap<string, LaneTail>
  /** Targets that read it no more, and how many events each had still to get. */
  readonly leftBehind: readonly { readonly target: string; readonly events: number }[]
}

/** Frames stay in memory as they were written: views of records would keep whole pages of a source alive. */
interface Recent {
  readonly base: number
  readonly end: number
  readonly payload: Buffer
}

/**
 * The buffer of one route: frames in segments on disk, one cursor a target. What is appended is durable when the call resolves
 * and goes on to the targets from memory; only a target that lags, or a new start, reads it back.
 */
export class RecordBuffer implements RouteBuffer {
  readonly batchBytes = Infinity
  readonly evidence = true
  readonly cursors: Cursors
  readonly segments: Segment[]
  private readonly options: BufferOptions
  private readonly writer: SegmentWriter
  private readonly recent: Recent[] = []
  private recentBytes = 0
  private next: number
  private durable: number
  /** Notified at every append and deletion. */
  readonly changes = new Notifier()
  /** Batches that lanes have not settled yet, in order. */
  private readonly unsettled: { readonly base: number; readonly end: number; settled: boolean }[] = []
  private deleting: Promise<void> = Promise.resolve()

  private constructor(given: BufferOptions, cursors: Cursors, segments: Segment[], next: number) {
    // Room is made by whole segments: where few of them fit the limit, it would hardly ever be made.
    const options = { ...given, segmentBytes: Math.min(given.segmentBytes, Math.ceil(given.limitBytes / 4)) }
    this.options = options
    this.cursors = cursors
    this.segments = segments
    this.next = next
    this.durable = next
    this.writer = new SegmentWriter(options, segments)
  }

  /** `least`: where the numbering has got to as far as the lanes know; a removed file must not make it begin again. */
  static async open(options: BufferOptions, least: number): Promise<{ buffer: RecordBuffer; report: BufferReport }> {
    const { disk, folder, targets } = options
    await disk.makeFolder(folder)
    const { slots, value, damaged } = await Slots.at(disk, `${folder}/cursors`)
    const state = parseCursors(value) ?? { targets: {}, committed: 0 }
    const known = Object.entries(state.targets).filter(([name]) => targets.includes(name))
    const lowest = Math.min(...known.map(([, at]) => at), state.committed)
    const proven = Math.max(least, state.committed, ...known.map(([, at]) => at))
    const keepFrom = known.length > 0 ? lowest : 0
    const found = await recover(disk, folder, { keepFrom, committed: state.committed, proven })
    const reached = Math.max(found.next, proven)
    // A target that is new begins with what comes from now on. Where no cursor was ever kept, nothing was delivered for sure.
    const start = value === undefined ? 0 : reached
    const cursors = new Cursors(slots, {
      targets: Object.fromEntries(targets.map((name) => [name, state.targets[name] ?? start])),
      committed: state.committed,
    })
    const buffer = new RecordBuffer(options, cursors, found.segments, reached)
    const end = found.next < reached ? [{ from: found.next, to: reached }] : []
    const wanted = Math.min(...targets.map((name) => cursors.get(name)))
    const holes = [...found.holes, ...end].filter((hole) => hole.to > wanted)
    const leftBehind = Object.entries(state.targets)
      .filter(([name, at]) => !targets.includes(name) && at < reached)
      .map(([target, at]) => ({ target, events: reached - at }))
    const { damagedBytes, tails } = found
    return { buffer, report: { damagedBytes, damagedFiles: damaged, holes, tails, leftBehind } }
  }

  /** Sequence behind the last durable record. */
  get end(): number {
    return this.durable
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size, 0)
  }

  get full(): boolean {
    return !this.hasRoom(0)
  }

  /** Whether more is taken; `reserve` bytes beyond the limit are for what must get through even then. */
  private hasRoom(reserve: number): boolean {
    return this.bytes < this.options.limitBytes + reserve
  }

  /** So much of it is free that a route that was parked may go on: what is collected again must not fill it. */
  get roomy(): boolean {
    return this.bytes < this.options.limitBytes / 2
  }

  /** Resolves with the first sequence when the records are durable. Rejects only when the signal is aborted. */
  append(frame: Omit<Frame, 'base'>): { base: number; done: Promise<void> } {
    const base = this.next
    const whole: Frame = { ...frame, base }
    const payload = writeFrame(whole)
    this.next += frame.records.length
    this.unsettled.push({ base, end: this.next, settled: false })
    const done = this.writer
      .append(base, this.next, payload)
      .then(() => this.appended({ base, end: base + frame.records.length, payload }))
    return { base, done }
  }

  /** The lane of a batch has kept what was in it: its frame is no longer needed as evidence. */
  settled(base: number): void {
    const batch = this.unsettled.find((b) => b.base === base)
    if (batch) batch.settled = true
    while (this.unsettled[0]?.settled) this.cursors.commit((this.unsettled.shift() as { end: number }).end)
  }

  /** All that was there at the start is in the lanes' own state now. */
  adopted(): void {
    if (this.unsettled.length === 0) this.cursors.commit(this.next)
  }

  private appended(recent: Recent): void {
    this.durable = recent.end
    this.recent.push(recent)
    this.recentBytes += recent.payload.length
    while (this.recentBytes > this.options.memoryBytes && this.recent.length > 1)
      this.recentBytes -= (this.recent.shift() as Recent).payload.length
    this.changes.notify()
  }

  /** The frame that holds a sequence, where it is still in memory. */
  inMemory(sequence: number): Frame | undefined {
    const first = this.recent[0]
    if (!first || sequence < first.base) return undefined
    let low = 0
    let high = this.recent.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.recent[middle] as Recent).base <= sequence) low = middle
      else high = middle - 1
    }
    return readFrame((this.recent[low] as Recent).payload)
  }

  /** Resolves when there is room, or the signal is aborted. */
  room(signal: AbortSignal, reserve = 0): Promise<void> {
    return this.until(() => this.hasRoom(reserve), signal)
  }

  /** Resolves when half of it is free, or the signal is aborted. */
  ample(signal: AbortSignal): Promise<void> {
    return this.until(() => this.roomy, signal)
  }

  private async until(enough: () => boolean, signal: AbortSignal): Promise<void> {
    while (!enough() && !signal.aborted) {
      const { version } = this.changes
      await Promise.race([this.changes.wait(version, signal), this.options.clock.sleep(1000, signal)]).catch(
        () => undefined,
      )
      // What could not be deleted or kept before, because the disk failed, is tried again.
      if (!enough()) await this.keep().catch(() => undefined)
    }
  }

  /** Keeps the cursors, then deletes segments that nobody needs. The order matters: a cursor is kept before its data goes. */
  async keep(): Promise<void> {
    await this.cursors.persist()
    this.deleting = this.deleting.then(() => this.trim()).catch(() => undefined)
    await this.deleting
  }

  private async trim(): Promise<void> {
    const from = this.cursors.keepFrom
    while (this.segments[0] && this.segments[0].end <= from) {
      // The last one is deleted only when it is worth it.
      if (this.segments.length === 1 && (this.segments[0].size < this.options.segmentBytes || !this.writer.retire()))
        return
      const [gone] = this.segments.splice(0, 1)
      await this.options.disk.remove(`${this.options.folder}/${(gone as Segment).name}`)
      this.changes.notify()
    }
  }

  behind(target: string): boolean {
    return this.cursors.persisted(target) < this.cursors.get(target)
  }

  reader(): FrameSource {
    return new FrameReader(this)
  }

  get folder(): string {
    return this.options.folder
  }

  get disk(): Disk {
    return this.options.disk
  }

  async close(): Promise<void> {
    await this.writer.close()
    await this.cursors.close()
  }
}
