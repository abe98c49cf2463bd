import { write } from 'node:fs'
import { promisify } from 'node:util'
import type { Clock, Delivery, Parcel, Receipt } from '@siembridge/core'

/** What a reader may not have taken yet when it goes away: two pipes' buffers of 64 KiB (pipe(7)). */
export const windowBytes = 131_072
/** How long the reader must stay after events before they count as delivered, in milliseconds. */
const settleMs = 1000
const lookEveryMs = 250
/** Between attempts at a pipe that does not block and is full, in milliseconds. */
const fullMs = 1

// process.stdout blocks the whole process while a pipe is full.
const writeTo = promisify(write)

interface Pending {
  readonly bytes: Buffer
  end: number
  writtenAt: number
  readonly answer: (receipt: Receipt) => void
}

/**
 * Writes to standard output. Nothing says that a reader took it: a parcel is `delivered` when half a window followed it, when
 * the reader is still there a second later, or at a clean end.
 */
export class StdoutDelivery implements Delivery {
  readonly inFlight = 64
  readonly maxBytes = 16_384
  readonly maxEvents = 4096
  private readonly clock: Clock
  private readonly descriptor: number
  private readonly waiting: Pending[] = []
  private readonly sent: Pending[] = []
  private written = 0
  private running: Promise<void> | undefined
  private wake: (() => void) | undefined
  private closing = false

  constructor(clock: Clock, descriptor = 1) {
    this.clock = clock
    this.descriptor = descriptor
  }

  deliver({ body }: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (this.closing || signal.aborted) return Promise.resolve({ all: 'retry', reason: 'the target is being closed' })
    const { promise, resolve } = Promise.withResolvers<Receipt>()
    this.waiting.push({ bytes: body, end: 0, writtenAt: 0, answer: resolve })
    this.start()
    return promise
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined
      // What came while the loop ended.
      if (this.waiting.length > 0) this.start()
    })
    this.wake?.()
  }

  async close(): Promise<void> {
    this.closing = true
    this.wake?.()
    while (this.running) await this.running
  }

  private async run(): Promise<void> {
    while (this.waiting.length + this.sent.length > 0) {
      try {
        await this.writeNext()
      } catch (error) {
        this.fail(error as NodeJS.ErrnoException)
      }
      this.confirm()
      if (!this.hasRoom && this.sent.length > 0) await this.rest()
    }
  }

  private get hasRoom(): boolean {
    const next = this.waiting[0]
    const first = this.sent[0]
    const open = first ? this.written - first.end + first.bytes.length : 0
    return next !== undefined && (open === 0 || open + next.bytes.length <= windowBytes)
  }

  private async writeNext(): Promise<void> {
    if (!this.hasRoom) return
    const next = this.waiting[0] as Pending
    await this.writeAll(next.bytes)
    this.waiting.shift()
    this.written += next.bytes.length
    this.sent.push(Object.assign(next, { end: this.written, writtenAt: this.clock.elapsed() }))
  }

  private async writeAll(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await writeTo(this.descriptor, bytes, at, bytes.length - at).catch(
        async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EAGAIN') throw error
          await this.clock.sleep(fullMs)
          return { bytesWritten: 0 }
        },
      )
      at += bytesWritten
    }
  }

  private confirm(): void {
    const now = this.clock.elapsed()
    const clean = this.closing && this.waiting.length === 0
    for (let first = this.sent[0]; first; first = this.sent[0]) {
      if (!clean && this.written - first.end < windowBytes / 2 && now - first.writtenAt < settleMs) return
      this.sent.shift()
      first.answer({ all: 'delivered' })
    }
  }

  private async rest(): Promise<void> {
    const controller = new AbortController()
    this.wake = () => controller.abort()
    await this.clock.sleep(lookEveryMs, controller.signal).catch(() => undefined)
    this.wake = undefined
  }

  private fail({ code, message }: NodeJS.ErrnoException): void {
    const reason = code === 'EPIPE' ? 'what reads standard output went away (EPIPE)' : `standard output: ${message}`
    for (const pending of [...this.sent.splice(0), ...this.waiting.splice(0)])
      pending.answer({ all: 'retry', reason, afterMs: settleMs })
  }
}
