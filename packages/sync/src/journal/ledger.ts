import type { Entry, Intent, Member, Ticket } from './entry.ts'

/** What a journal comes to: tickets with their members, and writes of which nobody knows what came of them. */
export class Ledger {
  readonly tickets = new Map<string, Ticket>()
  /** Members by ticket, and the ticket of each object. */
  readonly members = new Map<string, Map<string, Member>>()
  readonly ticketOf = new Map<string, string>()
  readonly open = new Map<string, Intent>()
  /** The newest try to make each ticket that is not there yet, by key. */
  readonly unmade = new Map<string, Intent>()
  readonly readTo = new Map<string, string>()
  private readonly openByKey = new Map<string, Set<string>>()

  apply(entry: Entry): void {
    if (entry.is === 'intent') this.begin(entry)
    else if (entry.is === 'outcome') this.end(entry.write)
    else if (entry.is === 'ticket') this.know(entry)
    else if (entry.is === 'joined') this.join(entry.key, entry.member)
    else if (entry.is === 'read-to') this.readTo.set(entry.table, entry.time)
  }

  /** Writes of a ticket without an outcome, oldest first. */
  openOf(key: string): Intent[] {
    return [...(this.openByKey.get(key) ?? [])].flatMap((write) => this.open.get(write) ?? [])
  }

  membersOf(key: string): ReadonlyMap<string, Member> {
    return this.members.get(key) ?? new Map()
  }

  /** Forgets tickets that are over and were not touched since a time: they are found at the other side again. */
  forget(beforeMs: number, isOver: (ticket: Ticket) => boolean): void {
    for (const [key, ticket] of this.tickets) {
      if (ticket.at >= beforeMs || !isOver(ticket) || this.openByKey.has(key)) continue
      this.tickets.delete(key)
      for (const object of this.membersOf(key).keys()) this.ticketOf.delete(object)
      this.members.delete(key)
    }
  }

  /** Everything as entries, so that a new journal can begin with them. */
  *snapshot(at: number): Generator<Entry> {
    for (const [table, time] of this.readTo) yield { is: 'read-to', at, table, time }
    yield* this.tickets.values()
    for (const [key, members] of this.members)
      for (const member of members.values()) yield { is: 'joined', at: this.tickets.get(key)?.at ?? at, key, member }
    yield* this.open.values()
  }

  private know(ticket: Ticket): void {
    this.tickets.set(ticket.key, ticket)
    this.unmade.delete(ticket.key)
  }

  private begin(intent: Intent): void {
    if (intent.does === 'create' && !this.tickets.has(intent.key)) this.unmade.set(intent.key, intent)
    this.open.set(intent.write, intent)
    const writes = this.openByKey.get(intent.key)
    if (writes) writes.add(intent.write)
    else this.openByKey.set(intent.key, new Set([intent.write]))
  }

  private end(write: string): void {
    const intent = this.open.get(write)
    if (!intent) return
    this.open.delete(write)
    const writes = this.openByKey.get(intent.key)
    writes?.delete(write)
    if (writes?.size === 0) this.openByKey.delete(intent.key)
  }

  private join(key: string, member: Member): void {
    const before = this.ticketOf.get(member.object)
    if (before !== undefined && before !== key) this.members.get(before)?.delete(member.object)
    const members = this.members.get(key)
    if (members) members.set(member.object, member)
    else this.members.set(key, new Map([[member.object, member]]))
    this.ticketOf.set(member.object, key)
  }
}
