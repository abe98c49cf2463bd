import { type Delivery, eventsIn, type Parcel, type Receipt, type TargetContext } from '@siembridge/core'
import { type HttpAnswer, HttpFailure } from '@siembridge/core/http'
import { backoff, slowMs } from '@siembridge/core/target'
import { Client } from './client.ts'
import { bodyOf, compressed, isLoopback } from './encode.ts'
import type { HttpTargetOptions } from './options.ts'
import { retryAfter } from '@siembridge/core/target'
import { actionOf } from './statuses.ts'
import { type Verdict, walk } from '@siembridge/core/target'

/** Batches of JSON events to any HTTP endpoint. */
export class HttpDelivery implements Delivery {
  readonly inFlight: number
  readonly maxBytes: number
  readonly maxEvents: number
  private readonly context: TargetContext<HttpTargetOptions>
  private readonly client: Client
  private readonly gzipped: boolean
  private readonly open = new Set<Promise<unknown>>()
  private failing = false

  constructor(context: TargetContext<HttpTargetOptions>) {
    const { options } = context
    this.context = context
    this.inFlight = options.in_flight
    this.maxBytes = options.batch_bytes
    this.maxEvents = options.batch_events
    this.client = new Client(options, context.secrets)
    this.gzipped = options.gzip === 'auto' ? !isLoopback(options.url) : options.gzip
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    const done = walk(eventsIn(parcel), (from, to) => this.send(parcel, from, to, signal))
    this.open.add(done)
    const receipt = await done.finally(() => this.open.delete(done))
    this.tell(receipt)
    return receipt
  }

  /** Waits for the answers of requests under way; the time-out bounds them. */
  async close(): Promise<void> {
    await Promise.allSettled(this.open)
    this.client.forget()
  }

  private async send(parcel: Parcel, from: number, to: number, signal: AbortSignal): Promise<Verdict> {
    try {
      const body = bodyOf(parcel, from, to, this.context.options.body)
      const bytes = this.gzipped ? await compressed(body, { level: 3 }) : body
      return this.judge(await this.client.send(bytes, this.gzipped, signal), parcel.attempt)
    } catch (error) {
      return this.failed(error as Error, parcel.attempt, signal)
    }
  }

  private judge({ status, headers }: HttpAnswer, attempt: number): Verdict {
    const action = actionOf(status)
    if (action === 'delivered') return { is: 'delivered' }
    const reason = `the receiver answered ${status}${status >= 300 && status < 400 ? ', a redirect, which is not followed; correct url' : ''}`
    if (action === 'rejected') return { is: 'rejected', reason }
    if (action === 'configuration') this.client.forget()
    const told = retryAfter(headers['retry-after'], this.context.clock.now())
    return { is: 'retry', reason, afterMs: told ?? (action === 'configuration' ? slowMs : backoff(attempt + 1)) }
  }

  private failed(error: Error, attempt: number, signal: AbortSignal): Verdict {
    if (signal.aborted) return { is: 'unknown', reason: 'stopped' }
    const failure = error instanceof HttpFailure ? error : undefined
    // Certificates or secrets may have been mended by the next attempt.
    if (!failure || failure.kind === 'tls') this.client.forget()
    const reason = error.message.split('\n', 1)[0] as string
    return { is: failure?.maybeArrived ? 'unknown' : 'retry', reason, afterMs: backoff(attempt + 1) }
  }

  private tell({ all, reason }: Receipt): void {
    const { log, name } = this.context
    if (all === 'delivered' && this.failing) log.info(`target ${name}: delivering again`)
    if (all !== 'delivered' && !this.failing) log.warn(`target ${name}: ${reason}`)
    this.failing = all !== 'delivered'
  }
}
