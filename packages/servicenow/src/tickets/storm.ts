import type { Ledger } from '@siembridge/sync'
import type { ServiceNowOptions } from '../options.ts'
import { isStormKey, stormKey } from './key.ts'

/** Counts new tickets by rule, and says where what is beyond the brake goes. What it counts is in the journal. */
export class StormBrake {
  private readonly options: ServiceNowOptions['storm']
  private readonly made = new Map<string, number[]>()
  private readonly parents = new Map<string, { readonly key: string; readonly beganMs: number }>()

  constructor(options: ServiceNowOptions['storm'], ledger: Ledger) {
    this.options = options
    for (const { rule, createdMs, storm, key } of ledger.tickets.values())
      if (storm) this.remember(rule, key, createdMs)
      else this.count(rule, createdMs)
    for (const { rule, key, at } of ledger.unmade.values()) if (isStormKey(key)) this.remember(rule, key, at)
  }

  /** True where one more ticket of the rule would be one too many; `ahead` of them are about to be made. */
  holds(rule: string, nowMs: number, ahead: number): boolean {
    const times = (this.made.get(rule) ?? []).filter((at) => nowMs - at < this.options.within)
    this.made.set(rule, times)
    return times.length + ahead >= this.options.tickets
  }

  count(rule: string, atMs: number): void {
    const times = this.made.get(rule)
    if (times) times.push(atMs)
    else this.made.set(rule, [atMs])
  }

  /** Key of the parent ticket that collects a rule's alerts at this time. */
  parentOf(rule: string, nowMs: number): string {
    const before = this.parents.get(rule)
    if (before && nowMs - before.beganMs < this.options.fold_within) return before.key
    const key = stormKey(rule, nowMs)
    this.remember(rule, key, nowMs)
    return key
  }

  private remember(rule: string, key: string, beganMs: number): void {
    const before = this.parents.get(rule)
    if (!before || before.beganMs < beganMs) this.parents.set(rule, { key, beganMs })
  }
}
