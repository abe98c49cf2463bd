import { exit, SiembridgeError } from '@siembridge/core'
import type { ConfiguredTarget } from '@siembridge/core/config'
import { nodeDisk } from '@siembridge/core/pipeline'
import type { ServiceNowOptions } from '@siembridge/servicenow'
import type { Entry, Ledger, Member, Ticket } from '@siembridge/sync'
import { configFor } from '../agent/config-file.ts'
import { print } from '../sink.ts'
import { targetFolder } from '../state/state-directory.ts'
import { grid } from '../terminal/grid.ts'

interface Options {
  readonly config?: string
  readonly target?: string
  readonly json?: boolean
}

/** The target of a configuration that makes tickets: the named one, or the only one. */
export async function ticketTarget({ config: named, target: name }: Options) {
  const config = await configFor(named)
  const targets = config.targets.filter(({ kind }) => kind === 'servicenow')
  const target = name === undefined && targets.length === 1 ? targets[0] : targets.find((one) => one.name === name)
  if (!target && name !== undefined) throw new SiembridgeError('TargetUnknown', name)
  if (!target)
    throw new SiembridgeError(
      'UsageWrong',
      `there are ${targets.length} targets of kind servicenow: name one with --target`,
    )
  return { config, target: target as ConfiguredTarget & { readonly options: ServiceNowOptions } }
}

async function* entriesOf(options: Options): AsyncGenerator<Entry> {
  const { config, target } = await ticketTarget(options)
  const { readJournal } = await import('@siembridge/sync')
  yield* readJournal({ disk: nodeDisk, path: targetFolder(config.state, target.name) })
}

async function ledgerOf(options: Options): Promise<Ledger> {
  const { Ledger } = await import('@siembridge/sync')
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
export async function listTickets(options: Options & { readonly find?: string }): Promise<number> {
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
export async function printJournal(options: Options & { readonly find?: string }): Promise<number> {
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
