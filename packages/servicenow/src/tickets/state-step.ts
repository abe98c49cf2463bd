import {
  flaps,
  isOver,
  type CanonicalState,
  type Ledger,
  type Member,
  recentWrites,
  type Ticket,
} from '@siembridge/sync'
import type { Row } from '../client/table.ts'
import { isDone, stateOf } from '../rules/rule.ts'
import type { TableSchema } from '../schema/schema.ts'
import type { DecideContext } from './decide.ts'
import { type Block, blockOf } from './notes.ts'
import { type Item, revisionOf, type Work } from './plan.ts'
import { canonicalOf, resolving, statesOf, timeOf } from './states.ts'

/** What becomes of a ticket's state. */
export interface StateStep {
  readonly fields: Readonly<Record<string, string>>
  readonly blocks: readonly Block[]
  readonly remarks: readonly string[]
  readonly stateWrites: readonly number[]
  /** Closed for good: its fields stay as they are. */
  readonly frozen?: boolean
  /** Nothing is worth a note. */
  readonly silent?: boolean
  readonly successor?: boolean
}

/** People made the ticket part of another one. */
export const frozenStep = (known: Ticket | undefined): StateStep => ({
  fields: {},
  blocks: [],
  remarks: [],
  stateWrites: known?.stateWrites ?? [],
  frozen: true,
})

/** Resolves, opens again, asks for a successor, or leaves the state alone: by what Microsoft says and how the ticket is. */
export function stateStep(
  work: Work,
  row: Row,
  known: Ticket | undefined,
  all: readonly Member[],
  context: DecideContext,
): StateStep {
  const { options, schema, nowMs } = context
  const { on_resolved: onResolved } = work.rule.options
  const recent = recentWrites(known?.stateWrites ?? [], nowMs)
  const nothing: StateStep = { fields: {}, blocks: [], remarks: [], stateWrites: recent }
  const canonical = canonicalOf(work.table, row)
  const ticketOver = canonical !== undefined && isOver(canonical)
  const allOver = all.every((member) => member.over === true)
  if (!ticketOver) {
    if (!allOver || onResolved !== 'resolve') return nothing
    const moved = known !== undefined && !isOurState(work.key, row, context.ledger)
    if (moved && options.conflicts === 'ticket')
      return { ...nothing, remarks: ['resolved in Microsoft; people work on the ticket, so its state stays'] }
    return withState(
      closing(work, schema),
      'no close code of the instance fits: the ticket stays open',
      nothing,
      context,
    )
  }
  const final = statesOf(work.table).final.includes(row['state'] ?? '')
  if (allOver || !work.items.some((item) => wakes(item, context.ledger.membersOf(work.key))))
    return { ...nothing, frozen: final, silent: final }
  return goesOn(work, row, final, nothing, context)
}

/** News about something that is not resolved: a new alert, or one that changed. */
const wakes = ({ event, attachOnly }: Item, before: ReadonlyMap<string, Member>): boolean =>
  !attachOnly && !isDone(event) && ((before.get(event.object)?.digest ?? '') === '' || event.change !== 'unchanged')

/** Whether the ticket is in the state that the bridge knows it in, or that a write of it without an answer gave it. */
export const isOurState = (key: string, row: Row, ledger: Ledger): boolean =>
  ledger.tickets.get(key)?.base['state']?.[1] === row['state'] ||
  ledger.openOf(key).some(({ fields }) => fields['state'] !== undefined && fields['state'] === row['state'])

/** An alert goes on whose ticket is over. */
function goesOn(work: Work, row: Row, final: boolean, nothing: StateStep, context: DecideContext): StateStep {
  const { resolved, closed, reopen_state: reopen } = work.rule.options
  const state = work.table === work.rule.table ? reopen : undefined
  const endedMs = timeOf(row['resolved_at'] || row['closed_at'])
  const revisions = work.items.map(({ event }) => instantOf(event.revision) ?? revisionOf(event).timeMs ?? Infinity)
  // What happened before people closed the ticket is no reason to open it again. The bridge closes by revisions, which the fence orders.
  const byPeople = !isOurState(work.key, row, context.ledger)
  const late = byPeople && Number.isFinite(endedMs) && revisions.every((ms) => ms < endedMs)
  const policy = late ? 'comment' : final ? closed : resolved
  if (policy === 'new') return { ...nothing, successor: true }
  if (policy === 'comment') return { ...nothing, frozen: true }
  const fields = { state: String(state ?? statesOf(work.table).reopen) }
  const why = blockOf(
    work.key,
    `Reopened: Microsoft's alert goes on (${revisions.length === 1 ? work.items[0]?.event.revision || 'new' : `${revisions.length} alerts`}).`,
  )
  return withState(fields, '', { ...nothing, blocks: [why] }, context)
}

const instantOf = (text: string): number | undefined => {
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN
  return Number.isFinite(ms) ? ms : undefined
}

function withState(
  fields: Readonly<Record<string, string>> | undefined,
  otherwise: string,
  nothing: StateStep,
  { nowMs }: DecideContext,
): StateStep {
  if (!fields) return { ...nothing, remarks: [otherwise] }
  if (flaps(nothing.stateWrites, nowMs))
    return { ...nothing, remarks: ['its state changed too often within an hour: it is not written any more for now'] }
  return { ...nothing, fields, stateWrites: [...nothing.stateWrites, nowMs] }
}

/** Fields that resolve a ticket as Microsoft's verdict says; undefined where no close code of the instance fits. */
export function closing(work: Work, schema: TableSchema): Readonly<Record<string, string>> | undefined {
  const event = work.items.at(-1)?.event
  const canonical: CanonicalState = (event && stateOf(event)) ?? 'resolved'
  const verdicts = event
    ? [...event.values('microsoft.alert.classification'), ...event.values('microsoft.incident.classification')]
    : []
  return resolving(
    work.rule,
    schema,
    canonical,
    `Resolved in Microsoft${verdicts.length === 0 ? '' : `: ${verdicts.join(', ')}`}`,
  )
}
