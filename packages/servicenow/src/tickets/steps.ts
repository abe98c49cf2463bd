import { randomUUID } from 'node:crypto'
import { createHash } from 'node:crypto'
import type { Entry, Intent } from '@siembridge/sync'
import { isFailure, notesOf, type Row } from '../client/table.ts'
import type { Failure } from '../client/answer.ts'
import type { Write } from '../client/writer.ts'
import { type Decision, decide } from './decide.ts'
import { isOurState } from './state-step.ts'
import { type Desk, ledgerOf } from './desk.ts'
import type { Found } from './find.ts'
import { correlationOf } from './key.ts'
import { pack } from './notes.ts'
import type { Work } from './plan.ts'

/** What is to be done for a ticket: one write, further notes, or only to know what is there. */
export interface Step {
  readonly work: Work
  readonly found: Found
  readonly decision: Decision
  readonly correlation: string
  readonly generation: number
  /** The state that the ticket was found in is the bridge's own doing. */
  readonly ownState: boolean
  /** The write of the ticket itself; undefined where nothing is to be written. */
  readonly write?: Write
  /** Notes that do not fit into it, and notes for the ticket that it was merged into. */
  readonly notes: readonly Write[]
}

const mostOfNote = 4000

/** Thinks a ticket through. Reads its notes where others may have written, or an unanswered write may have. */
export async function stepOf(work: Work, found: Found, desk: Desk): Promise<Step | Failure> {
  const { options, clock, references } = desk
  const schema = desk.schema(work.table)
  const context = { options, ledger: ledgerOf(desk), schema, references, nowMs: clock.now() }
  const decision = await decide(work, found, context)
  if (isFailure(decision)) return decision
  const missing = await missingBlocks(work, found, decision, desk)
  if (isFailure(missing)) return missing
  const length = schema.fields.get('work_notes')?.length || mostOfNote
  const ownState = found.row !== undefined && isOurState(work.key, found.row, ledgerOf(desk))
  return { ...laidOut(work, found, { ...decision, blocks: missing }, pack(missing, length)), ownState }
}

async function missingBlocks(
  { key, table }: Work,
  { row, parent }: Found,
  { does, blocks }: Decision,
  desk: Desk,
): Promise<Decision['blocks'] | Failure> {
  const target = parent ?? row
  const ledger = ledgerOf(desk)
  const known = ledger.tickets.get(key)
  const sure = !parent && known?.version === row?.['sys_mod_count'] && ledger.openOf(key).length === 0
  if (blocks.length === 0 || does !== 'update' || !target || sure) return blocks
  const there = await notesOf(desk.client, table, target['sys_id'] ?? '')
  return isFailure(there) ? there : blocks.filter(({ marker }) => !there.includes(marker))
}

function laidOut(work: Work, found: Found, decision: Decision, notes: readonly string[]): Omit<Step, 'ownState'> {
  const { table, key } = work
  const generation = decision.does === 'successor' ? found.generation + 1 : found.generation
  const correlation = decision.does === 'successor' ? correlationOf(key, generation) : found.correlation
  const isNew = decision.does !== 'update'
  const [first, ...rest] = found.parent ? [] : notes
  const lost = !isNew && (found.row?.['correlation_id'] ?? '') === '' ? { correlation_id: correlation } : {}
  const fields: Row = {
    ...(isNew && { correlation_id: correlation }),
    ...lost,
    ...decision.fields,
    ...(first !== undefined && { work_notes: first }),
  }
  const ids = { table, correlation }
  const sysId = isNew ? undefined : found.row?.['sys_id']
  const further = (found.parent ? notes : rest).map((text): Write => ({
    id: randomUUID(),
    ...ids,
    sysId: found.parent?.['sys_id'] ?? sysId ?? '',
    fields: { work_notes: text },
  }))
  const something = isNew || Object.keys(fields).length > 0
  return {
    work,
    found,
    decision,
    correlation,
    generation,
    notes: further,
    ...(something && { write: { id: randomUUID(), ...ids, ...(sysId !== undefined && { sysId }), fields } }),
  }
}

/** Digests stand for long texts in the journal: it is to explain writes, not to hold a copy of everything. */
const longestInJournal = 100

export const journalled = (fields: Row): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value.length <= longestInJournal
        ? value
        : `${value.length} characters, sha256 ${createHash('sha256').update(value).digest('hex').slice(0, 16)}`,
    ]),
  )

export const reasonsOf = ({ items }: Work): string[] =>
  items.map(({ event }) => `${event.object} ${event.revision === '' ? event.digest : event.revision}`)

/** What stands in the journal before a step is taken: its writes, and where its objects belong. */
export function intentsOf(
  { work, write, notes, decision }: Step,
  at: number,
  known: ReadonlyMap<string, string>,
): Entry[] {
  const { key } = work
  const entries: Entry[] = work.items
    .filter(({ event }) => !known.has(event.object))
    .map(({ event }) => ({
      is: 'joined',
      at,
      key,
      member: {
        object: event.object,
        native: event.native,
        title: '',
        severity: event.severity,
        revision: '',
        digest: '',
      },
    }))
  const does = decision.does === 'update' ? 'update' : 'create'
  if (write) entries.push(intent(write, does, work, at))
  for (const one of notes) if (one.sysId !== '') entries.push(intent(one, 'note', work, at))
  return entries
}

export const intent = (write: Write, does: Intent['does'], work: Work, at: number): Intent => ({
  is: 'intent',
  at,
  key: work.key,
  write: write.id,
  rule: work.rule.name,
  does,
  table: write.table,
  correlation: write.correlation,
  because: reasonsOf(work),
  fields: journalled(write.fields),
})
