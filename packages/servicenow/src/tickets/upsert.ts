import type { Entry, Intent, Outcome as Came } from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import { byKeys, isFailure, type Row } from '../client/table.ts'
import type { Written } from '../client/writer.ts'
import { attachAll, openAttachments } from './attach.ts'
import { applyBrake } from './brake.ts'
import { type Desk, each, fieldsRead, ledgerOf, remark } from './desk.ts'
import { find, lookUp } from './find.ts'
import { joined } from './joined.ts'
import { done, type Outcome, outcomeOf } from './outcome.ts'
import type { Item, Work } from './plan.ts'
import { notSent, result, type RowsAfter } from './result.ts'
import { intentsOf, type Step, stepOf } from './steps.ts'

/**
 * Brings tickets up to date: looks them up, decides, notes in the journal what it is about to write, writes, looks whether each new one
 * is alone under its key, and notes what came of it. Answers an outcome for each item's places.
 */
export async function upsert(works: readonly Work[], desk: Desk, signal: AbortSignal): Promise<Map<Item, Outcome>> {
  const outcomes = new Map<Item, Outcome>()
  const tell = (work: Work, outcome: Outcome): void => {
    for (const item of work.items) outcomes.set(item, outcome)
  }
  if (works.length === 0) return outcomes
  const context = contextOf(desk)
  const rows = await lookUp(works, context)
  if (isFailure(rows)) {
    for (const work of works) tell(work, outcomeOf(rows))
    return outcomes
  }
  const braked = await applyBrake(works, rows, desk, context)
  if (isFailure(braked)) {
    for (const work of works) tell(work, outcomeOf(braked))
    return outcomes
  }
  const steps = await each(braked.works, desk.options.in_flight, async (work) => {
    const found = await find(work, braked.rows, context)
    if (isFailure(found)) return tell(work, outcomeOf(found))
    if (found.leave) {
      await desk.journal.add([
        ...found.remarks.map((text) => remark(work.key, text, desk.clock.now())),
        ...joined(work, desk, 'off'),
      ])
      return tell(work, done)
    }
    const step = await stepOf(work, found, desk)
    if (isFailure(step)) return tell(work, outcomeOf(step))
    return step
  })
  await carryOut(
    steps.filter((step): step is Step => step !== undefined),
    desk,
    signal,
    tell,
  )
  return outcomes
}

const contextOf = (desk: Desk) => ({
  client: desk.client,
  options: desk.options,
  ledger: ledgerOf(desk),
  nowMs: desk.clock.now(),
  fields: (table: string) => fieldsRead(desk, table),
  waited: (intent: Intent) => desk.waits.waited(intent),
})

type Tell = (work: Work, outcome: Outcome) => void

async function carryOut(steps: readonly Step[], desk: Desk, signal: AbortSignal, tell: Tell): Promise<void> {
  const { journal, clock } = desk
  const known = ledgerOf(desk).ticketOf
  const begun = clock.now()
  const earlier = openAttachments(steps, desk)
  await journal.add(steps.flatMap((step) => [...settledBefore(step, desk), ...intentsOf(step, begun, known)]))
  const answers = await writeAll(steps, desk, signal)
  const fresh = await rowsAfter(steps, answers, desk)
  const results = await each(steps, desk.options.in_flight, async (step) => {
    const written = step.write ? answers.get(step.write.id) : ({ is: 'ok', row: step.found.row ?? {} } as const)
    return result(step, written ?? notSent, fresh, desk, signal)
  })
  await journal.add(results.flatMap(({ entries }) => entries))
  const attached = await attachAll(results, earlier, desk, signal)
  for (const one of results) tell(one.step.work, attached.get(one.step) ?? one.outcome)
}

/** Writes of earlier runs without an outcome: the ticket was read, so that it is known what is there. */
function settledBefore({ work, found, ownState }: Step, desk: Desk): Entry[] {
  const at = desk.clock.now()
  const ledger = ledgerOf(desk)
  const open = ledger.openOf(work.key).filter(({ does }) => does !== 'attach')
  const known = ledger.tickets.get(work.key)
  const state = found.row?.['state'] ?? ''
  // What the open write was known by goes with its outcome: that the state is the bridge's own doing is kept in the same moment.
  const kept: Entry[] =
    open.length > 0 && ownState && known
      ? [{ ...known, at, state, base: { ...known.base, state: [state, state] } }]
      : []
  const outcomes = open.map(({ write, does, key }): Entry => {
    const came: Came['came'] = does === 'create' && !found.row ? 'not-made' : 'found'
    return { is: 'outcome', at, key, write, came, says: 'read before anything was written again' }
  })
  return [...kept, ...outcomes]
}

/** All writes, as many at once as may be; further notes go behind their ticket's own. */
async function writeAll(steps: readonly Step[], desk: Desk, signal: AbortSignal): Promise<Map<string, Written>> {
  const { writer, options } = desk
  const writes = steps.flatMap(({ write }) => write ?? [])
  const portions = Array.from({ length: Math.ceil(writes.length / writer.most) }, (_, i) =>
    writes.slice(i * writer.most, (i + 1) * writer.most),
  )
  const answers = new Map<string, Written>()
  await each(portions, options.in_flight, async (portion) => {
    for (const { id } of portion) desk.waits.sent(id)
    const written = await writer.write(portion, signal)
    portion.forEach(({ id }, at) => answers.set(id, written[at] ?? notSent))
  })
  return answers
}

/** New tickets are looked up again by their keys; of import sets all are, because their answers hold no fields. */
async function rowsAfter(
  steps: readonly Step[],
  answers: ReadonlyMap<string, Written>,
  desk: Desk,
): Promise<RowsAfter> {
  const rows = new Map<string, readonly Row[] | Failure>()
  const wanted = steps.filter(
    ({ write, decision }) =>
      write && answers.get(write.id)?.is === 'ok' && (decision.does !== 'update' || desk.options.api === 'import-set'),
  )
  for (const [table, ofTable] of Map.groupBy(wanted, ({ work }) => work.table))
    for (let at = 0; at < ofTable.length; at += 25) {
      const keys = ofTable.slice(at, at + 25).map(({ correlation }) => correlation)
      const found = await byKeys(desk.client, table, keys, fieldsRead(desk, table))
      // What cannot be looked at now waits: a twin would be left behind, and what the instance made of fields would not be known.
      for (const key of keys) rows.set(key, isFailure(found) ? found : (found.get(key) ?? []))
    }
  return rows
}
