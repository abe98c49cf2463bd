// npm run outage: a target that is down for an hour at 2,000 events a second, then up again. Records are small and are not
// Microsoft's, so that an hour passes in a minute or two; the pipeline, its disk and its memory are the real ones.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Delivery, recordsOf, systemClock } from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import { nodeDisk, Pipeline } from '@siembridge/core/pipeline'
import { annotator, encoder, idOf } from './support/world.ts'

const perSecond = 2000
const seconds = Number(process.env['SECONDS'] ?? 3600)
const lanes = ['a', 'b', 'c', 'd']
const perBatch = 500
const directory = mkdtempSync(join(tmpdir(), 'siembridge-outage-'))

let up = false
let arrived = 0
const next = new Map<string, number>()
const wrong: string[] = []
let mostRss = 0

const receiver: Delivery = {
  inFlight: 1,
  maxBytes: 1 << 20,
  maxEvents: 5000,
  async deliver({ body }) {
    if (!up) return { all: 'retry', afterMs: 500, reason: 'down' }
    for (const line of body.toString().trimEnd().split('\n')) arrive(idOf(line))
    return { all: 'delivered' }
  },
  close: async () => undefined,
}

function arrive(id: string): void {
  const [lane = '', number = ''] = id.split(':')
  const wanted = next.get(lane) ?? 0
  if (Number(number) !== wanted && wrong.length < 10) wrong.push(`${id} where ${lane}:${wanted} was expected`)
  next.set(lane, Number(number) + 1)
  arrived++
}

const rss = (): number => Math.round(process.memoryUsage().rss / 2 ** 20)
const sampling = setInterval(() => (mostRss = Math.max(mostRss, rss())), 200)

const pipeline = await Pipeline.open({
  disk: nodeDisk,
  directory,
  clock: systemClock,
  log: Object.assign(createLogger({ level: 'error', json: false }), { silent: true }),
  annotator,
  routes: [
    {
      name: 'all',
      updates: 'all',
      targets: [{ name: 'down', encoder, delivery: receiver, window: 2 << 20 }],
      limitBytes: 64 * 2 ** 30,
    },
  ],
  meter: { lane: () => undefined, target: () => undefined },
  tell: () => undefined,
})
pipeline.start()
const total = Math.floor((perSecond * seconds) / lanes.length) * lanes.length
const began = performance.now()
const memory: number[] = []
await Promise.all(lanes.map(collect))
const collected = performance.now()
const onDisk = pipeline.status.routes[0]?.bytes ?? 0
const rssDown = mostRss
up = true
const behind = (): boolean => arrived < total && wrong.length === 0
while (behind()) await systemClock.sleep(200)
const delivered = performance.now()
await pipeline.stop()
clearInterval(sampling)
rmSync(directory, { recursive: true, force: true })
report()

async function collect(lane: string): Promise<void> {
  const run = await pipeline.lane('outage', { stream: lane, windowMs: 86_400_000 }, new AbortController().signal)
  const count = total / lanes.length
  for (let at = 0; at < count; at += perBatch) {
    const size = Math.min(perBatch, count - at)
    // The second route of the fault schedules is not here: odd and even alike go to the first.
    const texts = Array.from({ length: size }, (_, i) => Buffer.from(JSON.stringify({ id: `${lane}:${at + i}` })))
    await run.emit(recordsOf(texts), Buffer.from(String(at + size)))
    if (lane === 'a' && (at / perBatch) % Math.max(1, Math.floor(count / perBatch / 10)) === 0) memory.push(rss())
  }
  await run.settled()
}

function report(): void {
  const perSec = (events: number, ms: number): number => Math.round(events / (ms / 1000))
  // Flat: the last fifth of the hour needs no more than its middle did, and a little. Before, the heap fills.
  const middle = memory.slice(Math.floor(memory.length * 0.4), Math.ceil(memory.length * 0.6))
  const flat = Math.max(...memory.slice(-Math.ceil(memory.length / 5))) <= Math.max(...middle) + 64
  const ok = wrong.length === 0 && arrived === total && flat
  const figures = {
    ok,
    events: total,
    arrived,
    outOfOrder: wrong,
    bytesOnDisk: onDisk,
    rssMiB: { down: rssDown, most: mostRss, samples: memory },
    buffered: { seconds: Math.round((collected - began) / 1000), eventsPerSecond: perSec(total, collected - began) },
    caughtUp: {
      seconds: Math.round((delivered - collected) / 1000),
      eventsPerSecond: perSec(total, delivered - collected),
    },
  }
  process.stdout.write(`${JSON.stringify(figures, undefined, process.argv.includes('--json') ? undefined : 2)}\n`)
  process.exitCode = ok ? 0 : 1
}
