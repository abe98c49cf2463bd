import { write } from 'node:fs'
import { promisify } from 'node:util'
import type { Clock, Delivery, Parcel, Receipt } from '@siembridge/core'

/** What may have been written and not yet read: the kernel's pipe of 64 KiB (pipe(7)), and as much in splunkd's hands. */
export const unreadBytes = 131_072
/** Bytes of events that can come again after an unclean end: what is written in the time that events must lie behind, and `unreadBytes`. */
export const repeatWindow = 8 << 20

export interface StreamOptions {
  readonly clock: Clock
  /** File descriptor. */
  readonly descriptor: number
  /** How long splunkd must have gone on reading behind an event, in milliseconds. */
  readonly settleMs?: number
  /** How long the end of the stream may take, in milliseconds. */
  readonly closeMs?: number
  /** Told once when nobody reads any more. */
  readonly onBroken: (reason: string) => void
}

interface Pending {
  readonly bytes: Buffer
  end: number
  writtenAt: number
  answer(receipt: Receipt): void
}

// process.stdout blocks the whole process while a pipe is full.
const writeTo = promisify(write)
const usualSettleMs = 5000
const usualCloseMs = 4000
const lookEveryMs = 250
/** Between attempts at a full pipe, in milliseconds. */
const fullMs = 5
const begin = Buffer.from('<stream>\n')
const end = Buffer.from('</stream>\n')
/** White space between events, and behind the stream, means nothing in XML. */
const padding = Buffer.alloc(unreadBytes, '\n')

/**
 * The stream of events on standard output, for all inputs of a process. Nothing says that splunkd took an event; but what was
 * written 128 KiB before the newest byte, and some seconds ago, is no longer in the pipe. Where no events follow, white space does: an index
 * queue that blocks leaves the pipe full, and events that are unread count as not delivered, however long it takes.
 */
export class StreamOutput {
  private readonly options: Required<StreamOptions>
  private readonly waiting: Pending[] = []
  private readonly sent: Pending[] = []
  private written = 0
  private running: Promise<void> | undefined
  private wake: (() => void) | undefined
  private closing: AbortSignal | undefined
  private broken: string | undefined
  private finished = false

  constructor(options: StreamOptions) {
    this.options = { settleMs: usualSettleMs, closeMs: usualCloseMs, ...options }
  }

  /** A way into the stream for one input. Closing one of them ends the stream. */
  delivery(): Delivery {
    return {
      inFlight: 4096,
      maxBytes: 65_536,
      maxEvents: 1000,
      deliver: (parcel) => this.deliver(parcel),
      close: () => this.close(),
    }
  }

  private deliver({ body }: Parcel): Promise<Receipt> {
    const reason = this.broken ?? (this.closing && 'the stream is being closed')
    if (reason !== undefined) return Promise.resolve({ all: 'retry', reason, afterMs: 60_000 })
    const { promise, resolve } = Promise.withResolvers<Receipt>()
    this.waiting.push({ bytes: body, end: 0, writtenAt: 0, answer: resolve })
    this.start()
    return promise
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined
      // What came while the loop ended.
      if (this.waiting.length > 0 && this.broken === undefined) this.start()
    })
    this.wake?.()
  }

  /** Writes what waits and ends the stream; what splunkd does not take in time is not delivered. */
  async close(): Promise<void> {
    this.closing ??= AbortSignal.timeout(this.options.closeMs)
    this.wake?.()
    while (this.running) await this.running
    if (this.broken === undefined) await this.finish().catch((error: unknown) => this.fail(error as Error))
  }

  private async run(): Promise<void> {
    try {
      while (this.waiting.length + this.sent.length > 0 && this.broken === undefined) {
        await this.writeNext()
        if (this.closing && this.waiting.length === 0) return await this.finish()
        this.confirm()
        if (this.waiting.length > 0 || this.sent.length === 0) continue
        if (!(await this.pad())) await this.rest()
      }
    } catch (error) {
      this.fail(error as Error)
    }
  }

  private async writeNext(): Promise<void> {
    const next = this.waiting[0]
    if (!next) return
    await this.begin()
    await this.put(next.bytes)
    this.waiting.shift()
    this.sent.push(Object.assign(next, { end: this.written, writtenAt: this.options.clock.elapsed() }))
  }

  private async begin(): Promise<void> {
    if (this.written === 0) await this.put(begin)
  }

  /** True where something was written. */
  private async pad(): Promise<boolean> {
    const { clock, settleMs } = this.options
    const last = this.sent.at(-1)
    const wanted = last ? last.end + unreadBytes - this.written : 0
    if (!last || wanted <= 0 || clock.elapsed() - last.writtenAt < settleMs) return false
    // In pieces, so that events that come meanwhile need not wait for all of it.
    await this.put(padding.subarray(0, Math.min(wanted, 16_384)))
    return true
  }

  private async finish(): Promise<void> {
    if (this.finished) return
    this.finished = true
    await this.begin()
    await this.put(end)
    if (this.sent.length > 0) await this.put(padding)
    for (const one of this.sent.splice(0)) one.answer({ all: 'delivered' })
  }

  private confirm(): void {
    const { clock, settleMs } = this.options
    for (let first = this.sent[0]; first; first = this.sent[0]) {
      if (this.written - first.end < unreadBytes || clock.elapsed() - first.writtenAt < settleMs) return
      this.sent.shift()
      first.answer({ all: 'delivered' })
    }
  }

  private async put(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      this.closing?.throwIfAborted()
      const took = await writeTo(this.options.descriptor, bytes, at, bytes.length - at).catch(
        async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EAGAIN') throw error
          await this.options.clock.sleep(fullMs)
          return { bytesWritten: 0 }
        },
      )
      at += took.bytesWritten
      this.written += took.bytesWritten
    }
  }

  private async rest(): Promise<void> {
    const controller = new AbortController()
    this.wake = () => controller.abort()
    await this.options.clock.sleep(lookEveryMs, controller.signal).catch(() => undefined)
    this.wake = undefined
  }

  private fail(error: NodeJS.ErrnoException): void {
    const gaveUp = this.closing?.aborted === true
    const reason = error.code === 'EPIPE' ? 'splunkd no longer reads standard output (EPIPE)' : error.message
    this.broken = gaveUp ? 'splunkd did not take what was written in time' : reason
    for (const one of [...this.sent.splice(0), ...this.waiting.splice(0)])
      one.answer({ all: 'retry', reason: this.broken, afterMs: 60_000 })
    if (!gaveUp) this.options.onBroken(this.broken)
  }
}
