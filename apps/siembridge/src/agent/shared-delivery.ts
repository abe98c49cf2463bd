import type { Delivery, Parcel, Receipt, TargetFact } from '@siembridge/core'

/** A delivery into which a single parcel can be put from aside, by the very connection that everything goes by. */
export class SharedDelivery implements Delivery {
  private readonly inner: Delivery
  private underWay = 0
  private aside: Promise<unknown> | undefined
  private idle: (() => void) | undefined

  constructor(inner: Delivery) {
    this.inner = inner
  }

  get inFlight(): number {
    return this.inner.inFlight
  }

  get maxBytes(): number {
    return this.inner.maxBytes
  }

  get maxEvents(): number {
    return this.inner.maxEvents
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    while (this.aside) await this.aside
    this.underWay++
    try {
      return await this.inner.deliver(parcel, signal)
    } finally {
      if (--this.underWay === 0) this.idle?.()
    }
  }

  /** Waits until nothing is under way, delivers, and lets the others go on. */
  async inject(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    while (this.aside) await this.aside
    const call = this.alone(parcel, signal)
    this.aside = call.catch(() => undefined).finally(() => (this.aside = undefined))
    return call
  }

  private async alone(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (this.underWay > 0) await this.untilIdle(signal)
    if (signal.aborted) return { all: 'retry', reason: 'what is under way has no answer yet' }
    return this.inner.deliver(parcel, signal)
  }

  private untilIdle(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.idle = () => {
        this.idle = undefined
        resolve()
      }
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  facts(): readonly TargetFact[] {
    return this.inner.facts?.() ?? []
  }

  close(): Promise<void> {
    return this.inner.close()
  }
}
