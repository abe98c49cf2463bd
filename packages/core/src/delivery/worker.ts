import type { Logger } from 'winston'
import type { RouteBuffer } from '../buffer/route-buffer.ts'
import type { Clock } from '../clock.ts'
import type { Encoder } from '../contracts/annotate.ts'
import type { OwnEvent } from '../contracts/source.ts'
import { type Delivery, eventAt, type Receipt } from '../contracts/target.ts'
import { Notifier } from '../notifier.ts'
import { Feed } from './feed.ts'
import { type Flight, flightsOf, remaining } from './flight.ts'

export interface WorkerOptions {
  /** Name of the target in its route: key of its cursor. */
  readonly name: string
  readonly buffer: RouteBuffer
  readonly encoder: Encoder
  readonly delivery: Delivery
  /** Bytes that can come again after an unclean stop: no more than these go out beyond the kept cursor. */
  readonly window: number
  readonly clock: Clock
  readonly log: Logger
  readonly tell: (event: OwnEvent) => void
  readonly deadLetter: (event: Buffer, reason: string) => Promise<void>
  readonly count: (what: 'sent' | 'rejected' | 'repeated', events: number) => void
}

export interface TargetState {
  readonly state: 'connected' | 'error' | 'paused'
  /** Records that wait, and the time of the oldest one (milliseconds since 1970). */
  readonly waiting: number
  readonly oldestMs?: number
  readonly lastDeliveryMs?: number
  readonly failingSinceMs?: number
  readonly error?: string
}

/**
 * Delivers what is in a route's buffer to one target, in order. After a failure everything under way is waited for, then what
 * was not delivered goes again before anything new, so that order is kept.
 */
export class TargetWorker {
  private readonly options: WorkerOptions
  private readonly feed: Feed
  private readonly maxBytes: number
  private flights: Flight[] = []
  private queue: Flight[] = []
  /** Bytes sent of flights whose end is not kept yet, oldest first. */
  private beyond: { readonly next: number; readonly bytes: number }[] = []
  private keeping: Promise<void> | undefined
  private readonly changes = new Notifier()
  private running: Promise<void> | undefined
  private readonly stopping = new AbortController()
  private readonly cutting = new AbortController()
  private failures = 0
  private failingSinceMs: number | undefined
  private lastDeliveryMs: number | undefined
  private lastError: string | undefined
  private pausedNow = false

  constructor(options: WorkerOptions) {
    const { buffer, name, encoder, delivery, window } = options
    this.options = options
    // Two parcels fit the window, so that one can be under way while the cursor of the other is kept.
    this.maxBytes = Math.max(1, Math.min(delivery.maxBytes, Math.floor(window / 2)))
    this.feed = new Feed(buffer, encoder, buffer.cursors.get(name), this.maxBytes, delivery.maxEvents)
  }

  get status(): TargetState {
    const { buffer, name } = this.options
    const waiting = buffer.end - buffer.cursors.get(name)
    const oldest = this.feed.timeMs
    return {
      state: this.pausedNow ? 'paused' : this.failingSinceMs === undefined ? 'connected' : 'error',
      waiting,
      ...(waiting > 0 && Number.isFinite(oldest) && { oldestMs: oldest }),
      ...(this.lastDeliveryMs !== undefined && { lastDeliveryMs: this.lastDeliveryMs }),
      ...(this.failingSinceMs !== undefined && { failingSinceMs: this.failingSinceMs }),
      ...(this.failingSinceMs !== undefined && this.lastError !== undefined && { error: this.lastError }),
    }
  }

  set paused(paused: boolean) {
    this.pausedNow = paused
    this.changes.notify()
  }

  /** Runs until `stop`. Never throws for what a receiver does. */
  run(): Promise<void> {
    return (this.running ??= this.loop())
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      const own = this.changes.version
      const there = this.options.buffer.changes.version
      await this.land()
      if (signal.aborted) break
      if (!(await this.sendNext().catch((error: unknown) => this.unreadable(error))))
        await this.waitForChange(own, there)
    }
    await this.feed.close()
  }

  private async unreadable(cause: unknown): Promise<boolean> {
    const { name, log, clock } = this.options
    log.error(`target ${name}: its buffer cannot be read: ${(cause as Error).message}; tried again`)
    await clock.sleep(1000, this.stopping.signal).catch(() => undefined)
    return true
  }

  /** Lets what is under way arrive, for at most so long, and says good-bye to the receiver. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    this.changes.notify()
    const cut = setTimeout(() => this.cutting.abort(new Error('deadline')), deadlineMs)
    try {
      await Promise.race([this.running, aborted(this.cutting.signal)])
      await Promise.race([this.options.delivery.close(), aborted(this.cutting.signal)])
      await this.allAnswered(this.cutting.signal)
      // What cannot be written now is delivered again: its cursor stays.
      await Promise.race([this.landed(), aborted(this.cutting.signal)])
    } finally {
      clearTimeout(cut)
    }
  }

  private async landed(): Promise<void> {
    await this.landDelivered()
    await this.keep()
  }

  /** True where something was sent. */
  private async sendNext(): Promise<boolean> {
    const { delivery } = this.options
    if (this.pausedNow || this.flights.length >= delivery.inFlight) return false
    if (this.queue.length === 0) {
      const before = this.feed.position
      const portion = await this.feed.next()
      if (!portion) return false
      this.queue = flightsOf(portion, before, this.maxBytes, delivery.maxEvents)
      if (this.queue.length === 0) return this.passEmpty(portion.next)
    }
    const flight = this.queue[0] as Flight
    if (!this.fits(flight.parcel.body.length)) return false
    this.queue.shift()
    this.beyond.push({ next: flight.end, bytes: flight.parcel.body.length })
    this.flights.push(flight)
    this.fly(flight)
    return true
  }

  /** Records without events: the cursor passes them once what is before them is delivered. */
  private passEmpty(next: number): boolean {
    const last = this.flights.at(-1)
    if (last) last.next = next
    else {
      this.options.buffer.cursors.advance(this.options.name, next)
      this.keepSoon()
    }
    return true
  }

  private fits(bytes: number): boolean {
    const sent = this.beyond.reduce((sum, b) => sum + b.bytes, 0)
    return sent === 0 || sent + bytes <= this.options.window
  }

  private fly(flight: Flight): void {
    if (flight.parcel.attempt > 0) this.options.count('repeated', flight.parcel.ends.length)
    void this.answered(flight)
  }

  private async answered(flight: Flight): Promise<void> {
    try {
      flight.receipt = await this.options.delivery.deliver(flight.parcel, this.cutting.signal)
    } catch (error) {
      flight.receipt = { all: 'unknown', reason: (error as Error).message }
    }
    this.changes.notify()
  }

  /** Takes in answers. Where one is a failure: waits for the others, then sends again what is missing. */
  private async land(): Promise<void> {
    await this.landDelivered()
    const first = this.flights[0]
    if (!first?.receipt) return
    this.failed(first.receipt)
    await this.allAnswered(this.stopping.signal)
    await this.options.clock.sleep(this.backOff(first.receipt), this.stopping.signal).catch(() => undefined)
    if (this.stopping.signal.aborted) return
    await this.again()
  }

  /** Sends again in order, one by one: the first that fails ends the attempt. */
  private async again(): Promise<void> {
    const flights = this.flights
    this.flights = []
    for (const flight of flights) {
      const parcel = remaining(flight)
      if (parcel) await this.rejections(flight)
      if (parcel) this.options.count('sent', flight.parcel.ends.length - parcel.ends.length - rejectedIn(flight))
      this.flights.push(parcel ? { parcel, next: flight.next, end: flight.end } : flight)
    }
    for (const flight of this.flights) if (!flight.receipt || remaining(flight)) this.fly(flight)
  }

  private async landDelivered(): Promise<void> {
    const { buffer, name, clock, count } = this.options
    while (this.flights[0]?.receipt && !remaining(this.flights[0])) {
      const flight = this.flights[0]
      await this.rejections(flight)
      this.flights.shift()
      count('sent', flight.parcel.ends.length - rejectedIn(flight))
      buffer.cursors.advance(name, flight.next)
      this.lastDeliveryMs = clock.now()
      this.recovered()
      this.keepSoon()
    }
  }

  private async rejections({ parcel, receipt }: Flight): Promise<void> {
    const rejected = (receipt?.except ?? []).filter((e) => e.is === 'rejected')
    for (const { at, reason } of rejected) await this.options.deadLetter(Buffer.from(eventAt(parcel, at)), reason)
    if (rejected.length > 0) this.options.count('rejected', rejected.length)
  }

  private failed({ reason = 'no reason given' }: Receipt): void {
    const { name, log, clock, tell } = this.options
    this.failures++
    this.lastError = reason
    if (this.failingSinceMs !== undefined) return
    this.failingSinceMs = clock.now()
    log.warn(`target ${name}: ${reason}; what is not delivered waits in the buffer`)
    tell({ action: 'target-lost', severity: 'medium', message: `target ${name}: ${reason}`, details: { target: name } })
  }

  private recovered(): void {
    if (this.failingSinceMs === undefined) return
    const { name, log, clock, tell } = this.options
    const seconds = Math.round((clock.now() - this.failingSinceMs) / 1000)
    this.failingSinceMs = undefined
    this.failures = 0
    log.info(`target ${name} takes events again after ${seconds} s`)
    const message = `target ${name} takes events again after ${seconds} s`
    tell({ action: 'target-recovered', severity: 'informational', message, details: { target: name, seconds } })
  }

  /** What the receiver asks for, else a second doubling to a minute, half of it by chance (full jitter would be storms of one). */
  private backOff({ afterMs }: Receipt): number {
    if (afterMs !== undefined) return afterMs
    const most = Math.min(60_000, 1000 * 2 ** Math.min(this.failures - 1, 6))
    return this.failures === 1 ? most / 4 : most / 2 + Math.random() * (most / 2)
  }

  private keepSoon(): void {
    this.keeping ??= this.keep().finally(() => {
      this.keeping = undefined
      const { buffer, name } = this.options
      if (buffer.behind(name)) this.keepSoon()
      this.changes.notify()
    })
  }

  /** Keeps the cursor; tried again where the disk fails, for what goes out beyond it comes again. */
  private async keep(): Promise<void> {
    const { buffer, name, clock, log } = this.options
    try {
      await buffer.keep()
    } catch (error) {
      log.warn(`the cursor of target ${name} cannot be kept: ${(error as Error).message}`)
      await clock.sleep(1000, this.cutting.signal).catch(() => undefined)
    }
    const kept = buffer.cursors.persisted(name)
    this.beyond = this.beyond.filter((b) => b.next > kept)
  }

  private async allAnswered(signal: AbortSignal): Promise<void> {
    for (;;) {
      const { version } = this.changes
      if (this.flights.every((f) => f.receipt) || signal.aborted) return
      await this.changes.wait(version, signal)
    }
  }

  private async waitForChange(own: number, there: number): Promise<void> {
    const over = new AbortController()
    try {
      await Promise.race([this.changes.wait(own, over.signal), this.options.buffer.changes.wait(there, over.signal)])
    } finally {
      over.abort()
    }
  }
}

const rejectedIn = ({ receipt }: Flight): number => (receipt?.except ?? []).filter((e) => e.is === 'rejected').length

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )
