import type { Delivery, Parcel, Receipt, TargetContext } from '@siembridge/core'
import { addressName } from './address.ts'
import { Comeback } from './comeback.ts'
import { connect } from './connect.ts'
import { framed } from './encode.ts'
import { Link } from './link.ts'
import { materialOf } from './material.ts'
import type { SyslogTargetOptions } from './options.ts'
import { firstLine } from './reason.ts'

/** Parcels are small, a quarter of the window at most, so that their order is that of the stream and little comes again. */
const parcelBytes = 65_536
const parcels = 256
/** How often a link is looked at when nothing waits for it, in milliseconds. */
const lookEveryMs = 250
/** How long a receiver may take to say good-bye when it has everything, in milliseconds. */
const goodByeMs = 5000

const stopped = 'the target is being closed'

interface Pending {
  readonly bytes: Buffer
  /** Where it ends on the link. */
  end: number
  readonly answer: (receipt: Receipt) => void
}

/**
 * Delivers over TCP and TLS, which have no receipts. A parcel is answered `delivered` when the receiver's kernel has it and half
 * a window more, or has had it for a second; never more than the window is unanswered, and all of that comes again when the
 * connection breaks.
 */
export class StreamDelivery implements Delivery {
  readonly inFlight = parcels
  readonly maxBytes: number
  readonly maxEvents = 65_536
  private readonly context: TargetContext<SyslogTargetOptions>
  private readonly waiting: Pending[] = []
  private readonly sent: Pending[] = []
  private link: Link | undefined
  private running: Promise<void> | undefined
  private wake: (() => void) | undefined
  private readonly comeback: Comeback
  private readonly hurry = new AbortController()
  private closing = false
  private closingAt = 0

  constructor(context: TargetContext<SyslogTargetOptions>) {
    this.context = context
    this.comeback = new Comeback(context)
    const { window_bytes, max_bytes } = context.options
    this.maxBytes = Math.max(Math.min(parcelBytes, window_bytes / 4), max_bytes + 1)
  }

  deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (this.closing || signal.aborted) return Promise.resolve({ all: 'retry', reason: stopped })
    const { promise, resolve } = Promise.withResolvers<Receipt>()
    const stop = (): void => this.fail({ all: 'retry', reason: stopped })
    const answer = (receipt: Receipt): void => {
      signal.removeEventListener('abort', stop)
      resolve(receipt)
    }
    this.waiting.push({ bytes: framed(parcel, this.context.options.framing), end: 0, answer })
    signal.addEventListener('abort', stop, { once: true })
    this.start()
    return promise
  }

  async close(): Promise<void> {
    this.closing = true
    this.hurry.abort()
    this.closingAt = this.context.clock.elapsed()
    this.start()
    while (this.running) await this.running
    this.link?.breakOff('closed')
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined
      // What came while the loop ended.
      if (!this.idle) this.start()
    })
    this.wake?.()
  }

  private get idle(): boolean {
    return this.waiting.length + this.sent.length === 0 && !(this.closing && this.link)
  }

  private async run(): Promise<void> {
    while (!this.idle) {
      if (this.link?.lost !== undefined && this.sent.length === 0) {
        this.link = undefined
        continue
      }
      const link = this.link ?? (await this.connected())
      if (!link) continue
      this.fill(link)
      if (link.probeInMs === 0) await link.probe(this.isBlocked(link) ? 'urgent' : 'idle')
      this.confirm(link)
      this.judge(link)
      if (this.link === link) await this.rest(link)
    }
  }

  /** Connects. Answers every parcel `retry` where that fails. */
  private async connected(): Promise<Link | undefined> {
    const { options, secrets, clock } = this.context
    await this.comeback.ready(this.hurry.signal)
    if (this.idle) return undefined
    try {
      const socket = await connect(options.address, await materialOf(options, secrets))
      const link = new Link(socket, clock, () => this.wake?.())
      // Whether the system shows the connection must be known before it can be gone.
      await link.probe('idle')
      return (this.link = link)
    } catch (error) {
      this.fail(this.comeback.failed(firstLine(error)))
      return undefined
    }
  }

  /** Writes what the window has room for, and says good-bye behind the last parcel. */
  private fill(link: Link): void {
    for (
      let next = this.waiting[0];
      next && !link.full && !link.lost && this.fits(link, next);
      next = this.waiting[0]
    ) {
      link.write(next.bytes)
      next.end = link.written
      this.sent.push(next)
      this.waiting.shift()
    }
    if (this.closing && this.waiting.length === 0 && !link.ending && !link.lost) link.end()
  }

  private unanswered(link: Link): number {
    const first = this.sent[0]
    return first ? link.written - first.end + first.bytes.length : 0
  }

  private fits(link: Link, { bytes }: Pending): boolean {
    const unanswered = this.unanswered(link)
    return unanswered === 0 || unanswered + bytes.length <= this.context.options.window_bytes
  }

  /** The window is full: only an acknowledgement makes room. */
  private isBlocked = (link: Link): boolean =>
    !link.full && (this.waiting.length > 0 || this.unanswered(link) > this.context.options.window_bytes / 2)

  private confirm(link: Link): void {
    const upTo = link.clean ? link.written : link.confirmed(this.context.options.window_bytes / 2)
    while (this.sent[0] && this.sent[0].end <= upTo) {
      this.sent.shift()?.answer({ all: 'delivered' })
      this.comeback.succeeded()
    }
  }

  private judge(link: Link): void {
    const { clock, options } = this.context
    if (link.stalledMs > options.stall_timeout)
      link.breakOff(`took nothing for ${Math.round(options.stall_timeout / 1000)} s`)
    if (link.clean || (link.lost !== undefined && this.sent.length === 0)) this.link = undefined
    else if (link.lost !== undefined) this.fail(this.comeback.failed(`${addressName(options.address)}: ${link.lost}`))
    else if (link.ending && this.sent.length === 0 && clock.elapsed() - this.closingAt > goodByeMs)
      link.breakOff('late')
  }

  /** Until something changes or it is time to look again. */
  private async rest(link: Link): Promise<void> {
    const next = this.waiting[0]
    // What could be written while the link was looked at.
    if (next && !link.full && this.fits(link, next)) return
    const ms = this.isBlocked(link) ? Math.max(1, link.probeInMs) : lookEveryMs
    const controller = new AbortController()
    this.wake = () => controller.abort()
    if (!link.lost && !link.clean) await this.context.clock.sleep(ms, controller.signal).catch(() => undefined)
    this.wake = undefined
  }

  /** The connection is of no use: every parcel is answered. */
  private fail(receipt: Receipt): void {
    const link = this.link
    this.link = undefined
    link?.breakOff(receipt.reason ?? '')
    for (const pending of [...this.sent.splice(0), ...this.waiting.splice(0)]) pending.answer(receipt)
    this.wake?.()
  }
}
