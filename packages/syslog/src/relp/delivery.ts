import { type Delivery, eventAt, eventsIn, type Parcel, type Receipt, type TargetContext } from '@siembridge/core'
import { addressName } from '../address.ts'
import { backoff } from '@siembridge/core/target'
import { Comeback } from '../comeback.ts'
import { connect } from '../connect.ts'
import { materialOf } from '../material.ts'
import type { SyslogTargetOptions } from '../options.ts'
import { firstLine } from '../reason.ts'
import { type RelpAnswer, RelpSession } from './session.ts'

/** Unanswered messages of a session: the window of librelp. */
const window = 128
/** Times that a receiver may refuse a message before it goes to the dead letters. */
const refusals = 8
const stopped = 'the target is being closed'

interface Pending {
  readonly parcel: Parcel
  /** Next event to send. */
  next: number
  left: number
  readonly answered: (RelpAnswer | undefined)[]
  readonly answer: (receipt: Receipt) => void
}

/** Delivers over RELP, where the receiver answers each message. A parcel is `delivered` when all of its events are. */
export class RelpDelivery implements Delivery {
  readonly inFlight = 16
  readonly maxBytes: number
  readonly maxEvents = 4096
  private readonly context: TargetContext<SyslogTargetOptions>
  private readonly comeback: Comeback
  private readonly open: Pending[] = []
  private session: RelpSession | undefined
  private connecting: Promise<void> | undefined
  private unansweredBytes = 0
  private answeredAt = 0
  private watching = false
  private readonly hurry = new AbortController()
  private closing = false

  constructor(context: TargetContext<SyslogTargetOptions>) {
    this.context = context
    this.comeback = new Comeback(context)
    this.maxBytes = Math.max(65_536, context.options.max_bytes + 1)
  }

  deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (this.closing || signal.aborted) return Promise.resolve({ all: 'retry', reason: stopped })
    if (eventsIn(parcel) === 0) return Promise.resolve({ all: 'delivered' })
    const { promise, resolve } = Promise.withResolvers<Receipt>()
    const stop = (): void => this.fail({ all: 'retry', reason: stopped })
    const answer = (receipt: Receipt): void => {
      signal.removeEventListener('abort', stop)
      resolve(receipt)
    }
    signal.addEventListener('abort', stop, { once: true })
    this.open.push({ parcel, next: 0, left: eventsIn(parcel), answered: [], answer })
    this.pump()
    return promise
  }

  async close(): Promise<void> {
    this.closing = true
    this.hurry.abort()
    while (this.open.length > 0) await this.context.clock.sleep(10)
    await this.connecting
    const session = this.session
    this.session = undefined
    if (session && session.lost === undefined) await this.goodBye(session)
  }

  /** `close` is answered when everything before it was; then the receiver ends the connection. */
  private async goodBye(session: RelpSession): Promise<void> {
    const answered = new Promise<void>((resolve) => session.send('close', Buffer.alloc(0), () => resolve()))
    const over = new AbortController()
    const late = this.context.clock.sleep(this.context.options.stall_timeout, over.signal).catch(() => undefined)
    await Promise.race([answered, late])
    over.abort()
    session.breakOff('closed')
  }

  private pump(): void {
    const { session } = this
    if (!session) {
      this.connecting ??= this.connect().finally(() => {
        this.connecting = undefined
        if (this.open.length > 0) this.pump()
      })
      return
    }
    if (session.unanswered === 0) this.answeredAt = this.context.clock.elapsed()
    session.cork(() => {
      for (let pending = this.unsent(); pending && this.room(session); pending = this.unsent())
        this.send(session, pending)
    })
    void this.watch()
  }

  private unsent = (): Pending | undefined => this.open.find(({ next, parcel }) => next < eventsIn(parcel))

  private room = (session: RelpSession): boolean =>
    session.unanswered < window &&
    this.unansweredBytes < this.context.options.window_bytes &&
    session.lost === undefined

  private send(session: RelpSession, pending: Pending): void {
    const at = pending.next++
    const event = eventAt(pending.parcel, at)
    this.unansweredBytes += event.length
    session.send('syslog', event, (answer) => {
      this.unansweredBytes -= event.length
      if (answer.code === 0) return
      pending.answered[at] = answer
      this.answeredAt = this.context.clock.elapsed()
      if (--pending.left === 0) this.finish(pending)
      this.pump()
    })
  }

  private finish(pending: Pending): void {
    this.open.splice(this.open.indexOf(pending), 1)
    if (pending.answered.some((answer) => answer?.code === 200)) this.comeback.succeeded()
    const is = pending.parcel.attempt >= refusals ? ('rejected' as const) : ('retry' as const)
    const except = pending.answered.flatMap((answer, at) =>
      answer?.code === 200 ? [] : [{ at, is, reason: `the receiver answered ${answer?.code} ${answer?.text}`.trim() }],
    )
    const afterMs = backoff(pending.parcel.attempt + 2)
    pending.answer({ all: 'delivered', ...(except.length > 0 && { except, afterMs }) })
  }

  private async connect(): Promise<void> {
    const { options, secrets } = this.context
    await this.comeback.ready(this.hurry.signal)
    if (this.open.length === 0) return
    try {
      const socket = await connect(options.address, await materialOf(options, secrets))
      const session = new RelpSession(socket, () => this.changed(session))
      const late = setTimeout(() => session.breakOff('no answer to the hello'), options.stall_timeout)
      await session.hello().finally(() => clearTimeout(late))
      if (session.lost !== undefined) throw new Error(session.lost)
      this.session = session
    } catch (error) {
      this.fail(this.comeback.failed(`${addressName(options.address)}: ${firstLine(error)}`))
    }
  }

  private changed(session: RelpSession): void {
    if (this.session !== session) return
    if (session.lost === undefined) return this.pump()
    this.session = undefined
    if (this.open.length > 0)
      this.fail(this.comeback.failed(`${addressName(this.context.options.address)}: ${session.lost}`))
  }

  /** Gives a session up whose receiver answers nothing for too long. */
  private async watch(): Promise<void> {
    if (this.watching) return
    this.watching = true
    const { clock, options } = this.context
    while (this.session && this.session.unanswered > 0) {
      const silentMs = clock.elapsed() - this.answeredAt
      if (silentMs >= options.stall_timeout)
        this.session.breakOff(`answered nothing for ${Math.round(options.stall_timeout / 1000)} s`)
      else await clock.sleep(Math.min(1000, options.stall_timeout - silentMs))
    }
    this.watching = false
  }

  /** Every parcel is answered; of each, the events that the receiver has are delivered. */
  private fail(receipt: Receipt): void {
    const { session } = this
    this.session = undefined
    session?.breakOff(receipt.reason ?? '')
    for (const { answered, answer } of this.open.splice(0)) {
      const except = answered.flatMap((said, at) =>
        said?.code === 200 ? [{ at, is: 'delivered' as const, reason: '' }] : [],
      )
      answer({ ...receipt, ...(except.length > 0 && { except }) })
    }
  }
}
