import { createHash } from 'node:crypto'
import { recordsOf, type Annotator, type Clock, type Delivery, type Encoder, type Parcel, type Receipt } from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import { Pipeline } from '@siembridge/core/pipeline'
import { describe, expect, test } from 'vitest'
import { Random } from './support/random.ts'
import { SimulatedDisk } from './support/simulated-disk.ts'

const uuid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

const clock: Clock = {
  now: () => 1_770_000_000_000 + performance.now(),
  elapsed: () => performance.now(),
  sleep: (_, signal) => new Promise((resolve, reject) => setImmediate(() => (signal?.aborted ? reject(signal.reason as Error) : resolve()))),
}

/** Records are `{"id":"lane-number"}`; both routes take even numbers, route 0 the odd ones too. */
const annotator: Annotator = {
  annotate: (bytes) => {
    const { id } = JSON.parse(bytes.toString()) as { id: string }
    const number = Number(id.split(':')[1])
    return { type: 't', bytes: Buffer.from(bytes), key: uuid(id), unique: true, events: [{ id, severity: 'low' }], routes: number % 2 === 0 ? 3 : 1 }
  },
}
const encoder: Encoder = {
  encode: (record, _tenant, _change, out) => {
    out.line((JSON.parse(record.toString()) as { id: string }).id, 'utf8')
    return 1
  },
}

/** A receiver that is there before and after the agent, and forgets nothing. */
class Receiver {
  readonly got: string[] = []
  failures = 0
  constructor(private readonly random: Random, private readonly inFlight: number) {}

  delivery(dead: () => boolean): Delivery {
    return { inFlight: this.inFlight, maxBytes: 300, maxEvents: 20, deliver: (p) => this.deliver(p, dead), close: async () => undefined }
  }

  private async deliver({ body }: Parcel, dead: () => boolean): Promise<Receipt> {
    for (let turns = this.random.below(4); turns > 0; turns--) await new Promise(setImmediate)
    if (dead()) return new Promise(() => undefined)
    const fails = this.random.chance(0.03)
    if (fails) this.failures++
    if (!fails || this.random.chance(0.5)) this.got.push(...body.toString().trimEnd().split('\n'))
    return { all: fails ? 'unknown' : 'delivered', reason: 'test' }
  }
}

const log = Object.assign(createLogger({ level: 'error', json: false }), { silent: true })
const perLane = 400
const laneNames = ['a', 'b', 'c']
const window = 600

interface World {
  disk: SimulatedDisk
  readonly random: Random
  readonly receivers: readonly Receiver[]
  readonly told: string[]
  crashes: number
}

/** One life of the agent; ends when everything is delivered, or when the disk halts. */
async function live({ disk, random, receivers, told }: World, dies: boolean, windowMs: number): Promise<boolean> {
  let dead = false
  const died = new Promise<boolean>((resolve) => {
    const at = disk.operations + 1 + random.below(120)
    disk.onOperation = () => {
      if (!dies || disk.operations < at) return
      dead = true
      disk.halt()
      resolve(false)
    }
  })
  return Promise.race([died, whole(disk, random, receivers, told, windowMs, () => dead)])
}

async function whole(disk: SimulatedDisk, random: Random, receivers: readonly Receiver[], told: string[], windowMs: number, dead: () => boolean): Promise<boolean> {
  const target = (name: string, at: number) => ({ name, encoder, delivery: (receivers[at] as Receiver).delivery(dead), window })
  const pipeline = await Pipeline.open({
    disk, directory: '/state', clock, log, annotator, segmentBytes: 2000,
    routes: [
      { name: 'r0', updates: 'all', targets: [target('t0', 0), target('t1', 1)], limitBytes: 1 << 30 },
      { name: 'r1', updates: 'all', targets: [target('t2', 2)], limitBytes: 1 << 30 },
    ],
    meter: { lane: () => undefined, target: () => undefined },
    tell: (event) => told.push(event.action === 'state-corrupt' ? `state-corrupt: ${event.message}` : event.action),
  })
  pipeline.start()
  const never = new AbortController().signal
  await Promise.all(laneNames.map(async (lane) => {
    const run = await pipeline.lane('s', { stream: lane, windowMs }, never)
    const from = run.position ? Number(Buffer.from(run.position).toString()) : 0
    // An overlap, as after a restart of a poller: what was seen comes again.
    let at = windowMs === 0 ? from : Math.max(0, from - random.below(40))
    while (at < perLane) {
      const to = Math.min(perLane, at + 1 + random.below(25))
      const records = recordsOf(Array.from({ length: to - at }, (_, i) => Buffer.from(JSON.stringify({ id: `${lane}:${at + i}` }))))
      await run.emit(records, Buffer.from(String(Math.max(to, from))))
      if (random.chance(0.2)) await run.settled()
      at = to
    }
    await run.settled()
  }))
  while (pipeline.status.targets.some((t) => t.waiting > 0)) await new Promise(setImmediate)
  await pipeline.stop(5000)
  return true
}

function judge({ receivers, crashes }: World): void {
  receivers.forEach(({ got, failures }, at) => {
    const wanted = laneNames.flatMap((lane) => Array.from({ length: perLane }, (_, i) => ({ lane, i })).filter(({ i }) => at < 2 || i % 2 === 0).map(({ i }) => `${lane}:${i}`))
    const lost = wanted.filter((id) => !got.includes(id))
    expect(lost, 'lost').toEqual([])
    expect(got.filter((id) => !wanted.includes(id)), 'never issued').toEqual([])
    // A repeat lies within the window: no more than that was delivered anew since its first time.
    const seen = new Set<string>()
    const distinct: string[] = []
    let repeated = 0
    for (const id of got) {
      if (!seen.has(id)) { seen.add(id); distinct.push(id); continue }
      repeated += id.length + 1
      const since = distinct.slice(distinct.indexOf(id)).reduce((sum, d) => sum + d.length + 1, 0)
      expect(since, `distance of the repeat of ${id}`).toBeLessThanOrEqual(window + 300)
    }
    expect(repeated).toBeLessThanOrEqual((crashes + failures) * window)
    for (const lane of laneNames) {
      const order = distinct.filter((id) => id.startsWith(`${lane}:`)).map((id) => Number(id.split(':')[1]))
      expect(order, `order of lane ${lane} at receiver ${at}`).toEqual(order.toSorted((x, y) => x - y))
    }
  })
}

const seeds = Array.from({ length: Number(process.env.SCHEDULES ?? 40) }, (_, i) => Number(process.env.SEED ?? 1) + i)

describe.each([['kill', 86_400_000], ['power', 86_400_000], ['kill', 0], ['power', 0]] as const)('%s, window %i', (fault, windowMs) => {
  test.each(seeds)('seed %i: nothing lost, repeats inside the window, order kept', async (seed) => {
    const random = new Random(seed)
    const receivers = [new Receiver(random, 1), new Receiver(random, 1), new Receiver(random, 1)]
    const world: World = { disk: new SimulatedDisk(), random, receivers, told: [], crashes: 0 }
    for (let lives = 0; lives < 40; lives++) {
      const ended = await live(world, lives < 39, windowMs)
      if (ended) break
      world.crashes++
      world.disk = fault === 'kill' ? world.disk.afterKill() : world.disk.afterPowerCut(random)
    }
    judge(world)
    expect(world.told.filter((t) => t.startsWith('state-corrupt'))).toEqual([])
  })
})
