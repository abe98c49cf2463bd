import type { Entry, Outcome as Came, Ticket } from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import { isFailure, type Row } from '../client/table.ts'
import type { Written } from '../client/writer.ts'
import { baseAfter } from './decide.ts'
import { type Desk, ledgerOf, remark } from './desk.ts'
import { foldDuplicates } from './duplicates.ts'
import { hiddenTicket } from './find.ts'
import { joined } from './joined.ts'
import { done, type Outcome, outcomeOf } from './outcome.ts'
import { canonicalOf, timeOf } from './states.ts'
import { intent, type Step } from './steps.ts'

export const notSent: Written = { is: 'later', reason: 'it was not sent', maybe: false }

/** Tickets as they are found again after a write, by correlation id, or why they are not. */
export type RowsAfter = ReadonlyMap<string, readonly Row[] | Failure>

/** What came of one step. */
export interface Result {
  readonly step: Step
  readonly outcome: Outcome
  readonly entries: readonly Entry[]
  readonly row?: Row
  /** Made by this step, and certainly so: nothing can be attached to it yet. */
  readonly fresh: boolean
}

/** Notes what came of a step's write, folds duplicates, and writes further notes. */
export async function result(
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
  if (!write || row['sys_mod_count'] === undefined) return []
  return Object.entries(write.fields).flatMap(([name, value]) => {
    if (name === 'work_notes' || name === 'comments' || row[name] === value) return []
    if (row[name] === undefined || row[name] === '')
      return [`${name} was not kept by ServiceNow: an ACL or a rule of the instance`]
    return name === 'state' ? [`the state is ${row[name]}, not ${value}: a rule of the instance or its process`] : []
  })
}

function ticketOf(
  { work, decision, correlation, generation, write, ownState }: Step,
  row: Row,
  desk: Desk,
  at: number,
): Ticket {
  const before = ledgerOf(desk).tickets.get(work.key)
  const canonical = canonicalOf(work.table, row)
  const same = before?.sysId === row['sys_id'] ? before : undefined
  const { lead, severity, stateWrites, wanted } = decision
  return {
    is: 'ticket',
    at,
    key: work.key,
    table: work.table,
    rule: work.rule.name,
    correlation,
    generation,
    sysId: row['sys_id'] ?? '',
    number: row['number'] ?? same?.number ?? '',
    createdMs: same?.createdMs ?? (timeOf(row['sys_created_on']) || at),
    state: row['state'] ?? '',
    ...(canonical !== undefined && { canonical }),
    version: row['sys_mod_count'] ?? '',
    base: baseAfter(wanted, row, same?.base, ownState || write?.fields['state'] !== undefined),
    ...(lead !== undefined && { lead }),
    severity,
    ...(stateWrites.length > 0 && { stateWrites }),
    ...(work.storm && { storm: true }),
    ...(same?.assignedTo !== undefined && { assignedTo: same.assignedTo }),
  }
}
