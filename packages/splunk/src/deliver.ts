import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Delivery, eventsIn, type Parcel, type Receipt, type TargetContext } from '@siembridge/core'
import { HttpFailure } from '@siembridge/core/http'
import { Acknowledgements } from './acks.ts'
import { backoff, slowMs } from '@siembridge/core/target'
import { actionOf, collectorCodes } from './codes.ts'
import { Collector, type CollectorAnswer } from './collector.ts'
import type { SplunkHecOptions } from './options.ts'
import { retryAfter } from '@siembridge/core/target'
import { type Verdict, walk } from '@siembridge/core/target'

/** On the threads of libuv, not on the main one. */
const compress = promisify(gzip)
/** Level 3 costs what level 1 costs and gives less. */
const level = 3
/** Longest wait at the end; service managers kill a process after 90 s (systemd.service, TimeoutStopSec). */
const closeMs = 30_000

/** Batches of envelopes to the HTTP Event Collector. */
export class HecDelivery implements Delivery {
  readonly inFlight: number
  readonly maxBytes: number
  readonly maxEvents: number
  private readonly context: TargetContext<SplunkHecOptions>
  private readonly collector: Collector
  private readonly acks: Acknowledgements
  private readonly compressed: boolean
  private readonly stop = new AbortController()
  private readonly open = new Set<Promise<unknown>>()
  /** With acknowledgements, requests follow one another and only the waiting overlaps. */
  private turn: Promise<unknown> = Promise.resolve()
  private failing = false

  constructor(context: TargetContext<SplunkHecOptions>) {
    const { options } = context
    this.context = context
    this.inFlight = options.in_flight
    this.maxBytes = options.batch_bytes
    this.maxEvents = options.batch_events
    this.collector = new Collector(context)
    this.acks = new Acknowledgements(this.collector, context)
    this.compressed = options.gzip === 'auto' ? !isLoopback(options.url) : options.gzip
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    const both = AbortSignal.any([signal, this.stop.signal])
    const done = walk(eventsIn(parcel), (from, to) => this.send(parcel, from, to, both))
    this.open.add(done)
    const receipt = await done.finally(() => this.open.delete(done))
    this.tell(receipt)
    return receipt
  }

  /** Waits for the answers of requests under way, and for acknowledgements while there is hope. */
  async close(): Promise<void> {
    const answered = Promise.allSettled(this.open)
    this.acks.hurry()
    await Promise.race([answered, this.context.clock.sleep(closeMs, this.stop.signal).catch(() => undefined)])
    this.stop.abort(new Error('closed'))
    this.acks.close()
    await answered
    this.collector.forget()
  }

  private async send(parcel: Parcel, from: number, to: number, signal: AbortSignal): Promise<Verdict> {
    try {
      const body = parcel.body.subarray(from === 0 ? 0 : parcel.ends[from - 1], parcel.ends[to - 1])
      const bytes = this.compressed ? await compress(body, { level }) : body
      const answer = await this.inTurn(() => this.collector.post('event', bytes, signal, this.compressed))
      const verdict = this.judge(answer, parcel.attempt)
      if (verdict.is !== 'delivered' || !this.context.options.acknowledge) return verdict
      return answer.ackId === undefined ? noAck : await this.acks.stored(answer.ackId)
    } catch (error) {
      return this.failed(error as Error, parcel.attempt, signal)
    }
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    if (!this.context.options.acknowledge) return action()
    const done = this.turn.then(action)
    this.turn = done.catch(() => undefined)
    return done
  }

  private judge(answer: CollectorAnswer, attempt: number): Verdict {
    const { status, code, text, invalid, headers } = answer
    const action = actionOf(status, code)
    const help = collectorCodes[code ?? -1]?.help
    const reason = `Splunk answered ${status}${code === undefined ? '' : ` code ${code}`}${text === undefined ? '' : ` ${text}`}${help === undefined ? '' : `. ${help}`}`
    if (action === 'delivered') return { is: 'delivered' }
    if (action === 'rejected') return { is: 'rejected', reason, ...(invalid !== undefined && { at: invalid }) }
    if (action === 'configuration') this.collector.forget()
    const told = retryAfter(headers['retry-after'], this.context.clock.now())
    return { is: 'retry', reason, afterMs: told ?? (action === 'configuration' ? slowMs : backoff(attempt + 1)) }
  }

  private failed(error: Error, attempt: number, signal: AbortSignal): Verdict {
    const reason = error.message.split('\n', 1)[0] as string
    if (signal.aborted) return { is: 'unknown', reason: 'stopped' }
    if (!(error instanceof HttpFailure)) this.collector.forget()
    else if (error.kind === 'tls') this.collector.forget()
    const maybe = error instanceof HttpFailure && error.maybeArrived
    return { is: maybe ? 'unknown' : 'retry', reason, afterMs: backoff(attempt + 1) }
  }

  private tell({ all, reason }: Receipt): void {
    const { log, name } = this.context
    if (all === 'delivered' && this.failing) log.info(`target ${name}: delivering again`)
    if (all !== 'delivered' && !this.failing) log.warn(`target ${name}: ${reason}`)
    this.failing = all !== 'delivered'
  }
}

const noAck: Verdict = {
  is: 'retry',
  reason: 'Splunk took the events without an acknowledgement id; enable indexer acknowledgement for the token',
  afterMs: slowMs,
}

const isLoopback = (url: string): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname)
