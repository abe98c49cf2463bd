import type { TargetContext } from '@siembridge/core'
import type { Collector } from './collector.ts'
import type { SplunkHecOptions } from './options.ts'
import type { Verdict } from '@siembridge/core/target'

/** Between two questions while the bridge stops, in milliseconds. */
const hurriedMs = 1000

interface Waiting {
  readonly since: number
  readonly answer: (verdict: Verdict) => void
}

/** Asks the collector until it says that the indexers have what was sent. */
export class Acknowledgements {
  private readonly collector: Collector
  private readonly context: Pick<TargetContext<SplunkHecOptions>, 'options' | 'clock' | 'log'>
  private readonly waiting = new Map<number, Waiting>()
  private readonly stop = new AbortController()
  private asking = false
  private everyMs: number
  private rest = new AbortController()

  constructor(collector: Collector, context: Pick<TargetContext<SplunkHecOptions>, 'options' | 'clock' | 'log'>) {
    this.collector = collector
    this.context = context
    this.everyMs = context.options.acknowledge_every
  }

  /** Resolves when the request with that id is stored, or will not be known to be. */
  stored(id: number): Promise<Verdict> {
    // The indexer began to count anew, so what it knew is lost.
    this.waiting.get(id)?.answer({ is: 'retry', reason: 'acknowledgement lost: the indexer restarted' })
    const { promise, resolve } = Promise.withResolvers<Verdict>()
    this.waiting.set(id, { since: this.context.clock.elapsed(), answer: resolve })
    void this.ask()
    return promise
  }

  /** Asks without waiting first, as often as is decent: the bridge stops. */
  hurry(): void {
    this.everyMs = Math.min(this.everyMs, hurriedMs)
    this.rest.abort()
  }

  /** Everything that still waits is not known to be stored. */
  close(): void {
    this.stop.abort(new Error('closed'))
    for (const { answer } of this.waiting.values())
      answer({ is: 'unknown', reason: 'closed before the acknowledgement' })
    this.waiting.clear()
  }

  private async ask(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const { clock, log } = this.context
    while (this.waiting.size > 0 && !this.stop.signal.aborted) {
      await clock.sleep(this.everyMs, AbortSignal.any([this.stop.signal, this.rest.signal])).catch(() => undefined)
      this.rest = new AbortController()
      await this.once().catch((error: Error) => log.debug(`acknowledgements of Splunk: ${error.message}`))
      this.giveUp()
    }
    this.asking = false
  }

  private async once(): Promise<void> {
    if (this.stop.signal.aborted || this.waiting.size === 0) return
    const asked = JSON.stringify({ acks: [...this.waiting.keys()] })
    const { acks = {} } = await this.collector.post(`ack?channel=${this.collector.channel}`, asked, this.stop.signal)
    for (const [id, stored] of Object.entries(acks)) {
      if (!stored) continue
      this.waiting.get(Number(id))?.answer({ is: 'delivered' })
      this.waiting.delete(Number(id))
    }
  }

  private giveUp(): void {
    const { clock, options } = this.context
    for (const [id, { since, answer }] of this.waiting) {
      if (clock.elapsed() - since < options.acknowledge_within) continue
      this.waiting.delete(id)
      answer({ is: 'retry', reason: `not acknowledged within ${options.acknowledge_within / 1000} s` })
    }
  }
}
