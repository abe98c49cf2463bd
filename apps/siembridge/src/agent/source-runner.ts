import {
  failureText,
  type Lane,
  type LaneSpec,
  noRecords,
  runAgain,
  type Source,
  type SourceContext,
} from '@siembridge/core'
import type { ConfiguredSource } from '@siembridge/core/config'
import type { ParkedLane } from '@siembridge/core/pipeline'
import { countingLane } from './counting-lane.ts'
import type { Composition, Host } from './composition.ts'
import type { Inheritance } from './inheritance.ts'
import { reported, type StreamStatus } from './stream-status.ts'

export interface RunnerOptions extends Host {
  readonly configured: ConfiguredSource
  readonly composition: Composition
  readonly inheritance: Inheritance
  readonly sinceMs: number
  /** Streams as an earlier run knew them. */
  readonly known: readonly StreamStatus[]
  /** A bounded run over a past window, on lanes of its own. */
  readonly window?: { readonly fromMs: number; readonly toMs: number }
  /** Ends with the first error, in place of starting again. */
  readonly once?: boolean
  /** A span that a route missed while it was parked: `window` is its time, and records go to that route alone. */
  readonly replay?: ParkedLane
}

export interface SourceState {
  readonly state: 'running' | 'failing' | 'ended'
  readonly failingSinceMs?: number
  readonly error?: string
}

/** Runs a source, and again with growing pauses where it ends with an error. */
export class SourceRunner {
  readonly name: string
  readonly lanes = new Map<string, Lane>()
  readonly streams = new Map<string, StreamStatus>()
  status: SourceState = { state: 'running' }
  /** Records that the source handed over since it was started. */
  collected = 0
  private readonly options: RunnerOptions
  private readonly ending = new AbortController()
  private readonly source: Source<unknown>
  /** Resolves when the source has ended by itself or was stopped. Rejects for a run that is not repeated and failed. */
  readonly done: Promise<void>

  constructor(options: RunnerOptions) {
    this.options = options
    const { configured, composition, known } = options
    this.name = configured.name
    this.source = composition.connections.source(configured)
    // What failed before a restart fails since then, not since the restart.
    for (const stream of known) this.streams.set(stream.stream, { ...stream, state: 'starting' })
    this.done = options.window || options.once ? this.runOnce() : this.loop()
    this.done.catch(() => undefined)
  }

  stop(): Promise<void> {
    this.ending.abort(new Error('the agent stops'))
    return this.done.catch(() => undefined)
  }

  private async loop(): Promise<void> {
    const { clock, log } = this.options
    const failed = (error: unknown, pauseMs: number): void => this.failed(error, pauseMs)
    const atEnd = await runAgain(() => this.runOnce(), { clock, signal: this.ending.signal, failed })
    if (!atEnd) return
    log.info(`source ${this.name}: at its end`)
    this.status = { state: 'ended' }
  }

  private failed(error: unknown, pauseMs: number): void {
    const { clock, log } = this.options
    const text = failureText(error)
    const [first = ''] = text.split('\n')
    const changed = this.status.error !== first
    this.status = { state: 'failing', failingSinceMs: this.status.failingSinceMs ?? clock.now(), error: first }
    const again = `it is started again in ${Math.round(pauseMs / 1000)} s`
    log.log(changed ? 'error' : 'debug', `source ${this.name}: ${changed ? text : first}; ${again}`)
  }

  private runOnce(): Promise<void> {
    const { configured, composition, clock, log, sinceMs, window } = this.options
    const { secrets, budgets } = composition.connections
    const context: SourceContext<unknown> = {
      options: configured.options,
      name: this.name,
      secrets,
      budgets,
      clock,
      log,
      sinceMs,
      signal: this.ending.signal,
      lane: (spec) => this.lane(spec),
      report: (stream, report) => this.reported(stream, report),
      tell: (event) => this.options.tell(event),
      ...(window && { window }),
    }
    return this.source.run(context)
  }

  private reported(stream: string, report: Parameters<SourceContext<unknown>['report']>[1]): void {
    const before = this.streams.get(stream)
    this.streams.set(stream, reported(before, stream, report, this.options.clock.now()))
    if (report.state === 'connected') this.status = { state: 'running' }
  }

  private async lane(spec: LaneSpec): Promise<Lane> {
    const { replay } = this.options
    const lane = replay ? await this.laneAgain(replay) : await this.ownLane(spec)
    this.lanes.set(spec.stream, lane)
    if (!this.streams.has(spec.stream)) this.streams.set(spec.stream, { stream: spec.stream, state: 'starting' })
    return countingLane(lane, (records) => (this.collected += records))
  }

  private async laneAgain(span: ParkedLane): Promise<Lane> {
    const lane = await this.options.composition.pipeline.replay(span, this.ending.signal)
    if (!lane) throw new Error(`nothing of ${span.stream} is missing any more`)
    return lane
  }

  private async ownLane(spec: LaneSpec): Promise<Lane> {
    const { composition, inheritance, window } = this.options
    const stream = window ? `backfill ${window.fromMs} ${window.toMs} ${spec.stream}` : spec.stream
    const lane = await composition.pipeline.lane(this.name, { ...spec, stream }, this.ending.signal)
    const inherited = lane.position ? undefined : inheritance.positionOf(`${this.name}/${stream}`)
    if (inherited) {
      await lane.emit(noRecords, inherited)
      await lane.settled()
      inheritance.taken(`${this.name}/${stream}`)
    }
    return lane
  }
}
