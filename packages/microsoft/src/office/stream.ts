import { type Clock, type Lane, noRecords, type OwnEvent, type Records, type StreamReport } from '@siembridge/core'
import { day, hour, minute } from '../common/duration.ts'
import type { Looker } from '../common/looks.ts'
import type { ServerTime } from '../common/server-time.ts'
import { Turns } from '../common/turns.ts'
import type { SilenceWatch } from '../common/watch.ts'
import { Blobs } from './blobs.ts'
import type { Feed } from './feed.ts'
import { type Position, readPosition, writePosition } from './position.ts'
import { FeedProblem } from './problem.ts'
import { Subscription } from './subscription.ts'

/** Content is kept for seven days; five minutes less, so that a slow request does not ask for what is out of range. */
const oldestMs = 7 * day - 5 * minute

/** Overlap of listings between two full ones. */
const shortOverlapMs = hour

/** Times that a listing is begun anew when a page of it is not valid any more. */
const relists = 3

export interface OfficeStreamOptions {
  readonly feed: Feed
  readonly lane: Lane
  readonly clock: Clock
  readonly time: ServerTime
  readonly silence: SilenceWatch
  readonly signal: AbortSignal
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly intervalMs: number
  readonly overlapMs: number
  readonly concurrency: number
  readonly readTwice: boolean
  /** Where a first start begins, and where a bounded run ends; milliseconds since 1970. */
  readonly sinceMs: number
  readonly untilMs?: number | undefined
  readonly tell: (event: OwnEvent) => void
}

/**
 * Collects one content type. Listings go by the time at which content became available, and are repeated, because content becomes
 * available out of order; what was fetched is known by its id. The position passes nothing that is still to be had.
 */
export class OfficeStream implements Looker {
  readonly #options: OfficeStreamOptions
  readonly #subscription: Subscription
  readonly #blobs: Blobs
  readonly #overlaps: Turns
  #position: Position
  #toldTooOld = false

  constructor(options: OfficeStreamOptions) {
    const { lane, clock, feed, time, sinceMs, subject, intervalMs } = options
    this.#options = options
    this.#position = lane.position ? readPosition(lane.position, subject) : { to: sinceMs, since: sinceMs }
    this.#overlaps = new Turns(clock, intervalMs)
    this.#blobs = new Blobs({ ...options, now: () => time.now(), emit: (records, marks) => this.#emit(records, marks) })
    const starting = (started: number) => this.#advance({ started })
    this.#subscription = new Subscription({ feed, clock, startedMs: () => this.#position.started, starting })
  }

  get silence(): SilenceWatch {
    return this.#options.silence
  }

  get intervalMs(): number {
    return this.#options.intervalMs
  }

  get state(): StreamReport {
    return { state: 'connected', collectedToMs: this.#position.to }
  }

  get done(): boolean {
    const { untilMs } = this.#options
    return untilMs !== undefined && this.#position.to >= untilMs
  }

  async look(): Promise<void> {
    await this.#subscription.ensure()
    await this.#overlaps.take((whole) => this.#ahead(whole ? this.#options.overlapMs : shortOverlapMs))
  }

  async #ahead(overlapMs: number): Promise<void> {
    const { time, untilMs } = this.#options
    const { to, since } = this.#position
    const end = untilMs ?? time.now()
    const oldest = time.now() - oldestMs
    if (to < oldest) this.#tooOld(to, oldest)
    // Whole hours: a listing that began at a blob's own time has been seen to give a part of that blob only.
    const wanted = Math.floor((Math.min(to, end) - overlapMs) / hour) * hour
    let failure: unknown
    // Whole seconds, or a window of a day would be one second more than the API takes.
    for (let at = Math.floor(Math.max(since, wanted, oldest) / 1000) * 1000; at < end; at += day) {
      const next = Math.min(end, at + day)
      const failed = await this.#window(at, next)
      failure ??= failed
      // Later windows are read all the same, but the position waits.
      if (failure === undefined) await this.#reached(next)
    }
    if (failure !== undefined) throw failure
    if (end <= oldest) await this.#advance({ to: Math.max(this.#position.to, end) })
  }

  /** Lists a window and fetches what is new in it. Answers why something is still to be had. */
  async #window(from: number, to: number): Promise<unknown> {
    for (let relist = 0; ; relist++)
      try {
        let failure: unknown
        for await (const listed of this.#pages(from, to)) {
          const { failed, reason } = await this.#blobs.fetch(listed)
          if (failed > 0) failure ??= reason
        }
        return failure
      } catch (error) {
        if (!(error instanceof FeedProblem && error.action === 'relist') || relist + 1 >= relists) throw error
      }
  }

  /** A listing; its first page may want the subscription to be started. */
  async *#pages(from: number, to: number) {
    const { feed } = this.#options
    const first = await this.#subscription.with(async () => {
      const pages = feed.list(from, to)
      return { pages, page: await pages.next() }
    })
    if (first.page.done) return
    yield first.page.value
    yield* first.pages
  }

  #reached(next: number): Promise<void> {
    // What the server's clock has not come to yet is not behind us.
    return this.#advance({ to: Math.max(this.#position.to, Math.min(next, this.#options.time.now())) })
  }

  #advance(change: Partial<Position>): Promise<void> {
    this.#position = { ...this.#position, ...change }
    return this.#emit(noRecords, [])
  }

  #emit(records: Records, marks: readonly string[]): Promise<void> {
    if (records.index.length > 0) this.silence.heard()
    return this.#options.lane.emit(records, writePosition(this.#position), marks)
  }

  #tooOld(to: number, oldest: number): void {
    if (this.#toldTooOld) return
    this.#toldTooOld = true
    const { tell, subject, details } = this.#options
    const span = { from: new Date(to).toISOString(), to: new Date(oldest).toISOString() }
    const message = `${subject}: content from ${span.from} to ${span.to} is older than Microsoft keeps it`
    tell({ action: 'gap', severity: 'high', message, details: { ...details, ...span, reason: 'older than 7 days' } })
  }
}
