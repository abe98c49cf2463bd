import type { Clock, StreamReport } from '@siembridge/core'
import { minute } from '../common/duration.ts'
import type { Looker } from '../common/looks.ts'
import { Turns } from '../common/turns.ts'
import type { SilenceWatch } from '../common/watch.ts'
import { collect } from './collect.ts'
import type { Drained } from './drain.ts'
import { type Late, LateCounter } from './late.ts'
import type { Progress } from './progress.ts'
import type { Window } from './query.ts'
import type { Reader } from './reader.ts'

/** Overlap of looks between two full ones, in milliseconds: covers records that pass each other within the service. */
const shortOverlapMs = 5 * minute

export interface StreamOptions {
  readonly reader: Reader
  readonly progress: Progress
  readonly clock: Clock
  readonly silence: SilenceWatch
  /** End of a bounded run, milliseconds since 1970. */
  readonly untilMs?: number | undefined
}

/**
 * Collects one stream. The point that was reached moves by the ends of windows, never by times of records; each look reads again what
 * lies before it, and sweeps read the past again now and then. Records that come twice are dropped behind the lane.
 */
export class GraphStream implements Looker {
  readonly silence: SilenceWatch
  readonly #reader: Reader
  readonly #progress: Progress
  readonly #clock: Clock
  readonly #untilMs: number | undefined
  readonly #late = new LateCounter()
  readonly #overlaps: Turns
  readonly #sweeps: Turns
  #lateSoFar: Late = { records: 0, mostMs: 0 }

  constructor({ reader, progress, clock, silence, untilMs }: StreamOptions) {
    this.silence = silence
    this.#reader = reader
    this.#progress = progress
    this.#clock = clock
    this.#untilMs = untilMs
    this.#overlaps = new Turns(clock, reader.spec.intervalMs)
    this.#sweeps = new Turns(clock, reader.spec.sweepEveryMs)
  }

  get intervalMs(): number {
    return this.#reader.spec.intervalMs
  }

  get done(): boolean {
    return this.#untilMs !== undefined && this.#progress.position.to >= this.#untilMs
  }

  get state(): StreamReport {
    const { records, mostMs } = this.#lateSoFar
    return {
      state: 'connected',
      collectedToMs: this.#progress.position.to,
      ...(records > 0 && { late: { records, mostMs } }),
    }
  }

  /** What is new, and then a part of a sweep where one is due. */
  async look(dueMs: number): Promise<void> {
    await this.#overlaps.take((whole) => this.#ahead(whole))
    if (this.#untilMs === undefined) while (this.#clock.elapsed() < dueMs && (await this.#sweepOn())) continue
  }

  async #ahead(whole: boolean): Promise<void> {
    const { spec, time, tuning } = this.#reader
    const { to, since } = this.#progress.position
    const end = this.#untilMs ?? time.now() - spec.lagMs
    const overlap = whole ? spec.overlapMs : Math.min(spec.overlapMs, shortOverlapMs)
    for (let at = Math.max(since, Math.min(to, end) - overlap); at < end;) {
      const next = Math.min(end, at + tuning.spanMs)
      await collect(this.#reader, { from: at, to: next }, (window, drained) => this.#reached(window, drained))
      // The server's clock may be behind: what it did not have yet is not behind us.
      if (this.#progress.position.to < next && next > to) return
      at = next
    }
  }

  async #reached(window: Window, drained: Drained): Promise<void> {
    const { spec, time } = this.#reader
    const { to } = this.#progress.position
    this.#count(window, drained)
    const known = (drained.dateMs ?? time.now()) - (this.#untilMs === undefined ? spec.lagMs : 0)
    await this.#progress.advance({ to: Math.max(to, Math.min(window.to, known)) })
  }

  /** Reads one window of a sweep. False where none is due. */
  async #sweepOn(): Promise<boolean> {
    const { position } = this.#progress
    if (!position.sweep && !(await this.#sweepBegins())) return false
    const { sweep } = this.#progress.position
    if (!sweep) return false
    const next = Math.min(sweep.end, sweep.at + this.#reader.tuning.spanMs)
    await collect(this.#reader, { from: sweep.at, to: next }, async (window, drained) => {
      this.#count(window, drained)
      await this.#progress.advance({ sweep: { ...sweep, at: window.to } })
    })
    if (next >= sweep.end) await this.#sweepEnds(sweep.began)
    return true
  }

  async #sweepBegins(): Promise<boolean> {
    const { spec, time } = this.#reader
    const { swept, since, to } = this.#progress.position
    // On a first start everything was read just now.
    if (swept === undefined) return (await this.#progress.advance({ swept: time.now() }), false)
    if (time.now() - swept < spec.sweepEveryMs || !this.#sweeps.due()) return false
    this.#sweeps.begin()
    // After a long stop, what came late during it may lie before the last sweep.
    const at = Math.max(since, Math.min(to, swept) - spec.sweepMs)
    await this.#progress.advance({ sweep: { at, end: to, began: time.now() } })
    return true
  }

  async #sweepEnds(began: number): Promise<void> {
    this.#sweeps.end()
    await this.#progress.advance({ sweep: undefined, swept: began })
    this.#late.forget(this.#progress.position.to - this.#reader.spec.sweepMs - 60 * minute)
    this.#tellLate()
  }

  #count(window: Window, { tally }: Drained): void {
    if (!tally) return
    const { spec, time } = this.#reader
    const late = this.#late.add(window, tally, this.#progress.position.to - spec.overlapMs, time.now())
    this.#fresh = { records: this.#fresh.records + late.records, mostMs: Math.max(this.#fresh.mostMs, late.mostMs) }
  }

  #fresh: Late = { records: 0, mostMs: 0 }

  #tellLate(): void {
    const { records, mostMs } = this.#fresh
    this.#fresh = { records: 0, mostMs: 0 }
    if (records === 0) return
    this.#lateSoFar = { records: this.#lateSoFar.records + records, mostMs: Math.max(this.#lateSoFar.mostMs, mostMs) }
    const { subject, details, tell } = this.#reader
    const minutes = Math.ceil(mostMs / minute)
    const message = `${subject}: ${records} records came later than the overlap, up to ${minutes} minutes; the sweep found them`
    tell({ action: 'late-records', severity: 'informational', message, details: { ...details, records, minutes } })
  }
}
