import { Notifier } from '../notifier.ts'
import { type Frame, readFrame, writeFrame } from './frame.ts'
import type { FrameSource, RouteBuffer, RouteCursors } from './route-buffer.ts'

/** A batch that is not settled yet. */
interface Held {
  readonly base: number
  readonly end: number
  /** Undefined once every target has it. */
  payload: Buffer | undefined
  settled: boolean
  resolve(): void
  reject(reason: unknown): void
}

export interface DirectOptions {
  readonly targets: readonly string[]
  /** Sequence of the first record: where the lanes' state ends. */
  readonly from: number
  /** Bytes of frames that no target has yet, from which on nothing more is taken. */
  readonly limitBytes: number
}

/** Bytes of a batch: its lane settles it as a whole, so it has to be small beside what may come again. */
const batchBytes = 128 << 10

/**
 * A buffer that keeps nothing: a lane may settle a batch when every target has all of it. What is not settled at an end is
 * collected again by its source, so a cursor counts as kept when the lanes have settled everything before it.
 */
export class DirectBuffer implements RouteBuffer {
  readonly changes = new Notifier()
  readonly batchBytes = batchBytes
  readonly evidence = false
  readonly cursors: RouteCursors
  bytes = 0
  private readonly limitBytes: number
  private readonly at: Map<string, number>
  private readonly held: Held[] = []
  private next: number
  private committed: number
  private closed = false

  constructor({ targets, from, limitBytes }: DirectOptions) {
    this.at = new Map(targets.map((name) => [name, from]))
    this.limitBytes = limitBytes
    this.next = from
    this.committed = from
    this.cursors = {
      get: (target) => this.at.get(target) ?? from,
      persisted: () => this.committed,
      advance: (target, sequence) => this.advance(target, sequence),
    }
  }

  get end(): number {
    return this.next
  }

  get full(): boolean {
    return this.bytes >= this.limitBytes
  }

  get roomy(): boolean {
    return this.bytes < this.limitBytes / 2
  }

  append(frame: Omit<Frame, 'base'>): { base: number; done: Promise<void> } {
    const base = this.next
    const payload = writeFrame({ ...frame, base })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.next += frame.records.length
    this.bytes += payload.length
    this.held.push({ base, end: this.next, payload, settled: false, resolve, reject })
    this.changes.notify()
    return { base, done: promise }
  }

  private advance(target: string, sequence: number): void {
    if (sequence <= this.cursors.get(target)) return
    this.at.set(target, sequence)
    const passed = Math.min(...this.at.values())
    for (const one of this.held) {
      if (one.end > passed) break
      if (!one.payload) continue
      this.bytes -= one.payload.length
      one.payload = undefined
      one.resolve()
    }
    this.changes.notify()
  }

  settled(base: number): void {
    const batch = this.held.find((one) => one.base === base)
    if (batch) batch.settled = true
    while (this.held[0]?.settled) this.committed = (this.held.shift() as Held).end
    this.changes.notify()
  }

  adopted(): void {
    // Nothing is left of an earlier run.
  }

  room(signal: AbortSignal, reserve = 0): Promise<void> {
    return this.until(() => this.bytes < this.limitBytes + reserve, signal)
  }

  ample(signal: AbortSignal): Promise<void> {
    return this.until(() => this.roomy, signal)
  }

  private async until(enough: () => boolean, ...signals: readonly AbortSignal[]): Promise<void> {
    while (!enough() && !signals.some((signal) => signal.aborted))
      await this.changes.wait(this.changes.version, ...signals)
  }

  /** Resolves when the lanes have settled what every target has, or at the end. */
  keep(): Promise<void> {
    return this.until(() => this.closed || !this.behind())
  }

  behind(): boolean {
    return this.held[0] !== undefined && this.held[0].payload === undefined && !this.closed
  }

  private inMemory(sequence: number): Frame | undefined {
    const found = this.held.find((one) => one.payload && one.end > sequence)
    return found?.payload && readFrame(found.payload)
  }

  reader(): FrameSource {
    return { at: (sequence) => Promise.resolve(this.inMemory(sequence)), close: () => Promise.resolve() }
  }

  close(): Promise<void> {
    this.closed = true
    for (const one of this.held.splice(0)) one.reject(new Error('the buffer is closed'))
    this.changes.notify()
    return Promise.resolve()
  }
}
