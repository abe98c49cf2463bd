import { createHash } from 'node:crypto'
import { type Base, type Ledger, type Member, mergeField, type Ticket } from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import { isFailure, type Row } from '../client/table.ts'
import type { ServiceNowOptions } from '../options.ts'
import { isDone, worst } from '../rules/rule.ts'
import type { References } from '../schema/references.ts'
import type { TableSchema } from '../schema/schema.ts'
import { asField, render, type Rendered } from './fields.ts'
import type { Found } from './find.ts'
import { type Block, blockOf, blocksOf, titleOf } from './notes.ts'
import type { Item, Work } from './plan.ts'
import { closing, frozenStep, stateStep } from './state-step.ts'
import { statesOf } from './states.ts'
import { stormTexts } from './storm-text.ts'

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
  readonly lead?: string
  readonly severity: string
  readonly remarks: readonly string[]
  readonly stateWrites: readonly number[]
  /** The ticket is closed: all that is written is a comment, and the instance may refuse it. */
  readonly frozen?: boolean
}

/**
 * What becomes of a ticket: `row` is how it is now, undefined where there is none; what people made part of another one is only
 * noted there.
 */
export async function decide(
  work: Work,
  { row, parent, follows }: Pick<Found, 'row' | 'parent' | 'follows'>,
  context: DecideContext,
): Promise<Decision | Failure> {
  const { ledger } = context
  const known = ledger.tickets.get(work.key)
  const before = ledger.membersOf(work.key)
  const all = new Map([...before, ...membersOf(work.items).map((member) => [member.object, member] as const)])
  if (!row) return newTicket(work, all, follows, 'create', context)
  const state = parent ? frozenStep(known) : stateStep(work, row, known, [...all.values()], context)
  if (state.successor) return newTicket(work, all, row, 'successor', context)
  const content = await contentOf(work, leadOf(work, known?.lead), all, ledger.membersOf(work.key), context)
  if (isFailure(content)) return content
  const { blocks, remarks: _known, ...common } = content
  const merged = state.frozen ? { fields: {}, remarks: [] } : mergeFields(common.wanted, row, known, context)
  return {
    does: 'update',
    ...common,
    fields: { ...merged.fields, ...state.fields },
    blocks: state.silent ? [] : [...state.blocks, ...blocks],
    remarks: [...merged.remarks, ...state.remarks],
    stateWrites: state.stateWrites,
    ...(state.frozen && { frozen: true }),
  }
}

/** A ticket that is not there yet. One that takes the place of a closed one points to it. */
async function newTicket(
  work: Work,
  all: ReadonlyMap<string, Member>,
  closed: Row | undefined,
  does: 'create' | 'successor',
  context: DecideContext,
): Promise<Decision | Failure> {
  // Whose record is not at hand cannot fill the fields of a new ticket: it would come out empty. And nothing stands in it yet.
  const whole = { ...work, items: work.items.map((item) => ({ ...item, attachOnly: false })) }
  const content = await contentOf(whole, leadOf(whole, undefined), all, new Map(), context)
  if (isFailure(content)) return content
  const { blocks, remarks, ...common } = content
  const link = closed && { [statesOf(work.table).parent]: closed['sys_id'] ?? '' }
  const number = closed?.['number'] ?? 'a ticket'
  return {
    does,
    ...common,
    fields: { ...created(work, common.wanted, all, context.schema), ...link },
    blocks: [
      ...(closed ? [blockOf(work.key, `Follows ${number}, which is closed.`)] : []),
      ...blocks,
      ...remarks.map((text) => blockOf(work.key, text)),
    ],
    remarks: [...remarks, ...(closed ? [`${number} is closed: a new ticket takes its place`] : [])],
    stateWrites: [],
  }
}

/** What a ticket is to say: fields, and notes about what is new. */
async function contentOf(
  work: Work,
  lead: string | undefined,
  all: ReadonlyMap<string, Member>,
  before: ReadonlyMap<string, Member>,
  context: DecideContext,
): Promise<
  (Pick<Decision, 'wanted' | 'blocks' | 'severity' | 'lead'> & { readonly remarks: readonly string[] }) | Failure
> {
  const { schema } = context
  const severity = worst([...all.values()].map((member) => member.severity))
  const rendered = await renderedFor(work, lead, before.size === 0, context)
  if (isFailure(rendered)) return rendered
  const values = work.storm ? { ...rendered.values, ...stormFields(work, all, context) } : rendered.values
  const length = schema.fields.get('work_notes')?.length || 4000
  return {
    wanted: { ...weightOf(work, severity), ...values },
    blocks: blocksOf({ ...work, lead, before, length }),
    severity,
    remarks: rendered.remarks,
    ...(lead !== undefined && { lead }),
  }
}

/** Fields that the leading alert fills. A storm has those that its rule gives every ticket, by the first alert that came. */
async function renderedFor(
  { rule, items, storm }: Work,
  lead: string | undefined,
  isNew: boolean,
  { schema, references }: DecideContext,
): Promise<Rendered | Failure> {
  const leading = storm
    ? items.find(() => isNew)
    : items.find(({ event, attachOnly }) => event.object === lead && !attachOnly)
  if (!leading) return { values: {}, remarks: [] }
  const only = storm ? new Set(Object.keys(rule.options.fields)) : undefined
  return render(rule, leading.event, schema, references, only)
}

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
  const incident =
    rule.options.group === 'incident' ? items.find(({ event }) => event.ownKind === 'incident') : undefined
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

function mergeFields(wanted: Decision['wanted'], row: Row, known: Ticket | undefined, { options }: DecideContext) {
  const fields: Record<string, string> = {}
  const remarks: string[] = []
  // Nobody but its maker wrote to it: what stands there is the bridge's own, also where the journal was lost.
  const untouched = !known && row['sys_updated_by'] !== '' && row['sys_updated_by'] === row['sys_created_by']
  for (const [name, left] of Object.entries(wanted)) {
    const right = row[name] ?? ''
    const pair = known?.base[name] ?? (untouched ? (['\0', sideOf(right)] as const) : undefined)
    const base = pair && { wanted: pair[0], found: pair[1] }
    const merged = mergeField({ base, left: sideOf(left), right: sideOf(right) }, options.conflicts)
    if (merged === 'write' || merged === 'conflict-write') fields[name] = left
    if (merged.startsWith('conflict'))
      remarks.push(
        `${name} was changed in ServiceNow and in Microsoft: ${merged === 'conflict-keep' ? 'the ticket keeps its own' : "Microsoft's is written"}`,
      )
  }
  return { fields, remarks }
}

const longestSide = 60

/** A value as it is remembered: long ones by their digest, for every ticket is held in memory. */
const sideOf = (value: string): string =>
  value.length <= longestSide ? value : `#${createHash('sha256').update(value).digest('base64url').slice(0, 22)}`

/**
 * What both sides have after a write: what was wanted, and what the ticket then holds. Its state counts as agreed only where the
 * bridge wrote it: that people moved it since then must show.
 */
export function baseAfter(wanted: Decision['wanted'], row: Row, before: Base | undefined, stateWritten: boolean): Base {
  // The answer of an import set holds no fields: what was wanted is taken for what is there, until the ticket is read.
  const read = row['sys_mod_count'] !== undefined
  const now = Object.entries(wanted).map(
    ([name, value]) => [name, [sideOf(value), sideOf(read ? (row[name] ?? '') : value)]] as const,
  )
  const state = (!stateWritten && before?.['state']) || ([row['state'] ?? '', row['state'] ?? ''] as const)
  return { ...before, ...Object.fromEntries(now), state }
}
