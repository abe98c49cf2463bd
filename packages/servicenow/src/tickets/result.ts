import type { Entry, Outcome as Came, Ticket } from '@siembridge/sync'
import type { Row } from '../client/table.ts'
import type { Written } from '../client/writer.ts'
import { baseAfter } from './decide.ts'
import { type Desk, ledgerOf, remark } from './desk.ts'
import { foldDuplicates } from './duplicates.ts'
import { joined } from './joined.ts'
import { done, type Outcome, outcomeOf } from './outcome.ts'
import { canonicalOf, timeOf } from './states.ts'
import { intent, type Step } from './steps.ts'

export const notSent: Written = { is: 'later', reason: 'it was not sent', maybe: false }

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
  fresh: ReadonlyMap<string, readonly Row[]>,
  desk: Desk,
  signal: AbortSignal,
): Promise<Result> {
  const { work, write } = step
  const at = desk.clock.now()
  if (written.is !== 'ok') return refusedComment(step, written, desk) ?? failed(step, written, at)
  const isNew = step.decision.does !== 'update'
  const others = isNew
    ? (fresh.get(step.correlation) ?? [])
    : step.found.row
      ? [step.found.row, ...step.found.duplicates]
      : []
  const oldest = await foldDuplicates(others, work, desk, signal)
  const found = fresh.get(step.correlation)?.find(({ sys_id: id }) => id === (oldest ?? written.row)['sys_id'])
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
  if (!work.storm && !ledgerOf(desk).tickets.has(work.key)) desk.storm.count(work.rule.name, ticket.createdMs)
  const remarks = [...step.found.remarks, ...step.decision.remarks, ...lost].map((text) => remark(work.key, text, at))
  const entries = [...outcome, ...notes.entries, ticket, ...remarks]
  if (lost.length > 0) desk.log.warn(`${row['number'] ?? ''}: ${lost.join('; ')}`)
  if (notes.outcome) return { step, outcome: notes.outcome, entries, row, fresh: isNew }
  return { step, outcome: done, entries: [...entries, ...joined(work, desk)], row, fresh: isNew }
}

/** A closed ticket that takes no comment: that is noted, and nobody waits for it. */
function refusedComment(step: Step, written: Exclude<Written, { readonly is: 'ok' }>, desk: Desk): Result | undefined {
  const { work, write, decision } = step
  if (decision.frozen !== true || written.is === 'later' || !write) return undefined
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

/** Further notes, one after the other. A closed ticket may refuse them: that is noted, and no reason to wait. */
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
    if (written.is === 'later') return { entries, outcome: outcomeOf(written), ...(row && { row }) }
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
