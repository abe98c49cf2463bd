import type { EventCounts } from './record.ts'

/** Counts by spans of time, as far back as is kept. */
export class CountedSpans {
  private readonly spanMs: number
  private readonly keep: number
  private spans: [number, number][]

  constructor(spanMs: number, keep: number, before: EventCounts = []) {
    this.spanMs = spanMs
    this.keep = keep
    this.spans = before.map(([start, events]) => [start, events])
  }

  add(events: number, atMs: number): void {
    const start = Math.floor(atMs / this.spanMs) * this.spanMs
    const last = this.spans.at(-1)
    if (last?.[0] === start) last[1] += events
    else this.spans.push([start, events])
  }

  /** Those of the last `keep` spans before `nowMs`. */
  until(nowMs: number): EventCounts {
    this.spans = this.spans.filter(([start]) => start > nowMs - this.spanMs * this.keep && start <= nowMs)
    return this.spans.map(([start, events]) => [start, events])
  }
}
