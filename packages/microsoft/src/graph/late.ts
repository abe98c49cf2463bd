import { msOfTicks, ticksOf } from '../records/ticks.ts'
import { minute } from '../common/duration.ts'
import type { Window } from './query.ts'

export interface Late {
  readonly records: number
  readonly mostMs: number
}

/** Records of one reading of a window, by the minute of their time; each id once, because pages can repeat records. */
export class Tally {
  readonly byMinute = new Map<number, number>()
  readonly #ids = new Set<unknown>()
  readonly #time: string
  constructor(time: string) {
    this.#time = time
  }
  add(records: readonly unknown[]): void {
    for (const record of records) {
      const members = (record ?? {}) as Record<string, unknown>
      const ticks = ticksOf(members[this.#time])
      if (ticks === undefined || this.#ids.has(members['id'])) continue
      this.#ids.add(members['id'])
      const at = Math.floor(msOfTicks(ticks) / minute)
      this.byMinute.set(at, (this.byMinute.get(at) ?? 0) + 1)
    }
  }
}

/**
 * Finds out how many records came late, without keeping their ids: a minute that holds more records than when it was last read has had
 * late ones. Where records are changed and so move to another minute, it counts too few.
 */
export class LateCounter {
  readonly #counts = new Map<number, number>()

  /** Takes in a whole reading of a window. Answers what is new in minutes that end before `beforeMs`. */
  add({ from, to }: Window, tally: Tally, beforeMs: number, nowMs: number): Late {
    let [records, mostMs] = [0, 0]
    for (let at = Math.ceil(from / minute); (at + 1) * minute <= to; at++) {
      const count = tally.byMinute.get(at) ?? 0
      const known = this.#counts.get(at)
      this.#counts.set(at, Math.max(count, known ?? 0))
      if (known === undefined || count <= known || (at + 1) * minute > beforeMs) continue
      records += count - known
      mostMs = Math.max(mostMs, nowMs - at * minute)
    }
    return { records, mostMs }
  }

  forget(beforeMs: number): void {
    for (const at of this.#counts.keys()) if (at * minute < beforeMs) this.#counts.delete(at)
  }
}
