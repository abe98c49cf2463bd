import { createLogger } from '@siembridge/core/logging'
import {
  type Clock,
  type Lane,
  type OwnEvent,
  recordAt,
  recordCount,
  type Records,
  type SourceContext,
  type StreamReport,
  systemClock,
} from '@siembridge/core'

export const quietLog = createLogger({ level: 'error', json: false })
quietLog.silent = true

/** Time that runs faster than the machine's: intervals of seconds pass in milliseconds. */
export const fastClock = (times: number): Clock => ({
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * times,
  sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
})

/** What a pipeline keeps of a source: positions that settle when told, and every record that was emitted. */
export class Kept {
  readonly positions = new Map<string, Uint8Array>()
  readonly records: string[] = []
  readonly told: OwnEvent[] = []
  readonly reports: StreamReport[] = []
  readonly streams: string[] = []
  /** What was emitted but is not settled is forgotten at a crash. */
  private open: { stream: string; texts: string[]; position: Uint8Array }[] = []
  private waiting: (() => void)[] = []
  /** Settle each batch at once. */
  prompt = true

  lane(stream: string): Lane {
    const position = this.positions.get(stream)
    this.streams.push(stream)
    return {
      position,
      emit: async (records, at) => {
        this.open.push({ stream, texts: textsOf(records), position: Uint8Array.from(at) })
        if (this.prompt) this.settle()
      },
      knows: () => false,
      settled: async () => this.settle(),
    }
  }

  /** Settles so many batches of those that are open. */
  settle(batches = this.open.length): void {
    for (const { stream, texts, position } of this.open.splice(0, batches)) {
      this.records.push(...texts)
      this.positions.set(stream, position)
    }
    for (const look of this.waiting.splice(0)) look()
  }

  crash(): void {
    this.open = []
  }

  /** Resolves when there are so many records. */
  async count(records: number): Promise<string[]> {
    while (this.records.length < records) await new Promise<void>((resolve) => this.waiting.push(resolve))
    return this.records
  }
}

const textsOf = (records: Records): string[] =>
  Array.from({ length: recordCount(records) }, (_, at) => recordAt(records, at).toString('utf8'))

/** A context whose intervals pass fast. */
export function contextFor<O>(options: O, kept: Kept, signal: AbortSignal): SourceContext<O> {
  return {
    options,
    name: 'files',
    sinceMs: 0,
    budgets: undefined as never,
    secrets: { read: () => Promise.reject(new Error('no secret')) },
    clock: fastClock(100),
    log: quietLog,
    signal,
    lane: ({ stream }) => Promise.resolve(kept.lane(stream)),
    report: (_, report) => void kept.reports.push(report),
    tell: (event) => void kept.told.push(event),
  }
}
