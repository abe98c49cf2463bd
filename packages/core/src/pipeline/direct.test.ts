import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'winston'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Annotator, Encoder } from '../contracts/annotate.ts'
import { recordsOf } from '../contracts/records.ts'
import { type Delivery, eventAt, eventsIn, type Receipt } from '../contracts/target.ts'
import { DocumentDisk, type DocumentStore } from '../disk/document-disk.ts'
import { Pipeline } from './pipeline.ts'

const silent = { error: () => {}, warn: () => {}, info: () => {} } as unknown as Logger

/** Records are numbers with something behind them: the number is the key. */
const annotator: Annotator = {
  annotate: (bytes) => {
    const key = `00000000-0000-0000-0000-${bytes.toString('latin1', 0, 12)}`
    return { type: 'entra.sign-in', bytes, key, unique: true, events: [], routes: 1 }
  },
}
const encoder: Encoder = {
  encode: (record, _, __, out) => {
    out.line(record.toString('latin1', 0, 12), 'latin1')
    return 1
  },
}

/** A target that takes so many events and then answers nothing more. */
class Taking implements Delivery {
  readonly inFlight = 1000
  readonly maxBytes = 100
  readonly maxEvents = 10
  readonly taken: number[] = []
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  deliver(parcel: Parameters<Delivery['deliver']>[0]): Promise<Receipt> {
    if (this.taken.length + eventsIn(parcel) > this.most) return new Promise(() => undefined)
    for (let at = 0; at < eventsIn(parcel); at++) this.taken.push(Number(eventAt(parcel, at).toString()))
    return Promise.resolve({ all: 'delivered' })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

const documents = new Map<string, string>()
const store: DocumentStore = {
  load: () => Promise.resolve([...documents].map(([key, value]) => ({ key, value }))),
  save: (all) => Promise.resolve(all.forEach(({ key, value }) => documents.set(key, value))),
  remove: (keys) => Promise.resolve(keys.forEach((key) => documents.delete(key))),
}

async function start(delivery: Delivery) {
  const pipeline = await Pipeline.open({
    disk: await DocumentDisk.load(store),
    directory: 'state',
    clock: systemClock,
    log: silent,
    annotator,
    direct: true,
    routes: [
      {
        name: 'stream',
        updates: 'all',
        limitBytes: 64 << 20,
        targets: [{ name: 'target', encoder, delivery, window: 1 << 20 }],
      },
    ],
    meter: { lane: () => undefined, target: () => undefined },
    tell: () => undefined,
  })
  pipeline.start()
  const { signal } = new AbortController()
  return { pipeline, lane: await pipeline.lane('source', { stream: 'page', windowMs: 86_400_000 }, signal) }
}

/** A page that is much larger than what a lane hands over at once. */
const page = recordsOf(
  Array.from({ length: 400 }, (_, at) => Buffer.from(`${String(at).padStart(12, '0')} ${'x'.repeat(4000)}`)),
)

async function until(is: () => boolean): Promise<void> {
  for (let times = 0; !is() && times < 1000; times++) await sleep(5)
  expect(is()).toBe(true)
}

describe('a pipeline without a buffer on disk', () => {
  it('goes on within a page where its process died, and keeps the position only when all of the page is delivered', async () => {
    const first = new Taking(205)
    const before = await start(first)
    await before.lane.emit(page, Buffer.from('behind the page'))
    await until(() => first.taken.length > 190)
    await sleep(100)
    // The process is gone: nothing of it is stopped in order.
    expect(before.lane.position).toBeUndefined()

    const second = new Taking(Infinity)
    const after = await start(second)
    expect(after.lane.position).toBeUndefined()
    await after.lane.emit(page, Buffer.from('behind the page'))
    await after.lane.settled()
    expect(String(after.lane.position)).toBe('behind the page')
    await after.pipeline.stop()
    expect([...new Set([...first.taken, ...second.taken])]).toHaveLength(400)
    const again = second.taken.filter((number) => first.taken.includes(number))
    // What was settled does not come again: at most the batch in the middle, 128 KiB of records of 4 KB.
    expect(again.length).toBeLessThanOrEqual(33)
    expect(new Set(second.taken).size).toBe(second.taken.length)

    const third = await start(new Taking(Infinity))
    expect(String(third.lane.position)).toBe('behind the page')
    await third.pipeline.stop()
  })
})
