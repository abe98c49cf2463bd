import {
  type Base,
  type CanonicalState,
  flaps,
  isOver,
  type Ledger,
  type Member,
  mergeField,
  noteMarker,
  recentWrites,
  type Ticket,
} from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import { isFailure, type Row } from '../client/table.ts'
import type { ServiceNowOptions } from '../options.ts'
import { isDone, stateOf, worst } from '../rules/rule.ts'
import type { References } from '../schema/references.ts'
import type { TableSchema } from '../schema/schema.ts'
import { render } from './fields.ts'
import { type Block, blocksOf, titleOf } from './notes.ts'
import { type Item, revisionOf, type Work } from './plan.ts'
import { canonicalOf, resolving, statesOf, timeOf } from './states.ts'
import { stormTexts } from './storm-text.ts'
import { asField } from './fields.ts'

export interface DecideContext {
  readonly options: ServiceNowOptions
  readonly ledger: Ledger
  readonly schema: TableSchema
  readonly references: References | undefined
  readonly nowMs: number
}

/** What is to be written for a ticket, and what is known of it afterwards. */
export interface Decision {
  /** `successor`: a new ticket in the place of one that is closed. */
  readonly does: 'create' | 'update' | 'successor'
  readonly fields: Readonly<Record<string, string>>
  /** What is wanted in every field, written or not. */
  readonly wanted: Readonly<Record<string, string>>
  readonly blocks: readonly Block[]
  readonly members: readonly Member[]
  readonly lead?: string
  readonly severity: string
  readonly remarks: readonly string[]
  readonly stateWrites: readonly number[]
  /** The ticket is closed: all that is written is a comment, and the instance may refuse it. */
  readonly frozen?: boolean
}

/**
 * What becomes of a ticket: `row` is how it is now, undefined where there is none. `merged`: people made it part of another, which
 * gets the notes.
 */
export async function decide(
  work: Work,
  row: Row | undefined,
  merged: boolean,
  context: DecideContext,
): Promise<Decision | Failure> {
  const { ledger, schema, references } = context
  const known = ledger.tickets.get(work.key)
  const before = ledger.membersOf(work.key)
  const members = membersOf(work.items)
  const all = new Map([...before, ...members.map((member) => [member.object, member] as const)])
  const lead = leadOf(work, known?.lead)
  const severity = worst([...all.values()].map((member) => member.severity))
  const leading = work.items.find(({ event, attachOnly }) => event.object === lead && !attachOnly)
  const rendered = leading ? await render(work.rule, leading.event, schema, references) : { values: {}, remarks: [] }
  if (isFailure(rendered)) return rendered
  const values = work.storm ? stormFields(work, all, context) : rendered.values
  const wanted = { ...weightOf(work, severity), ...values }
  const length = schema.fields.get('work_notes')?.length || 4000
  const blocks = blocksOf({ ...work, lead, before, length })
  const common = { wanted, members, severity, ...(lead !== undefined && { lead }) }
  const remarkBlocks = rendered.remarks.map((text) => blockOf(work.key, text))
  if (!row)
    return {
      does: 'create',
      fields: created(work, wanted, all, schema),
      blocks: [...blocks, ...remarkBlocks],
      remarks: rendered.remarks,
      stateWrites: [],
      ...common,
    }
  const state = merged ? frozenStep(known) : stateStep(work, row, known, [...all.values()], context)
  if (state.successor)
    return {
      does: 'successor',
      fields: { ...created(work, wanted, all, schema), [statesOf(work.table).parent]: row['sys_id'] ?? '' },
      blocks: [blockOf(work.key, `Follows ${row['number'] ?? 'a ticket'}, which is closed.`), ...blocks, ...remarkBlocks],
      remarks: [`${row['number'] ?? ''} is closed: a new ticket takes its place`],
      stateWrites: [],
      ...common,
    }
  const fields = state.frozen ? { fields: {}, remarks: [] } : mergeFields(wanted, row, known, context)
  return {
    does: 'update',
    fields: { ...fields.fields, ...state.fields },
    blocks: state.silent ? [] : [...state.blocks, ...blocks],
    remarks: [...fields.remarks, ...state.remarks],
    stateWrites: state.stateWrites,
    ...(state.frozen && { frozen: true }),
    ...common,
  }
}

const blockOf = (key: string, text: string): Block => ({ text, marker: noteMarker(key, text) })

const membersOf = (items: readonly Item[]): Member[] =>
  items.map(({ event }) => ({
    object: event.object,
    native: event.native,
    title: titleOf(event),
    severity: event.severity,
    revision: event.revision,
    ...(Number.isFinite(event.timeMs) && { timeMs: event.timeMs }),
    digest: event.digest,
    ...(isDone(event) && { over: true }),
  }))

/** The incident itself fills the fields of its ticket; else the first alert that came. Nobody does in a storm. */
function leadOf({ rule, items, storm }: Work, known: string | undefined): string | undefined {
  if (storm) return undefined
  const incident = rule.options.group === 'incident' ? items.find(({ event }) => event.ownKind === 'incident') : undefined
  return incident?.event.object ?? known ?? items[0]?.event.object
}

const weightOf = ({ rule }: Work, severity: ReturnType<typeof worst>): Record<string, string> => {
  const { impact, urgency } = rule.options.severity[severity]
  return { impact: String(impact), urgency: String(urgency) }
}

function stormFields({ rule }: Work, all: ReadonlyMap<string, Member>, { options, schema }: DecideContext) {
  const texts = stormTexts(rule.name, [...all.values()], options.storm)
  return {
    short_description: asField(texts.short_description, schema.fields.get('short_description')),
    description: asField(texts.description, schema.fields.get('description')),
  }
}

/** A new ticket leaves empty fields to the instance's defaults. Where everything is resolved already, it is made resolved. */
function created(work: Work, wanted: Decision['wanted'], all: ReadonlyMap<string, Member>, schema: TableSchema) {
  const fields = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))
  const over = [...all.values()].every((member) => member.over === true)
  const closes = over && work.rule.options.on_resolved === 'resolve' ? closing(work, schema) : undefined
  return { ...fields, ...closes }
}

function closing(work: Work, schema: TableSchema): Readonly<Record<string, string>> | undefined {
  const event = work.items.at(-1)?.event
  const canonical: CanonicalState = (event && stateOf(event)) ?? 'resolved'
  const verdicts = event ? [...event.values('microsoft.alert.classification'), ...event.values('microsoft.incident.classification')] : []
  return resolving(work.rule, schema, canonical, `Resolved in Microsoft${verdicts.length === 0 ? '' : `: ${verdicts.join(', ')}`}`)
}

function mergeFields(wanted: Decision['wanted'], row: Row, known: Ticket | undefined, { options }: DecideContext) {
  const fields: Record<string, string> = {}
  const remarks: string[] = []
  // Nobody but its maker wrote to it: what stands there is the bridge's own, also where the journal was lost.
  const untouched = !known && row['sys_updated_by'] !== '' && row['sys_updated_by'] === row['sys_created_by']
  for (const [name, left] of Object.entries(wanted)) {
    const right = row[name] ?? ''
    const pair = known?.base[name] ?? (untouched ? (['\0', right] as const) : undefined)
    const base = pair && { wanted: pair[0], found: pair[1] }
    const merged = mergeField({ base, left, right }, options.conflicts)
    if (merged === 'write' || merged === 'conflict-write') fields[name] = left
    if (merged.startsWith('conflict'))
      remarks.push(`${name} was changed in ServiceNow and in Microsoft: ${merged === 'conflict-keep' ? 'the ticket keeps its own' : "Microsoft's is written"}`)
  }
  return { fields, remarks }
}

interface StateStep {
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

const frozenStep = (known: Ticket | undefined): StateStep => ({
  fields: {},
  blocks: [],
  remarks: [],
  stateWrites: known?.stateWrites ?? [],
  frozen: true,
})

function stateStep(
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
    return withState(closing(work, schema), 'no close code of the instance fits: the ticket stays open', nothing, context)
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
  const { resolved, closed, reopen_state: state } = work.rule.options
  const endedMs = timeOf(row['resolved_at'] || row['closed_at'])
  const revisions = work.items.map(({ event }) => instantOf(event.revision) ?? revisionOf(event).timeMs ?? Infinity)
  // What happened before people closed the ticket is no reason to open it again. The bridge closes by revisions, which the fence orders.
  const byPeople = !isOurState(work.key, row, context.ledger)
  const late = byPeople && Number.isFinite(endedMs) && revisions.every((ms) => ms < endedMs)
  const policy = late ? 'comment' : final ? closed : resolved
  if (policy === 'new') return { ...nothing, successor: true }
  if (policy === 'comment') return { ...nothing, frozen: true }
  const fields = { state: String(state ?? statesOf(work.table).reopen) }
  const why = blockOf(work.key, `Reopened: Microsoft's alert goes on (${revisions.length === 1 ? work.items[0]?.event.revision || 'new' : `${revisions.length} alerts`}).`)
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

/**
 * What both sides have after a write: what was wanted, and what the ticket then holds. Its state counts as agreed only where the
 * bridge wrote it: that people moved it since then must show.
 */
export function baseAfter(wanted: Decision['wanted'], row: Row, before: Base | undefined, stateWritten: boolean): Base {
  const now = Object.entries(wanted).map(([name, value]) => [name, [value, row[name] ?? '']] as const)
  const state = (!stateWritten && before?.['state']) || ([row['state'] ?? '', row['state'] ?? ''] as const)
  return { ...before, ...Object.fromEntries(now), state }
}
