import type { Logger } from 'winston'
import type { RouteBuffer } from '../buffer/route-buffer.ts'
import { type LeftBehind, tellLeftBehind } from '../buffer/left-behind.ts'
import type { Clock } from '../clock.ts'
import type { Annotator, Encoder } from '../contracts/annotate.ts'
import type { Lane, LaneSpec, OwnEvent } from '../contracts/source.ts'
import type { Delivery } from '../contracts/target.ts'
import { TargetWorker, type TargetState } from '../delivery/worker.ts'
import type { Disk } from '../disk/disk.ts'
import { type LaneContext, LaneRun } from '../lanes/lane-run.ts'
import type { ParkedSpan } from '../lanes/parking.ts'
import { laneFolder, type LaneLimits, laneLimits, LaneState } from '../lanes/lane-state.ts'
import type { LaneRoute, Updates } from '../lanes/route.ts'
import { DeadLetters } from './dead-letters.ts'
import { lanesFolder, recoverState, type Recovered, routeFolder } from './recovery.ts'

export interface TargetSpec {
  readonly name: string
  readonly encoder: Encoder
  readonly delivery: Delivery
  /** Bytes of encoded events that can come again. */
  readonly window: number
}

export interface RouteSpec {
  readonly name: string
  /** Names of the sources that it takes from; all where it is not told. */
  readonly from?: readonly string[]
  readonly updates: Updates
  readonly targets: readonly TargetSpec[]
  /** Bytes on disk, or in memory where nothing is buffered on disk, from which on the route takes nothing more. */
  readonly limitBytes: number
  /** What lanes do then: wait, or go on and collect the route's records again when there is room. */
  readonly onFull?: 'block' | 'park'
}

/** A span that a route missed while it was parked. */
export interface ParkedLane {
  readonly source: string
  readonly stream: string
  readonly route: string
  /** Names the span within its lane. */
  readonly slot: number
  /** Records that the route misses. */
  readonly missing: number
  /** Times between which they can be found, milliseconds since 1970; without an end the route is still full. */
  readonly fromMs: number
  readonly untilMs?: number
}

export type Counted = 'received' | 'duplicate' | 'unrouted' | 'rejected'

/** Numbers as they come: the host turns them into metrics. */
export interface Meter {
  lane(what: Counted, source: string, type: string, records: number): void
  target(what: 'sent' | 'rejected' | 'repeated', target: string, events: number): void
}

export interface PipelineOptions {
  readonly disk: Disk
  /** State directory. */
  readonly directory: string
  readonly clock: Clock
  readonly log: Logger
  readonly annotator: Annotator
  /** At most 31. */
  readonly routes: readonly RouteSpec[]
  readonly segmentBytes?: number
  /** Nothing is buffered on disk: lanes settle what every target has, and what is under way at an end is collected again. */
  readonly direct?: boolean
  readonly laneLimits?: LaneLimits
  readonly deadLetterKeepMs?: number
  readonly meter: Meter
  readonly tell: (event: OwnEvent) => void
}

export interface PipelineStatus {
  readonly routes: readonly {
    readonly name: string
    readonly bytes: number
    readonly limitBytes: number
    readonly full: boolean
    /** Records that it missed while it was parked, and that are to be collected again. */
    readonly parked: number
  }[]
  readonly targets: readonly ({ readonly name: string; readonly route: string } & TargetState)[]
  readonly deadLetters: number
  /** Buffers of routes that are not configured any more, with events that wait. */
  readonly leftBehind: readonly LeftBehind[]
  /** Why the disk does not take what is written, where it does not. */
  readonly disk?: string
}

const day = 86_400_000

/**
 * From lanes to targets: what sources emit is buffered durably, delivered in order, and settled. `open` recovers what an earlier
 * run left behind; `start` delivers; `stop` lets everything under way arrive.
 */
export class Pipeline {
  private readonly options: PipelineOptions
  private readonly ending: AbortController
  private readonly state: Recovered
  private readonly letters: DeadLetters
  private readonly workers: { readonly name: string; readonly route: string; readonly worker: TargetWorker }[]
  private readonly open = new Map<string, { readonly source: string; readonly stream: string; readonly run: LaneRun }>()
  private readonly troubles = new Map<string, string>()
  private readonly fullRoutes = new Set<string>()
  private readonly beganElapsed: number

  private constructor(
    options: PipelineOptions,
    ending: AbortController,
    troubles: Map<string, string>,
    state: Recovered,
  ) {
    this.options = options
    this.ending = ending
    this.troubles = troubles
    this.state = state
    this.beganElapsed = options.clock.elapsed()
    this.letters = new DeadLetters({
      disk: options.disk,
      folder: `${options.directory}/dead-letters`,
      clock: options.clock,
      signal: ending.signal,
      fileBytes: 16 << 20,
      keepMs: options.deadLetterKeepMs ?? 30 * day,
      trouble: (reason) => this.trouble('dead letters', reason),
    })
    this.workers = options.routes.flatMap((route) => route.targets.map((target) => this.workerOf(route, target)))
  }

  /** Recovers the state of an earlier run. */
  static async open(options: PipelineOptions): Promise<Pipeline> {
    const ending = new AbortController()
    const troubles = new Map<string, string>()
    const found: string[] = []
    const here: { pipeline?: Pipeline } = {}
    const state = await recoverState({
      disk: options.disk,
      directory: options.directory,
      clock: options.clock,
      signal: ending.signal,
      routes: options.routes.map((r) => ({
        name: r.name,
        targets: r.targets.map((t) => t.name),
        limitBytes: r.limitBytes,
      })),
      segmentBytes: options.segmentBytes ?? 16 << 20,
      direct: options.direct ?? false,
      limits: options.laneLimits ?? laneLimits,
      found: (trouble) => found.push(trouble),
      trouble: (route, reason) => here.pipeline?.trouble(`buffer of route ${route}`, reason),
    })
    const pipeline: Pipeline = new Pipeline(options, ending, troubles, state)
    here.pipeline = pipeline
    for (const message of found) {
      options.log.error(message)
      options.tell({ action: 'state-corrupt', severity: 'high', message })
    }
    for (const left of state.leftBehind) {
      const message = tellLeftBehind(left, routeFolder(options.directory, left.route))
      options.log.error(message)
      options.tell({ action: 'gap', severity: 'high', message, details: { ...left } })
    }
    return pipeline
  }

  start(): void {
    for (const { worker } of this.workers) void worker.run()
  }

  /** The lane of a source's stream; the same one however often it is asked for. `signal` ends waiting in `emit`. */
  async lane(source: string, spec: LaneSpec, signal: AbortSignal): Promise<Lane> {
    const lane = await this.laneOf(`${source}/${spec.stream}`, source, spec)
    lane.attach(signal, spec)
    return lane
  }

  private async laneOf(name: string, source: string, spec: LaneSpec): Promise<LaneRun> {
    const open = this.open.get(name)
    if (open) return open.run
    const folder = laneFolder(name)
    const { disk, directory, laneLimits: limits } = this.options
    const path = `${lanesFolder(directory)}/${folder}`
    const state = this.state.lanes.get(folder) ?? (await LaneState.open(disk, path, limits)).state
    this.state.lanes.set(folder, state)
    const run = new LaneRun(name, spec, state, this.contextOf(source))
    this.open.set(name, { source, stream: spec.stream, run })
    return run
  }

  private contextOf(source: string): LaneContext {
    const { annotator, clock, meter } = this.options
    return {
      annotator,
      routes: this.routesOf(source),
      signal: this.ending.signal,
      minute: () => this.minute(),
      now: () => clock.now(),
      delivered: (routes) => routes.every((r) => this.isDelivered(r.name, r.base + r.count)),
      deadLetter: (lane, record, reason) => this.letters.add('lane', lane, record, reason),
      count: (what, type, records) => meter.lane(what, source, type, records),
      trouble: (reason) => this.trouble(`state of source ${source}`, reason),
      retry: () => clock.sleep(1000, this.ending.signal),
      quiet: () => clock.sleep(1000, this.ending.signal),
      full: (route) => this.routeFull(route),
      gap: (route, lane, records, span) => this.gap(source, route, lane, records, span),
    }
  }

  private routesOf(source: string): LaneRoute[] {
    return this.options.routes.flatMap(({ name, from, updates, onFull = 'block' }, bit) =>
      from && !from.includes(source) ? [] : [{ name, bit, updates, onFull, buffer: this.bufferOf(name) }],
    )
  }

  private bufferOf(route: string): RouteBuffer {
    return this.state.buffers.get(route) as RouteBuffer
  }

  private isDelivered(route: string, sequence: number): boolean {
    const spec = this.options.routes.find((r) => r.name === route)
    return !spec || spec.targets.every((t) => this.bufferOf(route).cursors.persisted(t.name) >= sequence)
  }

  /** Minutes of the lanes' own time. */
  private minute(): number {
    return this.state.minute + Math.floor((this.options.clock.elapsed() - this.beganElapsed) / 60_000)
  }

  private workerOf(route: RouteSpec, { name, encoder, delivery, window }: TargetSpec): Pipeline['workers'][number] {
    const { clock, log, meter } = this.options
    const worker = new TargetWorker({
      name,
      buffer: this.bufferOf(route.name),
      encoder,
      delivery,
      window,
      clock,
      log,
      tell: (event) => this.options.tell(event),
      deadLetter: (event, reason) => this.letters.add('target', name, event, reason),
      count: (what, events) => meter.target(what, name, events),
    })
    return { name, route: route.name, worker }
  }

  private routeFull(route: string): void {
    // A buffer in memory fills whenever its target is slower than the source: that is its measure, and no trouble.
    if (this.options.direct || this.fullRoutes.has(route)) return
    this.fullRoutes.add(route)
    const parks = this.options.routes.some((r) => r.name === route && r.onFull === 'park')
    const then = parks
      ? 'what it misses is collected again when its targets take events, and other routes go on'
      : 'collecting waits until its targets take events'
    const message = `the buffer of route ${route} is full; ${then}`
    this.options.log.error(message)
    this.options.tell({ action: 'buffer-full', severity: 'high', message, details: { route } })
    void this.bufferOf(route)
      .room(this.ending.signal)
      .then(() => this.fullRoutes.delete(route))
  }

  private gap(source: string, route: string, lane: string, records: number, { fromMs, untilMs }: ParkedSpan): void {
    const iso = (ms: number): string => new Date(ms).toISOString()
    const when = `between ${iso(fromMs)} and ${iso(untilMs ?? this.options.clock.now())}`
    const why = this.routesOf(source).some(({ name }) => name === route)
      ? 'the source has them no more, or newer revisions stand in their place'
      : 'the configuration does not have that route any more, or gives it nothing of that source'
    const message = `route ${route} was parked, and ${records} records of ${lane} ${when} cannot be collected again for it: ${why}`
    this.options.log.error(message)
    this.options.tell({ action: 'gap', severity: 'high', message, details: { route, lane, records } })
  }

  /** Spans that routes missed, of all lanes that sources have opened. */
  parked(): readonly ParkedLane[] {
    return [...this.open].flatMap(([, { source, run, stream }]) =>
      run.parkedSpans().map(({ route, slot, missing, fromMs, untilMs }): ParkedLane => ({
        source,
        stream,
        route,
        slot,
        missing,
        fromMs,
        ...(untilMs !== undefined && { untilMs }),
      })),
    )
  }

  /** The way to collect a span again: see `LaneRun.replay`. */
  async replay({ source, stream, slot }: ParkedLane, signal: AbortSignal): Promise<Lane | undefined> {
    return this.open.get(`${source}/${stream}`)?.run.replay(slot, signal)
  }

  /** A span was collected again, as far as the source still has it. */
  async endReplay({ source, stream, slot }: ParkedLane): Promise<void> {
    await this.open.get(`${source}/${stream}`)?.run.endSpan(slot)
  }

  private trouble(what: string, reason: string | undefined): void {
    if (reason === undefined) {
      if (this.troubles.delete(what)) this.options.log.info(`${what} can be written again`)
    } else if (this.troubles.get(what) !== reason) {
      this.troubles.set(what, reason)
      this.options.log.error(`${what} cannot be written: ${reason}; nothing is lost, collecting waits`)
    }
  }

  pause(target: string, paused: boolean): boolean {
    const found = this.workers.filter((w) => w.name === target)
    for (const { worker } of found) worker.paused = paused
    return found.length > 0
  }

  get status(): PipelineStatus {
    const spans = [...this.open.values()].flatMap(({ run }) => run.parkedSpans())
    const disk = [...this.troubles].map(([what, reason]) => `${what}: ${reason}`).join('; ')
    return {
      routes: this.options.routes.map(({ name, limitBytes }) => {
        const { bytes, full } = this.bufferOf(name)
        const parked = spans.filter((span) => span.route === name).reduce((sum, { missing }) => sum + missing, 0)
        return { name, bytes, limitBytes, full, parked }
      }),
      targets: this.workers.map(({ name, route, worker }) => ({ name, route, ...worker.status })),
      deadLetters: this.letters.written,
      leftBehind: this.state.leftBehind.filter(({ target }) => target === undefined),
      ...(disk !== '' && { disk }),
    }
  }

  /** A disk that takes nothing must not hold up the end: what is not settled is collected again. */
  private async settled(deadlineMs: number): Promise<void> {
    const lanes = [...this.open.values()].map(({ run }) => run.settled().catch(() => undefined))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)))
    await Promise.race([Promise.all(lanes), late])
    clearTimeout(timer)
  }

  /** Sources must have ended. What lanes hold is settled, what is under way to targets arrives, for at most so long. */
  async stop(deadlineMs = 10_000): Promise<void> {
    // Without a buffer nothing is settled before targets have it.
    if (!this.options.direct) await this.settled(deadlineMs)
    await Promise.all(this.workers.map(({ worker }) => worker.stop(deadlineMs)))
    this.ending.abort(new Error('the pipeline ended'))
    await this.letters.close()
    for (const state of this.state.lanes.values()) await state.close()
    for (const buffer of this.state.buffers.values()) await buffer.close()
  }
}
