import type { TenantOptions } from '@siembridge/azure'
import type { Config, ConfiguredSource } from '@siembridge/core/config'
import { compose, type Composition, dismantle, type Host } from './composition.ts'
import type { Inheritance } from './inheritance.ts'
import { type OwnEvents, ownSource, ownStream } from './own-events.ts'
import type { PausedTargets } from './paused-targets.ts'
import { Replayer } from './replayer.ts'
import { type RunnerOptions, SourceRunner } from './source-runner.ts'
import type { StreamStatus } from './stream-status.ts'

export interface RunningHost extends Host {
  readonly own: OwnEvents
  readonly paused: PausedTargets
  readonly inheritance: Inheritance
  /** Where a source begins that has no position. */
  sinceMs(source: string): number
  /** Streams of a source as an earlier run knew them. */
  known(source: string): readonly StreamStatus[]
  /** Read what is there and end, in place of waiting for more. */
  readonly once: boolean
  /** Deliver what waits, and collect nothing. */
  readonly idle: boolean
}

/** Receivers that answer do so quickly. */
const landMs = 2000

/** Room in a full buffer for the bridge's own events, which tell that it is full. */
const ownReserveBytes = 16 << 20

/** One configuration at work: pipeline and sources. */
export class Running {
  readonly composition: Composition
  runners: SourceRunner[] = []
  private readonly host: RunningHost
  private replayer: Replayer | undefined
  private readonly ownEnding = new AbortController()

  private constructor(composition: Composition, host: RunningHost) {
    this.composition = composition
    this.host = host
  }

  static async start(config: Config<TenantOptions>, host: RunningHost): Promise<Running> {
    const running = new Running(await compose(config, host), host)
    await running.begin()
    return running
  }

  private async begin(): Promise<void> {
    const { pipeline, config } = this.composition
    const { own, paused, idle } = this.host
    for (const target of paused.names) pipeline.pause(target, true)
    pipeline.start()
    const spec = { stream: ownStream, windowMs: 0, reserveBytes: ownReserveBytes, expects: ['siembridge.event'] }
    own.attach(await pipeline.lane(ownSource, spec, this.ownEnding.signal))
    if (idle) return
    this.runners = config.sources.map((source) => this.runner(source))
    this.replayer = new Replayer({
      ...this.host,
      config,
      parked: () => pipeline.parked(),
      endReplay: (span) => pipeline.endReplay(span),
      runner: (configured, more) => this.runner(configured, more),
    })
  }

  runner(configured: ConfiguredSource, more: Partial<RunnerOptions> = {}): SourceRunner {
    const { host, composition } = this
    const { once } = host
    return new SourceRunner({
      ...host,
      composition,
      configured: once ? endingSource(configured) : configured,
      sinceMs: host.sinceMs(configured.name),
      known: host.known(configured.name),
      once,
      ...more,
    })
  }

  /** Resolves when sources have ended by themselves and targets have everything. */
  async untilDelivered(signal: AbortSignal): Promise<void> {
    const { clock } = this.host
    for (const { lanes } of this.runners) for (const lane of lanes.values()) await lane.settled()
    while (!signal.aborted && this.composition.pipeline.status.targets.some(({ waiting }) => waiting > 0))
      await clock.sleep(50, signal).catch(() => undefined)
  }

  /** Targets that take events get what waits, for a moment: what stays is kept and goes out after the next start. */
  private async untilLanded(withinMs: number): Promise<void> {
    const { clock } = this.host
    const end = clock.elapsed() + withinMs
    const lands = (): boolean =>
      this.composition.pipeline.status.targets.some(({ state, waiting }) => state === 'connected' && waiting > 0)
    while (lands() && clock.elapsed() < end) await clock.sleep(10)
  }

  /** Sources end, what they handed over is kept, what is on its way arrives: all within so many milliseconds. */
  async stop(withinMs: number, last?: () => void): Promise<void> {
    const { clock, log, own } = this.host
    const began = clock.elapsed()
    const over = new AbortController()
    const deadline = clock.sleep(withinMs, over.signal).then(
      () => log.warn('a source does not end in time; it is left behind'),
      () => undefined,
    )
    const ends = [...this.runners.map((runner) => runner.stop()), this.replayer?.stop() ?? Promise.resolve()]
    await Promise.race([Promise.all(ends), deadline])
    over.abort()
    last?.()
    const left = (): number => Math.max(500, withinMs - (clock.elapsed() - began))
    const cut = setTimeout(() => this.ownEnding.abort(new Error('the agent stops')), left() / 2)
    await own.detach()
    clearTimeout(cut)
    await this.untilLanded(Math.min(landMs, left() / 2))
    await dismantle(this.composition, left())
  }
}

/** A source that can end by itself is asked to. */
const endingSource = (configured: ConfiguredSource): ConfiguredSource =>
  typeof configured.options === 'object' && configured.options !== null && 'once' in configured.options
    ? { ...configured, options: { ...configured.options, once: true } }
    : configured
