import type { TargetContext, TargetFact } from '@siembridge/core'
import { canonicalStates, type Entry, type Ticket } from '@siembridge/sync'
import { isFailure, query, type Row } from './client/table.ts'
import type { Failure } from './client/answer.ts'
import type { ServiceNowOptions } from './options.ts'
import { tablesOf } from './prepare.ts'
import { type Desk, ledgerOf, remark } from './tickets/desk.ts'
import { keyPrefix, readCorrelation } from './tickets/key.ts'
import { canonicalOf, timeOf } from './tickets/states.ts'

/** Times have whole seconds, and clocks differ: that much is read again each time. */
const overlapMs = 120_000
/** What a user's time zone can move the times in a query by, where it is not GMT. */
const zoneMs = 26 * 3_600_000
const mostSeen = 50_000

const fields = [
  'sys_id',
  'number',
  'correlation_id',
  'state',
  'close_code',
  'assigned_to.user_name',
  'sys_updated_on',
  'sys_updated_by',
  'sys_mod_count',
]

/** Reads states of tickets back: what changed since the last look, all pages of it, in the order of its change. */
export class ReadBack {
  private readonly desk: Desk
  private readonly context: TargetContext<ServiceNowOptions>
  private readonly seen = new Set<string>()
  private readonly ending = new AbortController()
  private running: Promise<void> | undefined
  private lastMs: number | undefined
  private trouble: string | undefined
  private widened = false

  constructor(desk: Desk, context: TargetContext<ServiceNowOptions>) {
    this.desk = desk
    this.context = context
  }

  begin(): void {
    if (this.desk.options.read_every !== 'off') this.running ??= this.loop(this.desk.options.read_every)
  }

  async end(): Promise<void> {
    this.ending.abort(new Error('the target is closed'))
    await this.running
  }

  facts(): TargetFact[] {
    const tickets = [...ledgerOf(this.desk).tickets.values()]
    const counts = canonicalStates.flatMap((state) => {
      const count = tickets.filter(({ canonical }) => canonical === state).length
      return count === 0 ? [] : [`${count} ${state}`]
    })
    const others = tickets.filter(({ canonical }) => canonical === undefined).length
    if (others > 0) counts.push(`${others} in a state of the instance's own`)
    const read =
      this.trouble !== undefined
        ? `; states cannot be read back: ${this.trouble}`
        : this.lastMs === undefined
          ? ''
          : `; read back ${new Date(this.lastMs).toISOString().slice(0, 19)}Z`
    return [{ name: 'tickets', text: `${counts.length === 0 ? 'none' : counts.join(', ')}${read}` }]
  }

  private async loop(every: number): Promise<void> {
    const { signal } = this.ending
    while (!signal.aborted) {
      await this.desk.clock.sleep(every, signal).catch(() => undefined)
      if (!signal.aborted) await this.once().catch((error: unknown) => void (this.trouble = (error as Error).message))
    }
  }

  /** One look at every table. */
  async once(): Promise<void> {
    await this.lookAtZone()
    for (const table of tablesOf(this.desk.options)) {
      const failure = await this.read(table)
      this.trouble = failure?.reason
      if (failure) return void this.context.log.debug(`target ${this.context.name}: ${failure.reason}`)
    }
    this.lastMs = this.desk.clock.now()
  }

  /** Times in a query are taken in the user's own time zone: where that is another, more is read again. */
  private async lookAtZone(): Promise<void> {
    const { auth } = this.desk.options
    if (this.widened || !('user' in auth)) return
    const rows = await query(this.desk.client, 'sys_user', `user_name=${auth.user}`, ['user_name', 'time_zone'])
    const zone = isFailure(rows) ? '' : (rows.find((row) => row['user_name'] === auth.user)?.['time_zone'] ?? '')
    this.widened = !['', 'GMT', 'UTC', 'Etc/UTC'].includes(zone)
  }

  private async read(table: string): Promise<Failure | undefined> {
    const before = ledgerOf(this.desk).readTo.get(table)
    const beforeMs = timeOf(before)
    const back = this.widened || !('user' in this.desk.options.auth) ? zoneMs : overlapMs
    const from = Number.isNaN(beforeMs) ? '' : `sys_updated_on>=${timeText(beforeMs - back)}^`
    const condition = `${from}correlation_idSTARTSWITH${keyPrefix}^ORDERBYsys_updated_on^ORDERBYsys_id`
    const rows = await query(this.desk.client, table, condition, fields)
    if (isFailure(rows)) return rows
    await this.desk.journal.add(this.entriesOf(table, rows, before))
    return undefined
  }

  private entriesOf(table: string, rows: readonly Row[], before: string | undefined): Entry[] {
    const at = this.desk.clock.now()
    const entries: Entry[] = []
    let newest = before ?? ''
    // What bears a time of tomorrow, by whoever's clock, must not hide what comes until then.
    const latest = timeText(at)
    for (const row of rows) {
      const ticket = this.changed(row)
      if (ticket) entries.push(...changesOf(ticket, row, table, at))
      const updated = row['sys_updated_on'] ?? ''
      if (updated > newest && updated <= latest) newest = updated
    }
    if (newest !== (before ?? '')) entries.push({ is: 'read-to', at, table, time: newest })
    return entries
  }

  /** The ticket of a row that was not seen in this version. */
  private changed(row: Row): Ticket | undefined {
    const version = `${row['sys_id'] ?? ''} ${row['sys_mod_count'] ?? ''}`
    if (this.seen.has(version)) return undefined
    if (this.seen.size > mostSeen) this.seen.clear()
    this.seen.add(version)
    const key = readCorrelation(row['correlation_id'] ?? '')?.key
    const ticket = key === undefined ? undefined : ledgerOf(this.desk).tickets.get(key)
    return ticket?.sysId === row['sys_id'] ? ticket : undefined
  }
}

/** State and assignment as they are; that the bridge's own writes come back is no news. */
function changesOf(ticket: Ticket, row: Row, table: string, at: number): Entry[] {
  const state = row['state'] ?? ''
  const canonical = canonicalOf(table, row)
  const assignedTo = row['assigned_to.user_name'] ?? ''
  // The bridge may have written to it while these rows were on their way.
  if (Number(row['sys_mod_count']) < Number(ticket.version)) return []
  if (state === ticket.state && assignedTo === (ticket.assignedTo ?? '') && canonical === ticket.canonical) return []
  const who = row['sys_updated_by'] ?? ''
  const { canonical: _before, ...known } = ticket
  const next: Ticket = {
    ...known,
    at,
    state,
    ...(canonical !== undefined && { canonical }),
    assignedTo,
    updatedMs: timeOf(row['sys_updated_on']),
  }
  const says = `read back: state ${ticket.state} to ${state}${assignedTo === '' ? '' : `, assigned to ${assignedTo}`}, by ${who}`
  return [next, remark(ticket.key, says, at)]
}

const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
