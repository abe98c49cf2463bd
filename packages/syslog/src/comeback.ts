import type { Receipt, TargetContext } from '@siembridge/core'
import { backoff } from '@siembridge/core/target'

/** Failures in a row of one target: when it may be tried again, and what a person is told. */
export class Comeback {
  private readonly context: Pick<TargetContext<unknown>, 'clock' | 'log' | 'name'>
  private failures = 0
  private at = 0

  constructor(context: Pick<TargetContext<unknown>, 'clock' | 'log' | 'name'>) {
    this.context = context
  }

  /** Counts a failure; answers what a parcel is told. */
  failed(reason: string): Receipt {
    const { clock, log, name } = this.context
    const afterMs = backoff(++this.failures)
    this.at = clock.elapsed() + afterMs
    if (this.failures === 1) log.warn(`target ${name}: ${reason}`)
    return { all: 'retry', afterMs, reason }
  }

  succeeded(): void {
    if (this.failures > 0) this.context.log.info(`target ${this.context.name}: delivering again`)
    this.failures = 0
  }

  /**
   * Resolves when it may be tried again, or at once when the signal is aborted. Parcels that come earlier wait together and
   * fail together, which keeps their order.
   */
  async ready(signal?: AbortSignal): Promise<void> {
    const ms = this.failures > 0 ? this.at - this.context.clock.elapsed() : 0
    if (ms > 0) await this.context.clock.sleep(ms, signal).catch(() => undefined)
  }
}
