import type { Server } from 'node:http'
import { join } from 'node:path'
import type { TenantOptions } from '@siembridge/azure'
import { exit, type Logger, systemClock } from '@siembridge/core'
import { type Config, momentOf, type Since } from '@siembridge/core/config'
import { writeJson } from '../state/json-file.ts'
import { collectStatus } from './collect-status.ts'
import type { ConfigText } from './config-file.ts'
import { Counts } from './counts.ts'
import { Housekeeper } from './housekeeping.ts'
import { closeHttp, listenHttp } from './http-server.ts'
import { Inheritance } from './inheritance.ts'
import { knownCredentials, knownStreams } from './known.ts'
import { occupy, type OccupiedState } from './occupied-state.ts'
import { operate } from './operations.ts'
import { OwnEvents, type Told } from './own-events.ts'
import { PausedTargets } from './paused-targets.ts'
import { unreadiness } from './readiness.ts'
import { Reloader } from './reloader.ts'
import { Running, type RunningHost } from './running.ts'
import { SinceOverrides } from './since-overrides.ts'
import type { AgentStatus } from './status.ts'

export interface AgentOptions {
  readonly text: ConfigText
  readonly config: Config<TenantOptions>
  readonly log: Logger
  /** Last warnings and errors of the log. */
  readonly recent: readonly string[]
  readonly version: string
  readonly since?: Since | undefined
  readonly once?: boolean
  /** Deliver what waits, collect nothing, and serve no pages: for commands that work while no agent runs. */
  readonly idle?: boolean
}

const writeStatusMs = 10_000
const minuteMs = 60_000
const goBackMs = 5000

/** The agent of a state directory: one configuration at work, and what people and programs can ask of it. */
export class Agent {
  readonly options: AgentOptions
  readonly counts = new Counts()
  readonly overrides: SinceOverrides
  readonly paused: PausedTargets
  readonly ending = new AbortController()
  private readonly interrupting = new AbortController()
  private readonly own: OwnEvents
  private readonly host: RunningHost
  private readonly housekeeper: Housekeeper
  private readonly reloader: Reloader
  private readonly credentials: Map<string, number>
  private readonly timers: NodeJS.Timeout[] = []
  private readonly startedMs = systemClock.now()
  private state: AgentStatus['agent']['state'] = 'starting'
  private occupied: OccupiedState | undefined
  private current: Running | undefined
  private server: Server | undefined
  private changing: Promise<unknown> = Promise.resolve()

  private constructor(options: AgentOptions) {
    const { config, version, log } = options
    this.options = options
    this.own = new OwnEvents(systemClock, version)
    this.paused = new PausedTargets(config.state)
    this.overrides = new SinceOverrides(config.state)
    this.credentials = knownCredentials(config)
    const known = knownStreams(config.state)
    this.host = {
      clock: systemClock,
      log,
      counts: this.counts,
      own: this.own,
      paused: this.paused,
      inheritance: new Inheritance(config.state),
      once: options.once ?? false,
      idle: options.idle ?? false,
      tell: (event) => this.tell(event),
      sinceMs: (source) => this.sinceMs(source),
      known: (source) => known.get(source) ?? [],
    }
    this.housekeeper = new Housekeeper({
      clock: systemClock,
      counts: this.counts,
      config: () => this.config,
      deadLetters: () => this.current?.composition.pipeline.status.deadLetters ?? 0,
      tell: (event) => this.tell(event),
    })
    this.reloader = new Reloader({
      text: options.text,
      log,
      config: () => this.config,
      exchange: (next, changes) => this.exchange(next, changes),
      tell: (event) => this.tell(event),
    })
  }

  /** Takes the state directory, opens the configuration and starts. What throws leaves everything as it was. */
  static async start(options: AgentOptions): Promise<Agent> {
    let agent: Agent | undefined
    const occupied = await occupy(options.config.state, (request, progress, signal) =>
      agent ? operate(agent, request, progress, signal) : Promise.reject(new Error('the agent is starting')),
    )
    try {
      agent = new Agent(options)
      await agent.begin(occupied)
      return agent
    } catch (error) {
      await agent?.closePages()
      await occupied.release()
      throw error
    }
  }

  get running(): Running {
    if (!this.current) throw new Error('the agent is not ready; try again in a moment')
    return this.current
  }

  get config(): Config<TenantOptions> {
    return this.current?.composition.config ?? this.options.config
  }

  /** Aborted when somebody no longer wants to wait; the agent still ends gracefully. */
  get interrupted(): AbortSignal {
    return this.interrupting.signal
  }

  interrupt(): void {
    this.interrupting.abort(new Error('interrupted'))
  }

  private async begin(occupied: OccupiedState): Promise<void> {
    const { config, log, idle = false, version } = this.options
    this.occupied = occupied
    if (occupied.migrated !== undefined) log.warn(occupied.migrated)
    if (!idle) await this.openPages(config)
    this.current = await Running.start(config, this.host)
    this.state = 'running'
    if (idle) return
    this.tell({ action: 'started', severity: 'informational', message: `the bridge started, version ${version}` })
    this.every(writeStatusMs, () => this.writeStatus())
    this.every(minuteMs, () => this.housekeeper.look())
    this.writeStatus()
  }

  private every(ms: number, act: () => void): void {
    const timer = setInterval(act, ms)
    timer.unref()
    this.timers.push(timer)
  }

  private sinceMs(source: string): number {
    const { since } = this.options
    return this.overrides.get(source) ?? momentOf(since ?? this.config.since, systemClock.now())
  }

  tell(event: Told): void {
    const { tenant, expires } = event.details ?? {}
    if (event.action === 'secret-expires') this.credentials.set(String(tenant), Date.parse(String(expires)))
    if (!this.options.idle) this.own.tell(event)
  }

  status(): AgentStatus {
    this.housekeeper.lookAtReceived()
    const { version, recent } = this.options
    const { state, startedMs } = this
    const { refusal } = this.reloader
    return collectStatus({
      agent: {
        version,
        startedMs,
        state,
        configuration: this.config.file,
        ...(refusal !== undefined && { configurationError: refusal }),
      },
      composition: this.running.composition,
      runners: this.running.runners,
      counts: this.counts,
      lastReceived: this.housekeeper.lastReceived,
      credentials: this.credentials,
      recent,
      nowMs: systemClock.now(),
    })
  }

  private writeStatus(): void {
    try {
      writeJson(join(this.config.state, 'status.json'), this.status())
    } catch (error) {
      this.options.log.debug(`status.json cannot be written: ${(error as Error).message}`)
    }
  }

  private async openPages({ http }: Config): Promise<void> {
    if (!http) return
    const { createMetrics } = await import('./metrics.ts')
    const metrics = createMetrics(this.counts, () => this.status())
    this.server = await listenHttp(http.listen, {
      unready: () => (this.current ? unreadiness(this.status(), systemClock.now()) : ['the agent is starting']),
      metrics,
    })
  }

  private async closePages(): Promise<void> {
    await closeHttp(this.server)
    this.server = undefined
  }

  /** Looks whether the configuration changed, and takes it over where it is valid. Answers what became of it. */
  reload(): Promise<string> {
    const reloading = this.changing.then(() => (this.ending.signal.aborted ? 'the agent stops' : this.reloader.look()))
    this.changing = reloading.catch(() => undefined)
    return reloading
  }

  private async exchange(config: Config<TenantOptions>, changes: readonly string[]): Promise<void> {
    const before = this.config
    const pages = changes.includes('http')
    if (pages) await this.exchangePages(before, config)
    this.state = 'reloading'
    await this.running.stop(before.stop_within)
    try {
      this.current = await Running.start(config, this.host)
    } catch (error) {
      await this.goBack(before)
      if (pages) await this.exchangePages(config, before)
      throw error
    } finally {
      this.state = 'running'
    }
  }

  /** Listens elsewhere; where that fails, where it did before. */
  private async exchangePages(before: Config, after: Config): Promise<void> {
    await this.closePages()
    try {
      await this.openPages(after)
    } catch (error) {
      await this.openPages(before)
      throw error
    }
  }

  /** What ran before runs again: until it does, it is tried. */
  private async goBack(config: Config<TenantOptions>): Promise<void> {
    while (!this.ending.signal.aborted)
      try {
        this.current = await Running.start(config, this.host)
        return
      } catch (error) {
        this.options.log.error(`the old configuration cannot be opened either: ${(error as Error).message}`)
        await systemClock.sleep(goBackMs, this.ending.signal).catch(() => undefined)
      }
  }

  /** Resolves with an exit status when all sources have ended by themselves and everything is delivered. */
  async untilDone(): Promise<number> {
    const ends = await Promise.allSettled(this.running.runners.map(({ done }) => done))
    const failed = ends.filter((end) => end.status === 'rejected')
    for (const { reason } of failed) this.options.log.error((reason as Error).message)
    await this.running.untilDelivered(this.ending.signal)
    return failed.length > 0 ? exit.no : exit.good
  }

  /** Ends gracefully: nothing is lost, and nothing comes twice where receivers answer in time. */
  async stop(): Promise<void> {
    if (this.ending.signal.aborted) return
    this.ending.abort(new Error('the agent stops'))
    await this.changing
    this.state = 'stopping'
    for (const timer of this.timers) clearInterval(timer)
    await this.current?.stop(this.config.stop_within, () =>
      this.tell({ action: 'stopped', severity: 'informational', message: 'the bridge stopped' }),
    )
    this.state = 'stopped'
    if (!this.options.idle) this.writeStatus()
    await this.closePages()
    await this.occupied?.release()
  }
}
