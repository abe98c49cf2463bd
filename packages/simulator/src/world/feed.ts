import { milliseconds } from '../duration.ts'
import { timeText, ticksOf } from '../ticks.ts'
import { Heap } from '../heap.ts'
import { drawLateness } from './lateness.ts'
import type { Random } from '../random.ts'
import type { ActivityScenario } from '../scenario.ts'
import type { ContentType } from '../streams.ts'
import type { Blob } from './blob.ts'
import type { Version } from './version.ts'

/** What a feed tells its world: a record can be seen, or never will be. */
export interface FeedEvents {
  listed(version: Version, at: number): void
  dropped(version: Version): void
}

/** The content of one type in one tenant: records come in, blobs come out in the order of their availability. */
export class Feed {
  readonly contentType: ContentType
  readonly #options: ActivityScenario
  readonly #random: Random
  readonly #events: FeedEvents
  readonly #blobs: Blob[] = []
  readonly #coming = new Heap<Blob>()
  readonly #repeats = new Heap<Version>()
  #open: Version[] = []
  #openedAt = 0
  #enabled = false

  constructor(contentType: ContentType, options: ActivityScenario, random: Random, events: FeedEvents) {
    this.contentType = contentType
    this.#options = options
    this.#random = random
    this.#events = events
  }

  get enabled(): boolean {
    return this.#enabled
  }

  /** Content produced without a subscription is lost for good. */
  set enabled(on: boolean) {
    this.#enabled = on
  }

  /** Blobs that are listed by now, in the order they became available. */
  get blobs(): readonly Blob[] {
    return this.#blobs
  }

  blob(contentId: string): Blob | undefined {
    return this.#blobs.find((blob) => blob.contentId === contentId)
  }

  /** Takes a record that is ready to be published. */
  add(version: Version, at: number): void {
    if (!this.#enabled) return this.#events.dropped(version)
    this.#put(version, at)
    if (this.#random.chance(this.#options.repeatedRecords ?? 0.02)) {
      this.#repeats.push(at + this.#repeatDelay(), version)
    }
  }

  /** Closes and lists what is due; `all` closes and lists everything there is. */
  advance(now: number, all = false): void {
    const until = all ? Number.POSITIVE_INFINITY : now
    for (let due = this.#repeats.popDue(until); due; due = this.#repeats.popDue(until)) this.#put(due.value, now)
    const isRipe = now - this.#openedAt >= milliseconds(this.#options.blobEvery ?? '60s')
    if (this.#open.length > 0 && (all || isRipe)) this.#close(now)
    for (let due = this.#coming.popDue(until); due; due = this.#coming.popDue(until)) {
      this.#list(due.value, all ? now : due.at)
    }
  }

  #put(version: Version, at: number): void {
    const ripeAt = this.#openedAt + milliseconds(this.#options.blobEvery ?? '60s')
    if (this.#open.length > 0 && at > ripeAt) this.#close(ripeAt)
    if (this.#open.length === 0) this.#openedAt = at
    this.#open.push(version)
    if (this.#open.length >= (this.#options.blobRecords ?? 100)) this.#close(at)
  }

  #close(at: number): void {
    const records = this.#open
    this.#open = []
    this.#announce(records, at)
    if (this.#random.chance(this.#options.repeatedBlobs ?? 0.02)) this.#announce(records, at + this.#repeatDelay())
  }

  #announce(records: readonly Version[], created: number): void {
    const listedAt = created + drawLateness(this.#options.blobLateness ?? defaultBlobLateness, this.#random)
    const contentId = this.#contentId(created)
    const listedTwice = this.#random.chance(this.#options.repeatedListings ?? 0.02)
    this.#coming.push(listedAt, { contentId, contentType: this.contentType, created, listedAt, listedTwice, records })
  }

  #list(blob: Blob, at: number): void {
    this.#blobs.push(blob)
    for (const record of blob.records) {
      record.blobs.push(blob.contentId)
      this.#events.listed(record, at)
    }
  }

  #repeatDelay(): number {
    return this.#random.next() * milliseconds(this.#options.repeatWithin ?? '3d')
  }

  // The shape of ids in the wild: two time stamps, the type twice and two data centers, with `$` between.
  #contentId(created: number): string {
    const stamp = () => timeText(ticksOf(created), 3).replaceAll(/[^0-9]/g, '') + String(this.#random.below(1_000_000))
    const type = this.contentType.replace('.', '_')
    return `${stamp()}$${stamp()}$${type.toLowerCase()}$${type}$emea0026$emea0026`
  }
}

const defaultBlobLateness = [
  { share: 0.9, from: 0, to: '5s' },
  { share: 0.09, from: '5s', to: '10m' },
  { share: 0.01, from: '1h', to: '12h' },
]
