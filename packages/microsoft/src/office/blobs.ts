import { type Lane, noRecords, type OwnEvent, type Records, SiembridgeError } from '@siembridge/core'
import { hour } from '../common/duration.ts'
import { recordsOfArray } from '../records/cut.ts'
import type { Content, Feed } from './feed.ts'
import { FeedProblem } from './problem.ts'

export interface BlobsOptions {
  readonly feed: Feed
  readonly lane: Lane
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly concurrency: number
  /** Reads a blob again an hour after it became available. */
  readonly readTwice: boolean
  readonly signal: AbortSignal
  /** Server's time, milliseconds since 1970. */
  readonly now: () => number
  /** Hands over with the position as it is. */
  readonly emit: (records: Records, marks: readonly string[]) => Promise<void>
  readonly tell: (event: OwnEvent) => void
}

/** What came of a listing's blobs: how many are still to be had, and why. */
export interface Fetched {
  readonly failed: number
  readonly reason: unknown
}

/** A blob that is to be read, and what is noted once it is. */
interface Wanted {
  readonly content: Content
  readonly mark: string
}

/** Fetches blobs that are not known yet, some at once. A blob that fails leaves the others alone. */
export class Blobs {
  readonly #options: BlobsOptions
  /** Marks that were handed over and are not settled yet. */
  readonly #handedOver = new Set<string>()
  #emitting: Promise<void> = Promise.resolve()
  constructor(options: BlobsOptions) {
    this.#options = options
  }

  async fetch(listed: readonly Content[]): Promise<Fetched> {
    const { concurrency, signal } = this.#options
    const [lost, failed]: [Lost[], unknown[]] = [[], []]
    const todo = this.#wanted(listed)
    const worker = async (): Promise<void> => {
      for (const wanted of todo)
        try {
          await this.#one(wanted)
        } catch (error) {
          signal.throwIfAborted()
          if (isGone(error)) lost.push(...(await this.#gone(wanted, error.message)))
          // What holds for all blobs (token, permission, quota) is no matter of this one.
          else if (isGeneral(error)) throw error
          else failed.push(error)
        }
    }
    const ends = await Promise.allSettled(Array.from({ length: concurrency }, worker))
    if (lost.length > 0) this.#tell(lost)
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return { failed: failed.length, reason: failed[0] }
  }

  #wanted(listed: readonly Content[]): IterableIterator<Wanted> {
    for (const mark of this.#handedOver) if (this.#options.lane.knows(mark)) this.#handedOver.delete(mark)
    const wanted = new Map<string, Wanted>()
    for (const content of listed) {
      const mark = this.#markOf(content)
      if (mark !== undefined) wanted.set(mark, { content, mark })
    }
    return wanted.values()
  }

  #markOf({ contentId, contentCreated }: Content): string | undefined {
    const { readTwice, now } = this.#options
    if (!this.#known(contentId)) return contentId
    const again = `${contentId} again`
    const due = readTwice && now() - Date.parse(contentCreated) > hour
    return due && !this.#known(again) ? again : undefined
  }

  #known(mark: string): boolean {
    return this.#handedOver.has(mark) || this.#options.lane.knows(mark)
  }

  async #one({ content, mark }: Wanted): Promise<void> {
    const { feed, subject, now } = this.#options
    if (Date.parse(content.contentExpiration ?? '') <= now())
      throw new FeedProblem('RequestRefused', subject, 'gone', 'AF20051', 'expired')
    const { bytes, json } = await feed.blob(content)
    await this.#emit(recordsOfArray(bytes, json, subject), mark)
  }

  /** What was read once is not lost. */
  async #gone({ content, mark }: Wanted, message: string): Promise<Lost[]> {
    await this.#emit(noRecords, mark)
    return mark === content.contentId ? [{ content, reason: message.split('\n')[0] ?? '' }] : []
  }

  /** One after the other: the order of a lane is the order of its calls. */
  async #emit(records: Records, mark: string): Promise<void> {
    const emitted = this.#emitting.then(() => this.#options.emit(records, [mark]))
    this.#emitting = emitted.catch(() => {})
    await emitted
    this.#handedOver.add(mark)
  }

  #tell(lost: readonly Lost[]): void {
    const { subject, details, tell } = this.#options
    const created = lost.map(({ content }) => content.contentCreated).toSorted()
    const span = { from: created[0] ?? '', to: created.at(-1) ?? '' }
    const message = `${subject}: ${lost.length} blobs are gone or expired before they could be fetched`
    const reason = lost[0]?.reason ?? ''
    tell({ action: 'gap', severity: 'high', message, details: { ...details, ...span, blobs: lost.length, reason } })
  }
}

interface Lost {
  readonly content: Content
  readonly reason: string
}

const particular: readonly string[] = [
  'ServiceFailing',
  'PageUnreadable',
  'AnswerTooLarge',
  'AnswerTruncated',
  'AnswerLate',
  'ConnectionBroken',
  'RequestRefused',
  'ContentForeign',
]
const isGone = (error: unknown): error is FeedProblem => error instanceof FeedProblem && error.action === 'gone'
const isGeneral = (error: unknown): boolean => !(error instanceof SiembridgeError && particular.includes(error.code))
