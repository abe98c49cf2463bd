import { compareRevisions, type Ledger } from '@siembridge/sync'
import type { TicketEvent } from '../rules/event.ts'
import type { Rule } from '../rules/rule.ts'
import { isStormKey } from './key.ts'

/** The newest revision of an object in a parcel, and the places of all its revisions there. */
export interface Item {
  readonly event: TicketEvent
  readonly places: number[]
  /** Its revision is in the ticket, but its record is not attached yet. */
  readonly attachOnly: boolean
}

/** What a parcel has for one ticket. */
export interface Work {
  readonly key: string
  readonly rule: Rule
  readonly table: string
  readonly items: readonly Item[]
  /** A fold of what the storm brake holds back. */
  readonly storm: boolean
}

export interface Plan {
  readonly works: readonly Work[]
  /** For Event Management, which folds by its own key. */
  readonly events: readonly Work[]
  /** Places of events that need nothing: no rule takes them, or the ticket has them or something newer. */
  readonly done: readonly number[]
}

/** Sorts a parcel's events by ticket. An object stays in the ticket that it is in, whatever rules become. */
export function plan(
  events: readonly { readonly event: TicketEvent; readonly place: number }[],
  rules: readonly Rule[],
  ledger: Ledger,
): Plan {
  const newest = new Map<string, { event: TicketEvent; places: number[]; rule: Rule }>()
  const done: number[] = []
  for (const { event, place } of events) {
    const rule = rules.find((one) => one.takes(event))
    if (!rule) done.push(place)
    else addRevision(newest, event, place, rule)
  }
  const works = new Map<string, { rule: Rule; table: string; items: Item[]; storm: boolean }>()
  for (const { event, places, rule } of newest.values()) {
    const key = ledger.ticketOf.get(event.object) ?? rule.keyOf(event)
    const needs = needOf(event, key, ledger)
    if (needs === 'nothing') {
      done.push(...places)
      continue
    }
    const ticket = ledger.tickets.get(key)
    const work = works.get(key) ?? { rule, table: ticket?.table ?? rule.table, items: [], storm: isStormKey(key) }
    work.items.push({ event, places, attachOnly: needs === 'attachment' })
    works.set(key, work)
  }
  const all = [...works].map(([key, work]): Work => ({ key, ...work }))
  return {
    works: all.filter(({ table }) => table !== 'em_event'),
    events: all.filter(({ table }) => table === 'em_event'),
    done,
  }
}

function addRevision(
  newest: Map<string, { event: TicketEvent; places: number[]; rule: Rule }>,
  event: TicketEvent,
  place: number,
  rule: Rule,
): void {
  const before = newest.get(event.object)
  if (!before) return void newest.set(event.object, { event, places: [place], rule })
  before.places.push(place)
  const order = compareRevisions(revisionOf(before.event), revisionOf(event))
  if (order === 'older' || before.event.digest === event.digest) return
  // What any of them changed is news: the last may only repeat it.
  const changed = [before.event, event].some(({ change }) => change !== 'unchanged')
  before.event = changed && event.change === 'unchanged' ? { ...event, change: 'updated' } : event
}

export const revisionOf = ({ revision, timeMs }: TicketEvent) => ({
  text: revision,
  ...(Number.isFinite(timeMs) && { timeMs }),
})

/** The fence: a revision that the ticket has, or one that is older, changes nothing. */
function needOf(event: TicketEvent, key: string, ledger: Ledger): 'everything' | 'attachment' | 'nothing' {
  const member = ledger.membersOf(key).get(event.object)
  if (!member || member.digest === '') return 'everything'
  const order = compareRevisions(
    { text: member.revision, ...(member.timeMs !== undefined && { timeMs: member.timeMs }) },
    revisionOf(event),
  )
  const attach = ledger.openOf(key).some(({ does, because }) => does === 'attach' && because.includes(event.object))
  if (member.digest === event.digest) return attach ? 'attachment' : 'nothing'
  // A comment can change an alert without moving its time: other content under one revision counts.
  return order === 'older' ? 'nothing' : 'everything'
}
