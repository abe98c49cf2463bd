import type { Failure } from '../client/answer.ts'
import { isFailure, type Row } from '../client/table.ts'
import { type Desk, ledgerOf } from './desk.ts'
import { type FindContext, lastOf, lookUp } from './find.ts'
import type { Item, Work } from './plan.ts'

type Rows = ReadonlyMap<string, readonly Row[]>

/**
 * Folds what would be too many new tickets of a rule into its parent ticket. What is in ServiceNow, or may be, is not new. The parent
 * and its members stand in the journal before anything is written, so that a restart folds the same ones.
 */
export async function applyBrake(
  works: readonly Work[],
  rows: Rows,
  desk: Desk,
  context: FindContext,
): Promise<{ readonly works: readonly Work[]; readonly rows: Rows } | Failure> {
  const nowMs = desk.clock.now()
  const planned = new Map<string, number>()
  const kept: Work[] = []
  const folded = new Map<string, Item[]>()
  for (const work of works) {
    const { name } = work.rule
    const ahead = planned.get(name) ?? 0
    if (!isNew(work, rows, desk)) {
      kept.push(work)
      // What an earlier run was about to make counts when it is there.
      if (!work.storm && !ledgerOf(desk).tickets.has(work.key)) planned.set(name, ahead + 1)
    } else if (desk.storm.holds(name, nowMs, ahead)) folded.set(name, [...(folded.get(name) ?? []), ...work.items])
    else {
      planned.set(name, ahead + 1)
      kept.push(work)
    }
  }
  if (folded.size === 0) return { works, rows }
  const parents = [...folded].map(([name, items]) => parentWork(name, items, works, kept, desk, nowMs))
  const more = await lookUp(parents, context)
  if (isFailure(more)) return more
  return {
    works: [...kept.filter(({ key }) => !parents.some((one) => one.key === key)), ...parents],
    rows: new Map([...rows, ...more]),
  }
}

function isNew({ key, storm }: Work, rows: Rows, desk: Desk): boolean {
  const ledger = ledgerOf(desk)
  return !storm && !ledger.tickets.has(key) && ledger.openOf(key).length === 0 && !lastOf(key, rows)
}

/** The parent's work, joined with what the parcel has for it anyway. */
function parentWork(
  name: string,
  items: readonly Item[],
  works: readonly Work[],
  kept: readonly Work[],
  desk: Desk,
  nowMs: number,
): Work {
  const rule = works.find((work) => work.rule.name === name)?.rule as Work['rule']
  const key = desk.storm.parentOf(name, nowMs)
  const own = kept.find((work) => work.key === key)?.items ?? []
  if (!ledgerOf(desk).tickets.has(key))
    desk.log.warn(`storm brake: rule ${name} has made its tickets; what comes now is folded into one`)
  return { key, rule, table: rule.table, items: [...own, ...items], storm: true }
}
