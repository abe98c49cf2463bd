import type { Delivery, Parcel, Receipt } from '@siembridge/core'
import { describe, expect, test } from 'vitest'
import { parcelOf } from './parcels.ts'
import { SharedDelivery } from './shared-delivery.ts'

/** A delivery whose answers are given by hand. */
class ByHand implements Delivery {
  readonly inFlight = 4
  readonly maxBytes = 1000
  readonly maxEvents = 10
  readonly calls: { readonly text: string; answer(receipt: Receipt): void }[] = []

  deliver({ body }: Parcel): Promise<Receipt> {
    return new Promise((answer) => this.calls.push({ text: body.toString().trim(), answer }))
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

const parcel = (text: string): Parcel => parcelOf([Buffer.from(`${text}\n`)])
const { signal } = new AbortController()
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const texts = (inner: ByHand): string[] => inner.calls.map(({ text }) => text)

describe('a parcel from aside', () => {
  test('goes when nothing is under way, and the others wait for it', async () => {
    const inner = new ByHand()
    const shared = new SharedDelivery(inner)
    void shared.deliver(parcel('a'), signal)
    void shared.deliver(parcel('b'), signal)
    const injected = shared.inject(parcel('test'), signal)
    void shared.deliver(parcel('c'), signal)
    await turn()
    expect(texts(inner)).toEqual(['a', 'b'])
    inner.calls[0]?.answer({ all: 'delivered' })
    inner.calls[1]?.answer({ all: 'retry' })
    await turn()
    expect(texts(inner)).toEqual(['a', 'b', 'test'])
    inner.calls[2]?.answer({ all: 'delivered' })
    expect(await injected).toEqual({ all: 'delivered' })
    await turn()
    expect(texts(inner)).toEqual(['a', 'b', 'test', 'c'])
  })

  test('is given up where what is under way has no answer', async () => {
    const inner = new ByHand()
    const shared = new SharedDelivery(inner)
    void shared.deliver(parcel('a'), signal)
    const over = new AbortController()
    const injected = shared.inject(parcel('test'), over.signal)
    over.abort()
    expect(await injected).toMatchObject({ all: 'retry' })
    void shared.deliver(parcel('b'), signal)
    await turn()
    expect(texts(inner)).toEqual(['a', 'b'])
  })
})
