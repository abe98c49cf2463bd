import type { Intent, Ledger, Ticket } from '@siembridge/sync'
import type { Failure } from '../client/answer.ts'
import type { Client } from '../client/client.ts'
import { byKeys, isFailure, query, record, type Row } from '../client/table.ts'
import type { ServiceNowOptions } from '../options.ts'
import { correlationOf, readCorrelation } from './key.ts'
import type { Work } from './plan.ts'
import { statesOf } from './states.ts'

/** Keys in one look-up: the address stays far below what web servers take. */
const mostKeys = 25
const mostParents = 5

/** The ticket of a work as it is in ServiceNow. */
export interface Found {
  readonly row?: Row
  /** Later records with the same key: two agents, or an answer that came late. */
  readonly duplicates: readonly Row[]
  readonly generation: number
  readonly correlation: string
  /** The ticket that people merged it into. */
  readonly parent?: Row
  /** What should stand in the journal. */
  readonly remarks: readonly string[]
  /** The closed ticket that an unanswered write was to take the place of. */
  readonly follows?: Row
  /** It was deleted, and stays so. */
  readonly leave?: boolean
}

export interface FindContext {
  readonly client: Client
  readonly options: ServiceNowOptions
  readonly ledger: Ledger
  /** Milliseconds since a write was begun. */
  readonly waited: (intent: Intent) => number
  /** Fields of the record that are read, by table. */
  readonly fields: (table: string) => readonly string[]
}

type Rows = ReadonlyMap<string, readonly Row[]>

const openCreate = (ledger: Ledger, key: string): Intent | undefined =>
  ledger.openOf(key).findLast(({ does }) => does === 'create')

/** The correlation id under which a ticket is to be looked for. */
const wantedOf = (ledger: Ledger, key: string): string =>
  openCreate(ledger, key)?.correlation ?? ledger.tickets.get(key)?.correlation ?? key

/** Looks all tickets up, many in a request. */
export async function lookUp(works: readonly Work[], context: FindContext): Promise<Rows | Failure> {
  const found = new Map<string, readonly Row[]>()
  for (const [table, ofTable] of Map.groupBy(works, ({ table }) => table)) {
    const keys = [...new Set(ofTable.map(({ key }) => wantedOf(context.ledger, key)))]
    for (let at = 0; at < keys.length; at += mostKeys) {
      const some = keys.slice(at, at + mostKeys)
      // Of what the journal does not know, nobody knows either whether the first ticket is still there.
      const first = some.filter((key) => !context.ledger.tickets.has(readCorrelation(key)?.key ?? key))
      const rows = await byKeys(context.client, table, some, context.fields(table), first)
      if (isFailure(rows)) return rows
      for (const [key, list] of rows) found.set(key, list)
    }
  }
  return found
}

/** What is there for a work. `later`: an unanswered write may still take effect. */
export async function find({ key, table }: Work, rows: Rows, context: FindContext): Promise<Found | Failure> {
  const { ledger, options } = context
  const known = ledger.tickets.get(key)
  const correlation = wantedOf(ledger, key)
  const generation = readCorrelation(correlation)?.generation ?? 1
  const [row, ...duplicates] = rows.get(correlation) ?? []
  if (row) {
    const waits = mayStillArrive(key, row, context)
    if (waits > 0) return tooEarly(waits)
    const found = { row, duplicates, generation, correlation, remarks: [] }
    return withParent(table, await newest(key, table, found, context), context)
  }
  const successor = known ? undefined : lastOf(key, rows)
  if (successor) return withParent(table, successor, context)
  const create = openCreate(ledger, key)
  const waits = create ? options.settle - context.waited(create) : 0
  if (waits > 0) return tooEarly(waits)
  const follows = create && known && create.fields[statesOf(table).parent] === known.sysId && rowOfTicket(known)
  if (!known || create) return { duplicates, generation, correlation, remarks: [], ...(follows && { follows }) }
  return gone(known, table, context)
}

const rowOfTicket = ({ sysId, number }: Ticket): Row => ({ sys_id: sysId, number })

const tooEarly = (afterMs: number): Failure => ({
  is: 'later',
  reason: 'a write without an answer may still take effect',
  maybe: false,
  afterMs,
})

/** How long an unanswered change of a ticket can still take effect, in milliseconds: nothing of it is to be seen yet. */
function mayStillArrive(key: string, row: Row, { ledger, options, waited }: FindContext): number {
  const open = ledger.openOf(key).filter(({ does }) => does === 'update' || does === 'note')
  if (open.length === 0 || ledger.tickets.get(key)?.version !== row['sys_mod_count']) return 0
  return Math.max(...open.map((intent) => options.settle - waited(intent)))
}

/** A ticket that its key does not find any more: deleted, hidden, or its correlation id was changed. */
async function gone(known: Ticket, table: string, context: FindContext): Promise<Found | Failure> {
  const { key, correlation, generation, sysId, number, unseen } = known
  const row = await record(context.client, table, sysId, context.fields(table))
  if (isFailure(row)) return row
  if (row && (row['correlation_id'] ?? '') === '')
    return withParent(
      table,
      { row, duplicates: [], generation, correlation, remarks: [`${number} had lost its correlation_id`] },
      context,
    )
  if (unseen) return hiddenTicket(number)
  const what = row ? 'has another correlation_id' : 'was deleted, or is hidden from the bridge'
  if (context.options.deleted === 'leave')
    return {
      duplicates: [],
      generation,
      correlation,
      leave: true,
      remarks: [`${number} ${what}: no ticket takes its place`],
    }
  const first = { duplicates: [], generation, correlation, remarks: [] }
  const other = await last(key, table, first, context)
  if (isFailure(other) || other.row) return isFailure(other) ? other : withParent(table, other, context)
  const next = generation + 1
  const remarks = [`${number} ${what}: a new ticket takes its place`]
  return { duplicates: [], generation: next, correlation: correlationOf(key, next), remarks }
}

export const hiddenTicket = (number: string): Failure => ({
  is: 'configuration',
  reason: `${number} was made, and is hidden from the bridge or did not keep its correlation_id: no other is made`,
  help: 'Let the user of the bridge read what it makes (ACLs of rows, before-query business rules, domains), and let no rule of the instance change correlation_id.',
})

/** The ticket of a key that took the place of all others, among rows that were looked up. */
export function lastOf(key: string, rows: Rows): Found | undefined {
  let best: Found | undefined
  for (const [correlation, [row, ...duplicates]] of rows) {
    const read = readCorrelation(correlation)
    if (row && read?.key === key && read.generation > (best?.generation ?? 0))
      best = { row, duplicates, generation: read.generation, correlation, remarks: [] }
  }
  return best
}

/** Where a ticket is over: without a journal, or by another agent, one may have taken its place already. */
async function newest(key: string, table: string, first: Found, context: FindContext): Promise<Found | Failure> {
  return statesOf(table).final.includes(first.row?.['state'] ?? '') ? last(key, table, first, context) : first
}

/** Tickets that took the place of the first are found by the begin of its key. */
async function last(key: string, table: string, first: Found, context: FindContext): Promise<Found | Failure> {
  const rows = await query(
    context.client,
    table,
    `correlation_idSTARTSWITH${key}:^ORDERBYsys_created_on`,
    context.fields(table),
  )
  if (isFailure(rows)) return rows
  const found = lastOf(
    key,
    Map.groupBy(rows, (row) => row['correlation_id'] ?? ''),
  )
  return found && found.generation > first.generation ? found : first
}

/** A closed ticket with a parent was merged into it; parents of parents are followed, but in no circle. */
async function withParent(table: string, found: Found | Failure, context: FindContext): Promise<Found | Failure> {
  if (isFailure(found) || !found.row) return found
  const { final, parent: field } = statesOf(table)
  const seen = new Set([found.row['sys_id']])
  let at: Row = found.row
  while (final.includes(at['state'] ?? '') && at[field] && !seen.has(at[field]) && seen.size <= mostParents) {
    const next = await record(context.client, table, at[field], context.fields(table))
    if (isFailure(next)) return next
    if (!next) break
    at = next
    seen.add(at['sys_id'])
  }
  return at === found.row || final.includes(at['state'] ?? '') ? found : { ...found, parent: at }
}
