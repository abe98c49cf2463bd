import { recordsOf } from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import type { ParkedLane, Pipeline as PipelineClass } from '@siembridge/core/pipeline'
import { type CrashPoint, crashPoints, holds, pointName } from './points.ts'
import { judge, type Verdict } from './judge.ts'
import { Random } from './random.ts'
import { Receiver } from './receiver.ts'
import { SimulatedDisk } from './simulated-disk.ts'
import { annotator, encoder, type Issue, recordText, TestClock } from './world.ts'

export interface Schedule {
  readonly seed: number
  readonly issue: Issue
  /** How a life ends: the process is killed, or the power goes. */
  readonly ends: 'kill' | 'power'
  /** Where the first life ends; later ones end anywhere. */
  readonly point: CrashPoint
  readonly lives: number
  readonly disk: 'sound' | 'failing'
  readonly clock: 'steady' | 'jumping'
  /** State files are damaged or removed between lives. */
  readonly damage: 'none' | 'flip' | 'remove'
  /** What lanes do where the second route is full; its target is down for long where it parks. */
  readonly onFull: 'block' | 'park'
}

export interface Outcome {
  readonly lost: number
  readonly doubled: number
  readonly repeated: number
  readonly problems: readonly string[]
  readonly crashes: number
  readonly points: readonly string[]
  readonly kinds: readonly string[]
  readonly corruptions: number
  /** Spans that were collected again for a route that had been parked. */
  readonly replayed: number
  /** Files that were damaged. */
  readonly damaged: readonly string[]
  readonly bytesLeft: number
}

const window = 2000
const log = Object.assign(createLogger({ level: 'error', json: false }), { silent: true })
const lanes = ['poll.a', 'poll.b', 'poll.c', 'file.d', 'file.e']

/** The schedule of a seed: at least 5,000 events, two routes with three targets, three kinds of fault or more. */
export function scheduleOf(seed: number, perLane = 1000): Schedule {
  const random = new Random(seed * 7919)
  return {
    seed,
    issue: { lanes, perLane },
    ends: random.chance(0.5) ? 'kill' : 'power',
    point: crashPoints[seed % crashPoints.length] as CrashPoint,
    lives: 3 + random.below(10),
    disk: random.chance(0.5) ? 'failing' : 'sound',
    clock: random.chance(0.3) ? 'jumping' : 'steady',
    damage: seed % 5 === 3 ? 'flip' : seed % 5 === 4 ? 'remove' : 'none',
    onFull: seed % 3 === 0 ? 'park' : 'block',
  }
}

/** Runs a schedule against a build of the pipeline. */
export async function runSchedule(Pipeline: typeof PipelineClass, schedule: Schedule): Promise<Outcome> {
  const run = new Run(Pipeline, schedule)
  await run.all()
  return run.outcome()
}

class Run {
  private readonly random: Random
  private readonly clock = new TestClock()
  private readonly receivers: readonly Receiver[]
  private readonly told: string[] = []
  private readonly points = new Set<string>()
  private disk = new SimulatedDisk()
  private crashes = 0
  private corruptions = 0
  private replayed = 0
  private collecting = 0
  private readonly damaged: string[] = []
  private readonly Pipeline: typeof PipelineClass
  private readonly schedule: Schedule

  constructor(Pipeline: typeof PipelineClass, schedule: Schedule) {
    this.Pipeline = Pipeline
    this.schedule = schedule
    this.random = new Random(schedule.seed)
    const faults = { fails: 0.03, storedThough: 0.5, retries: 0 }
    const parks = schedule.onFull === 'park'
    this.receivers = [0, 1, 2].map(
      (at) =>
        new Receiver(this.random, { ...faults, retries: at === 1 ? 0.002 : 0, down: parks && at === 2 ? 0.02 : 0 }),
    )
  }

  async all(): Promise<void> {
    for (let life = 0; ; life++) {
      const dies = life < this.schedule.lives
      if ((await this.live(life, dies)) === 'ended') return
      this.crashes++
      this.disk = this.schedule.ends === 'kill' ? this.disk.afterKill() : this.disk.afterPowerCut(this.random)
      this.damage()
      if (this.schedule.clock === 'jumping') this.clock.jump += (this.random.next() - 0.5) * 2 * 86_400_000
    }
  }

  private damage(): void {
    if (this.schedule.damage === 'none' || this.corruptions > 0 || this.random.chance(0.5)) return
    const paths = this.disk.paths.filter((path) => (this.disk.content(path) as Buffer).length > 0)
    if (paths.length === 0) return
    const path = this.random.pick(paths)
    this.corruptions++
    this.damaged.push(path)
    if (this.schedule.damage === 'remove') return this.disk.forget(path)
    const content = Buffer.from(this.disk.content(path) as Buffer)
    const at = this.random.below(content.length)
    content[at] = (content[at] as number) ^ (1 << this.random.below(8))
    this.disk.put(path, content)
  }

  private live(life: number, dies: boolean): Promise<'ended' | 'died'> {
    const { disk } = this
    let dead = false
    const died = new Promise<'died'>((resolve) => {
      const die = (): void => {
        dead = true
        disk.halt()
        resolve('died')
      }
      if (dies) this.arm(life, die)
    })
    if (this.schedule.disk === 'failing') this.breakDisk()
    disk.slowness = (operation, path) =>
      operation === 'sync' ? this.random.below(holds(path) === 'cursor' ? 12 : 3) : 0
    return Promise.race([died, this.whole(() => dead)])
  }

  /** The first life ends at the schedule's point, one of its first few times; the others after some operations. */
  private arm(life: number, die: () => void): void {
    const { point } = this.schedule
    let left = life === 0 ? 1 + this.random.below(4) : 1 + this.random.below(600)
    const reached = (when: 'before' | 'after', operation: CrashPoint['operation'], kind: string): void => {
      const here = when === point.when && operation === point.operation && kind === point.holds
      if ((life === 0 && !here) || --left !== 0) return
      this.points.add(pointName({ when, operation, holds: kind }))
      die()
    }
    this.disk.onOperation = (when, operation, path) => reached(when, operation, holds(path))
    for (const receiver of this.receivers) receiver.onAcknowledge = (when) => reached(when, 'acknowledge', 'receiver')
    // A point that is not met ends the life somewhere.
    const { disk } = this
    let operations = 0
    const before = disk.onOperation
    disk.onOperation = (when, operation, path) => {
      if (++operations === 6000) {
        this.points.add('elsewhere')
        return die()
      }
      before(when, operation, path)
    }
  }

  private breakDisk(): void {
    const { random } = this
    this.disk.interfere = (operation) => {
      if (!random.chance(operation === 'sync' ? 0.03 : 0.01)) return undefined
      if (operation === 'write') return random.chance(0.5) ? { take: random.below(40) } : broken('ENOSPC')
      return operation === 'sync' || operation === 'open' || operation === 'sync-folder' ? broken('EIO') : undefined
    }
  }

  private async whole(dead: () => boolean): Promise<'ended'> {
    const pipeline = await this.opened(dead)
    pipeline.start()
    const signal = new AbortController().signal
    const { lanes: streams } = this.schedule.issue
    this.collecting = streams.length
    const replaying = this.replayAll(pipeline, dead, signal)
    await Promise.all(streams.map((lane) => this.collect(pipeline, lane, signal).finally(() => this.collecting--)))
    await replaying
    while (pipeline.status.targets.some((t) => t.waiting > 0)) await new Promise(setImmediate)
    await pipeline.stop(60_000)
    return 'ended'
  }

  /** A start on a disk that fails is tried again, as a service manager does. */
  private opened(dead: () => boolean): Promise<PipelineClass> {
    return retried(() => this.open(dead))
  }

  private open(dead: () => boolean): Promise<PipelineClass> {
    const target = (name: string, at: number) => {
      const delivery = (this.receivers[at] as Receiver).delivery(dead)
      return { name, encoder, delivery, window }
    }
    const { onFull } = this.schedule
    return this.Pipeline.open({
      disk: this.disk,
      directory: '/state',
      clock: this.clock,
      log,
      annotator,
      segmentBytes: 8000,
      laneLimits: { hotKeys: 40, journalBytes: 20_000 },
      routes: [
        { name: 'r0', updates: 'all', targets: [target('t0', 0), target('t1', 1)], limitBytes: 60_000 },
        {
          name: 'r1',
          updates: 'all',
          onFull,
          targets: [target('t2', 2)],
          limitBytes: onFull === 'park' ? 24_000 : 60_000,
        },
      ],
      meter: { lane: () => undefined, target: () => undefined },
      tell: (event) => this.told.push(event.action),
    })
  }

  private async collect(pipeline: PipelineClass, stream: string, signal: AbortSignal): Promise<void> {
    const { random } = this
    const { perLane } = this.schedule.issue
    const windowMs = stream.startsWith('poll') ? 86_400_000 : 0
    const spec = { stream, windowMs, ...(windowMs > 0 && { foundFromMs: found }) }
    const lane = await retried(() => pipeline.lane('source', spec, signal))
    const from = numberIn(lane.position)
    // A poller looks back over what it may have seen; a reader of files goes on where it was.
    let at = windowMs === 0 ? from : Math.max(0, from - random.below(lookBack))
    while (at < perLane) {
      const to = Math.min(perLane, at + 1 + random.below(60))
      const texts = Array.from({ length: to - at }, (_, i) => Buffer.from(recordText(stream, at + i)))
      await lane.emit(recordsOf(texts), Buffer.from(String(Math.max(to, from))))
      if (random.chance(0.1)) await lane.settled()
      at = to
    }
    await lane.settled()
  }

  /** Collects again what the parked route missed, until nothing is missing and nothing is collected any more. */
  private async replayAll(pipeline: PipelineClass, dead: () => boolean, signal: AbortSignal): Promise<void> {
    while (!dead()) {
      const spans = pipeline.parked()
      const span = spans.find((one) => one.untilMs !== undefined)
      if (span) await this.replay(pipeline, span, signal)
      else if (spans.length === 0 && this.collecting === 0) return
      await new Promise(setImmediate)
    }
  }

  private async replay(pipeline: PipelineClass, span: ParkedLane, signal: AbortSignal): Promise<void> {
    const lane = await pipeline.replay(span, signal)
    if (!lane) return
    const live = await pipeline.lane(
      'source',
      { stream: span.stream, windowMs: 86_400_000, foundFromMs: found },
      signal,
    )
    const end = numberIn(live.position)
    for (let at = Math.max(span.fromMs, numberIn(lane.position)); at < end;) {
      const to = Math.min(end, at + 1 + this.random.below(60))
      const texts = Array.from({ length: to - at }, (_, i) => Buffer.from(recordText(span.stream, at + i)))
      await lane.emit(recordsOf(texts), Buffer.from(String(to)))
      if (this.random.chance(0.1)) await lane.settled()
      at = to
    }
    await pipeline.endReplay(span)
    this.replayed++
  }

  outcome(): Outcome {
    const { schedule, receivers, told, corruptions } = this
    // What was damaged is told, and records may come again then; nothing may be lost all the same.
    const lenient = corruptions > 0
    const verdicts: Verdict[] = receivers.map(({ got }, at) =>
      judge(schedule.issue, {
        route: at < 2 ? 0 : 1,
        got,
        window: lenient ? Infinity : window + 600,
        ordered: !lenient && at !== 1 && !(at === 2 && this.replayed > 0),
      }),
    )
    const kinds = [
      schedule.ends,
      'receiver fails',
      ...(schedule.disk === 'failing' ? ['disk fails'] : []),
      ...(schedule.clock === 'jumping' ? ['clock jumps'] : []),
      ...(schedule.onFull === 'park' ? ['target down for long'] : []),
      ...(schedule.damage === 'none' ? ['answers for single events'] : [`state ${schedule.damage}`]),
    ]
    const sum = (pick: (v: Verdict) => number): number => verdicts.reduce((total, v) => total + pick(v), 0)
    const alarms = corruptions === 0 && told.includes('state-corrupt') ? ['damage was told where there was none'] : []
    return {
      lost: sum((v) => v.lost),
      doubled: sum((v) => v.doubled),
      repeated: sum((v) => v.repeated),
      problems: [...verdicts.flatMap((v, at) => v.problems.map((p) => `target t${at}: ${p}`)), ...alarms],
      crashes: this.crashes,
      points: [...this.points],
      kinds,
      corruptions,
      replayed: this.replayed,
      damaged: this.damaged,
      bytesLeft: this.disk.size,
    }
  }
}

/** How far a poller looks back over what it may have seen. */
const lookBack = 150

const found = (position: Uint8Array | undefined): number => Math.max(0, numberIn(position) - lookBack)

/** Positions are numbers of records. */
const numberIn = (position: Uint8Array | undefined): number => (position ? Number(Buffer.from(position).toString()) : 0)

/** What fails because the disk does is tried again. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!/EIO|ENOSPC|no more/.test((error as Error).message)) throw error
    }
}

const broken = (code: string): Error => Object.assign(new Error(`${code}: on purpose`), { code })
