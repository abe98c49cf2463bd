import { exit } from '@siembridge/core'
import { nodeDisk } from '@siembridge/core/pipeline'
import { type Entry, Ledger, type Member, readJournal, type Ticket } from '@siembridge/sync'
import { print } from '../sink.ts'
import { targetFolder } from '../state/state-directory.ts'
import { grid } from '../terminal/grid.ts'
import { ticketTarget, type TicketOptions } from '../tickets/ticket-target.ts'

async function* entriesOf(options: TicketOptions): AsyncGenerator<Entry> {
  const { config, target } = await ticketTarget(options)
  yield* readJournal({ disk: nodeDisk, path: targetFolder(config.state, target.name) })
}

async function ledgerOf(options: TicketOptions): Promise<Ledger> {
  const ledger = new Ledger()
  for await (const entry of entriesOf(options)) ledger.apply(entry)
  return ledger
}

const fits = (ticket: Ticket, members: readonly Member[], wanted: string | undefined): boolean =>
  wanted === undefined ||
  [ticket.number, ticket.correlation, ticket.sysId, ...members.flatMap(({ native, object }) => [native, object])].some(
    (one) => one.toLowerCase() === wanted.toLowerCase(),
  )

/** `siembridge tickets list`: 0, or 1 where `find` names nothing that is there. */
export async function listTickets(options: TicketOptions & { readonly find?: string }): Promise<number> {
  const ledger = await ledgerOf(options)
  const found = [...ledger.tickets.values()]
    .map((ticket) => ({ ticket, members: [...ledger.membersOf(ticket.key).values()] }))
    .filter(({ ticket, members }) => fits(ticket, members, options.find))
  if (options.json) for (const one of found) await print(`${JSON.stringify(one)}\n`)
  else if (found.length === 0) await print('there are no such tickets\n')
  else await print(`${grid([['Ticket', 'state', 'severity', 'alerts', 'of'], ...found.map(row)])}\n`)
  return options.find !== undefined && found.length === 0 ? exit.no : exit.good
}

// What an alert says must not reach a terminal as it is.
const visible = (text: string): string =>
  text.replace(/[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\u00b7')

function row({ ticket, members }: { readonly ticket: Ticket; readonly members: readonly Member[] }): string[] {
  const { number, canonical, state, severity, assignedTo = '' } = ticket
  const [first] = members
  const what =
    members.length === 1
      ? `${first?.native ?? ''}  ${first?.title ?? ''}`
      : ticket.storm
        ? 'storm'
        : (first?.title ?? '')
  return [
    number,
    `${canonical ?? state}${assignedTo === '' ? '' : `, ${assignedTo}`}`,
    severity,
    String(members.length),
    visible(what).slice(0, 60),
  ]
}

/** `siembridge tickets journal`: every write, why it was made and what came of it; exit status. */
export async function printJournal(options: TicketOptions & { readonly find?: string }): Promise<number> {
  const ledger = options.find === undefined ? undefined : await ledgerOf(options)
  const keys =
    ledger &&
    new Set(
      [...ledger.tickets.values()]
        .filter((one) => fits(one, [...ledger.membersOf(one.key).values()], options.find))
        .map(({ key }) => key),
    )
  for await (const entry of entriesOf(options)) {
    if (keys && !('key' in entry && keys.has(entry.key))) continue
    await print(`${options.json ? JSON.stringify(entry) : visible(sentence(entry))}\n`)
  }
  return exit.good
}

function sentence(entry: Entry): string {
  const at = new Date(entry.at).toISOString().slice(0, 19)
  if (entry.is === 'intent') {
    const fields = Object.entries(entry.fields).map(([name, value]) => `${name}=${value}`)
    return `${at}Z  ${entry.does} ${entry.table} ${entry.correlation} (write ${entry.write}) because of ${entry.because.join(', ')}: ${fields.join('; ')}`
  }
  if (entry.is === 'outcome')
    return `${at}Z  ${entry.came}${entry.number ? ` ${entry.number}` : ''} (write ${entry.write})${entry.says === undefined ? '' : `: ${entry.says}`}`
  if (entry.is === 'ticket')
    return `${at}Z  ${entry.number} is ${entry.canonical ?? entry.state}, version ${entry.version}`
  if (entry.is === 'joined')
    return `${at}Z  ${entry.member.native} is in ${entry.key}, revision ${entry.member.revision}`
  if (entry.is === 'remark') return `${at}Z  ${entry.key}: ${entry.says}`
  return `${at}Z  ${entry.table} read back up to ${entry.time}`
}
