import type { Config, ConfiguredSource } from '@siembridge/core/config'
import type { ParkedLane } from '@siembridge/core/pipeline'
import { withStream } from './backfill.ts'
import type { Host } from './composition.ts'
import type { RunnerOptions, SourceRunner } from './source-runner.ts'

interface ReplayerParts extends Pick<Host, 'clock' | 'log'> {
  readonly config: Config
  readonly parked: () => readonly ParkedLane[]
  readonly endReplay: (span: ParkedLane) => Promise<void>
  readonly runner: (configured: ConfiguredSource, more: Partial<RunnerOptions>) => SourceRunner
}

const lookMs = 2000
const firstPauseMs = 30_000
const longestPauseMs = 3_600_000
/** Microsoft's clock and ours may differ: records of the end of a span are looked for a little behind it. */
const clocksMs = 5 * 60_000

/** Collects again what routes missed while they were parked, one span of a stream at a time, beside everything else. */
export class Replayer {
  private readonly parts: ReplayerParts
  private readonly ending = new AbortController()
  private readonly busy = new Map<string, { readonly slot: number; readonly run: SourceRunner }>()
  private readonly running: Promise<void>

  constructor(parts: ReplayerParts) {
    this.parts = parts
    this.running = this.loop()
  }

  private async loop(): Promise<void> {
    const { signal } = this.ending
    const { clock, parked } = this.parts
    while (!signal.aborted) {
      for (const span of parked()) this.look(span)
      await clock.sleep(lookMs, signal).catch(() => undefined)
    }
  }

  private look(span: ParkedLane): void {
    const configured = this.parts.config.sources.find(({ name }) => name === span.source)
    const key = `${span.source}/${span.stream}`
    const busy = this.busy.get(key)
    if (busy?.slot === span.slot && span.missing === 0) return void busy.run.stop()
    if (span.untilMs === undefined || !configured || busy) return
    // It was told to wait and nothing came for it: there is nothing to collect.
    if (span.missing === 0) return void this.parts.endReplay(span).catch(() => undefined)
    void this.again(key, span, withStream(configured, span.stream))
  }

  /** Tried again with growing pauses: a tenant that refuses now may not tomorrow. */
  private async again(key: string, span: ParkedLane, configured: ConfiguredSource): Promise<void> {
    const { clock, log, runner, endReplay } = this.parts
    const { signal } = this.ending
    const { route, missing, fromMs, untilMs = fromMs } = span
    const what = `what route ${route} missed of ${key} (${missing} records)`
    log.info(`${what} is collected again`)
    for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      const window = { fromMs, toMs: untilMs + clocksMs }
      const run = runner(configured, { window, replay: span, known: [] })
      this.busy.set(key, { slot: span.slot, run })
      try {
        // One that is stopped because nothing is missing any more may end with an error.
        await run.done.catch((error: unknown) => this.unlessNothingIsMissing(span, error))
        if (signal.aborted) break
        await endReplay(span)
        log.info(`${what} was collected again`)
        break
      } catch (error) {
        if (signal.aborted) break
        const [first = ''] = (error as Error).message.split('\n')
        log.warn(`${what} cannot be collected again now: ${first}; tried again in ${Math.round(pauseMs / 1000)} s`)
        await clock.sleep(pauseMs, signal).catch(() => undefined)
      }
    }
    this.busy.delete(key)
  }

  private unlessNothingIsMissing({ source, stream, slot }: ParkedLane, error: unknown): void {
    const left = this.parts
      .parked()
      .find((span) => span.source === source && span.stream === stream && span.slot === slot)
    if (left && left.missing > 0) throw error
  }

  async stop(): Promise<void> {
    this.ending.abort(new Error('the agent stops'))
    await Promise.all([this.running, ...[...this.busy.values()].map(({ run }) => run.stop())])
  }
}
