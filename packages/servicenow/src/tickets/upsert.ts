import type { Entry, Intent, Outcome as Came, Ticket } from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import { byKeys, isFailure, type Row } from '../client/table.ts'
import type { Written } from '../client/writer.ts'
import { attachAll, openAttachments } from './attach.ts'
import { type Desk, each, fieldsRead, ledgerOf, remark } from './desk.ts'
import { find, hiddenTicket, lookUp } from './find.ts'
import { foldDuplicates } from './duplicates.ts'
import { joined, ticketOf } from './known.ts'
import { done, type Outcome, outcomeOf } from './outcome.ts'
import type { Item, Work } from './plan.ts'
import { intent, intentsOf, type Step, stepOf } from './steps.ts'
import { applyBrake } from './brake.ts'

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
  const known = new Set(ledgerOf(desk).ticketOf.keys())
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

const notSent: Written = { is: 'later', reason: 'it was not sent', maybe: false }

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

type RowsAfter = ReadonlyMap<string, readonly Row[] | Failure>

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

/** What came of one step. */
export interface Result {
  readonly step: Step
  readonly outcome: Outcome
  readonly entries: readonly Entry[]
  readonly row?: Row
  /** Made by this step, and certainly so: nothing can be attached to it yet. */
  readonly fresh: boolean
}

async function result(
  step: Step,
  written: Written,
  after: RowsAfter,
  desk: Desk,
  signal: AbortSignal,
): Promise<Result> {
  const { work, write } = step
  const at = desk.clock.now()
  if (written.is !== 'ok') return refusedComment(step, written, desk) ?? failed(step, written, at)
  const isNew = step.decision.does !== 'update'
  const fresh = after.get(step.correlation) ?? []
  if (isFailure(fresh)) {
    // The ticket is known all the same: the next process sees by it that keys are hidden.
    return unsettled(step, outcomeOf(fresh), isNew ? [madeTicket(step, written.row, desk, at)] : [])
  }
  const others = isNew ? fresh : step.found.row ? [step.found.row, ...step.found.duplicates] : []
  if (isNew && fresh.length === 0) return unseen(step, written.row, desk, at)
  const { oldest, left } = await foldDuplicates(others, work, desk, signal)
  if (left !== undefined)
    return unsettled(step, { is: 'later', reason: `a ticket that was made twice cannot be folded: ${left}` })
  if (isNew && oldest && written.row['sys_id'] !== oldest['sys_id']) {
    const reason = `another agent had made ${oldest['number'] ?? 'the ticket'} before`
    return unsettled(step, { is: 'later', reason, afterMs: 0 }, [remark(work.key, reason, at)])
  }
  const found = fresh.find(({ sys_id: id }) => id === (oldest ?? written.row)['sys_id'])
  const row = isNew ? (found ?? written.row) : { ...step.found.row, ...written.row, ...found }
  const notes = await writeNotes(step, row['sys_id'] ?? '', desk, signal)
  const outcome: Entry[] = write
    ? [
        {
          is: 'outcome',
          at,
          key: work.key,
          write: write.id,
          came: 'done',
          number: row['number'] ?? '',
          sysId: row['sys_id'] ?? '',
        },
      ]
    : []
  const lost = notKept(step, row)
  const ticket = ticketOf(step, notes.row ?? row, desk, at)
  countNew(step, ticket, desk)
  const remarks = [...step.found.remarks, ...step.decision.remarks, ...lost].map((text) => remark(work.key, text, at))
  const entries = [...outcome, ...notes.entries, ticket, ...remarks]
  if (lost.length > 0) desk.log.warn(`${row['number'] ?? ''}: ${lost.join('; ')}`)
  if (notes.outcome) return { step, outcome: notes.outcome, entries, row, fresh: isNew }
  return {
    step,
    outcome: done,
    entries: [...entries, ...joined(work, desk, desk.options.attach, isNew)],
    row,
    fresh: isNew,
  }
}

/** Its write stays open in the journal: the next turn looks at the ticket that is there, and at what of this one it has. */
const unsettled = (step: Step, outcome: Outcome, entries: readonly Entry[] = []): Result => ({
  step,
  outcome,
  entries,
  fresh: false,
})

const isSignedOut = (written: Written): boolean => written.is === 'configuration' && written.reason.includes('(401)')

/** A ticket that was made, and not looked at since: of no version, so that its notes are read before more are written. */
function madeTicket(step: Step, row: Row, desk: Desk, at: number): Ticket {
  const ticket = ticketOf(step, row, desk, at)
  countNew(step, ticket, desk)
  return { ...ticket, version: '' }
}

/** The storm brake counts what is new to the journal. */
function countNew({ work }: Step, { createdMs }: Ticket, desk: Desk): void {
  if (!work.storm && !ledgerOf(desk).tickets.has(work.key)) desk.storm.count(work.rule.name, createdMs)
}

/** Made, and not to be found by its key: another would be made with every revision. It waits until it can be seen. */
function unseen(step: Step, row: Row, desk: Desk, at: number): Result {
  const ticket: Ticket = { ...madeTicket(step, row, desk, at), unseen: true }
  const { key } = step.work
  const outcome = outcomeOf(hiddenTicket(ticket.number))
  const came = { is: 'outcome', at, key, write: step.write?.id ?? '', came: 'done' } as const
  return unsettled(step, outcome, [{ ...came, number: ticket.number, sysId: ticket.sysId }, ticket])
}

/** A closed ticket that takes no comment: that is noted, and nobody waits for it. */
function refusedComment(step: Step, written: Exclude<Written, { readonly is: 'ok' }>, desk: Desk): Result | undefined {
  const { work, write, decision } = step
  if (decision.frozen !== true || written.is === 'later' || isSignedOut(written) || !write) return undefined
  const at = desk.clock.now()
  const { key } = work
  const entries: Entry[] = [
    { is: 'outcome', at, key, write: write.id, came: 'refused', says: written.reason },
    remark(key, `the closed ticket takes no comment: ${written.reason}`, at),
    ...joined(work, desk, 'off'),
  ]
  return { step, outcome: done, entries, fresh: false }
}

function failed(step: Step, written: Exclude<Written, { readonly is: 'ok' }>, at: number): Result {
  const { work, write } = step
  const unknown = written.is === 'later' && written.maybe
  const came: Came['came'] = unknown ? 'unknown' : written.is === 'refused' ? 'refused' : 'not-made'
  // Without an outcome the write stays open, and the ticket is read before anything is written again.
  const entries: Entry[] =
    write && !unknown ? [{ is: 'outcome', at, key: work.key, write: write.id, came, says: written.reason }] : []
  const missing = written.is === 'missing' ? ({ is: 'later', reason: written.reason } as const) : undefined
  const noted = unknown ? [remark(work.key, `no answer to ${write?.id ?? ''}: ${written.reason}`, at)] : []
  return { step, outcome: missing ?? outcomeOf(written), entries: [...entries, ...noted], fresh: false }
}

/**
 * Further notes, one after the other. A closed ticket may refuse them: that is noted, and no reason to wait. What a person must mend
 * waits: the note stays open in the journal.
 */
async function writeNotes(
  step: Step,
  sysId: string,
  desk: Desk,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly Entry[]; readonly row?: Row; readonly outcome?: Outcome }> {
  const entries: Entry[] = []
  let row: Row | undefined
  for (const note of step.notes) {
    const write = note.sysId === '' ? { ...note, sysId } : note
    const at = desk.clock.now()
    if (note.sysId === '') await desk.journal.add([intent(write, 'note', step.work, at)])
    desk.waits.sent(write.id)
    const [written = notSent] = await desk.table.write([write], signal)
    const { key } = step.work
    const closed = step.decision.frozen === true && !step.found.parent && !isSignedOut(written)
    if (written.is === 'later' || (written.is === 'configuration' && !closed))
      return { entries, outcome: outcomeOf(written), ...(row && { row }) }
    const came: Came['came'] = written.is === 'ok' ? 'done' : 'refused'
    entries.push({
      is: 'outcome',
      at,
      key,
      write: write.id,
      came,
      ...(written.is !== 'ok' && { says: written.reason }),
    })
    if (written.is === 'ok' && !step.found.parent) row = written.row
  }
  return { entries, ...(row && { row }) }
}

/** Fields that ServiceNow took without a word and does not have: hidden, protected, or changed by a rule of the instance. */
function notKept({ write }: Step, row: Row): string[] {
  if (!write) return []
  return Object.entries(write.fields).flatMap(([name, value]) => {
    if (name === 'work_notes' || name === 'comments' || row[name] === value) return []
    if (row[name] === undefined || row[name] === '')
      return [`${name} was not kept by ServiceNow: an ACL or a rule of the instance`]
    return name === 'state' ? [`the state is ${row[name]}, not ${value}: a rule of the instance or its process`] : []
  })
}
