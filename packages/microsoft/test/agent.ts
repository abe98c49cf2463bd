import { createHash } from 'node:crypto'
import {
  type Clock,
  type Lane,
  type LaneSpec,
  type Logger,
  type OwnEvent,
  recordAt,
  recordCount,
  type Records,
  type SourceContext,
  type StreamReport,
} from '@siembridge/core'
import { createBudgets } from '@siembridge/core/budget'
import { createSecrets } from '@siembridge/core/secrets'

/** What the state of a lane is on disk: it outlives a run. */
export interface LaneState {
  position?: Uint8Array
  readonly marks: Set<string>
  /** Every record that was handed over, in order. */
  readonly emitted: string[]
  /** The same without what came again: by the digest of its bytes. */
  readonly kept: Map<string, string>
}

const quiet = new Proxy({}, { get: () => () => quiet }) as Logger

/** Stands for the agent around a source: lanes in memory, reports and events in lists. */
export class TestAgent {
  readonly lanes = new Map<string, LaneState>()
  readonly specs = new Map<string, LaneSpec>()
  readonly reports: (StreamReport & { readonly stream: string })[] = []
  readonly events: OwnEvent[] = []
  readonly clock: Clock
  /** Called before each hand-over; may throw, as a pipeline that ends does. */
  onEmit: (stream: string, records: Records) => void | Promise<void> = () => {}
  constructor(clock: Clock) {
    this.clock = clock
  }

  state(stream: string): LaneState {
    const state = this.lanes.get(stream) ?? { marks: new Set(), emitted: [], kept: new Map() }
    this.lanes.set(stream, state)
    return state
  }

  records(stream: string): Record<string, unknown>[] {
    return [...this.state(stream).kept.values()].map((text) => JSON.parse(text) as Record<string, unknown>)
  }

  position(stream: string): Record<string, unknown> {
    const { position } = this.state(stream)
    return position ? (JSON.parse(Buffer.from(position).toString()) as Record<string, unknown>) : {}
  }

  lastReport(stream: string): StreamReport | undefined {
    return this.reports.findLast((report) => report.stream === stream)
  }

  context<O>(options: O, signal: AbortSignal, more: Partial<SourceContext<O>> = {}): SourceContext<O> {
    return {
      options,
      name: 'test',
      sinceMs: this.clock.now() - 2 * 86_400_000,
      budgets: createBudgets({ clock: this.clock, limits: {} }),
      secrets: createSecrets({ env: {} }),
      clock: this.clock,
      log: quiet,
      signal,
      lane: (spec) => Promise.resolve(this.#lane(spec)),
      report: (stream, report) => void this.reports.push({ stream, ...report }),
      tell: (event) => void this.events.push(event),
      ...more,
    }
  }

  #lane(spec: LaneSpec): Lane {
    this.specs.set(spec.stream, spec)
    const state = this.state(spec.stream)
    return {
      position: state.position,
      knows: (mark) => state.marks.has(mark),
      settled: () => Promise.resolve(),
      emit: async (records, position, marks = []) => {
        await this.onEmit(spec.stream, records)
        for (let at = 0; at < recordCount(records); at++) keep(state, recordAt(records, at).toString())
        for (const mark of marks) state.marks.add(mark)
        state.position = position
      },
    }
  }
}

function keep({ emitted, kept }: LaneState, text: string): void {
  JSON.parse(text)
  emitted.push(text)
  const digest = createHash('sha256').update(text).digest('base64')
  if (!kept.has(digest)) kept.set(digest, text)
}

/** Waits, in real time, until something is so. */
export async function until(is: () => boolean | Promise<boolean>, what: string, limitMs = 20_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
