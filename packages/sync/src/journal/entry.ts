import type { CanonicalState } from '../states.ts'

/** What both sides of a field last were: what was wanted, and what was found there afterwards. */
export type Base = Readonly<Record<string, readonly [wanted: string, found: string]>>

/** An object of the source in a ticket. */
export interface Member {
  /** Object id. */
  readonly object: string
  /** The source's own id: what a person searches for. */
  readonly native: string
  readonly title: string
  readonly severity: string
  /** Revision that is in the ticket, and the time of its record in milliseconds since 1970. */
  readonly revision: string
  readonly timeMs?: number
  /** Digest of what that revision came to. */
  readonly digest: string
  /** The source is done with it. */
  readonly over?: boolean
}

/** Fields that every entry has. */
interface Common {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Key of the ticket: its correlation id without generation. */
  readonly key: string
}

/** A write is about to be made. Without an outcome behind it, nobody knows whether it arrived: the other side is read first. */
export interface Intent extends Common {
  readonly is: 'intent'
  /** Names the write in this journal. */
  readonly write: string
  readonly rule: string
  readonly does: 'create' | 'update' | 'note' | 'attach' | 'duplicate' | 'event'
  readonly table: string
  readonly correlation: string
  /** Object revisions that the write carries: why it is made. */
  readonly because: readonly string[]
  /** Fields as they are sent, notes and long texts by their length and digest. */
  readonly fields: Readonly<Record<string, string>>
}

/** What came of a write. */
export interface Outcome extends Common {
  readonly is: 'outcome'
  readonly write: string
  readonly came: 'done' | 'found' | 'not-made' | 'refused' | 'unknown'
  readonly says?: string
  readonly number?: string
  readonly sysId?: string
}

/** The ticket as it is known after something was done or read. */
export interface Ticket extends Common {
  readonly is: 'ticket'
  readonly table: string
  readonly rule: string
  readonly correlation: string
  /** 1, and one more with each ticket that takes the place of a closed or deleted one. */
  readonly generation: number
  readonly sysId: string
  readonly number: string
  readonly createdMs: number
  readonly state: string
  readonly canonical?: CanonicalState
  /** Version of the other side's record, where it has one. */
  readonly version: string
  readonly base: Base
  /** Object whose record fills the ticket's fields; none in one that collects many. */
  readonly lead?: string
  readonly severity: string
  /** How often its state was written lately. */
  readonly stateWrites?: readonly number[]
  /** A fold of what would have been too many. */
  readonly storm?: boolean
  /** It was made, and not found by its key afterwards: hidden, or the key was not kept. */
  readonly unseen?: boolean
  readonly assignedTo?: string
  readonly updatedMs?: number
}

/** An object is in a ticket from now on, with this revision. */
export interface Joined extends Common {
  readonly is: 'joined'
  readonly member: Member
}

/** Something a person may ask about: a conflict, a field that was not kept, a ticket that was deleted, what was read back. */
export interface Remark extends Common {
  readonly is: 'remark'
  readonly says: string
}

/** How far the other side's changes were read: its own time, as it writes it. */
export interface ReadTo {
  readonly is: 'read-to'
  readonly at: number
  readonly table: string
  readonly time: string
}

export type Entry = Intent | Outcome | Ticket | Joined | Remark | ReadTo

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Whether a line is an entry that can be relied on: a disk may damage a line so that it still is JSON. */
export function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false
  const { is, key, table, time, member, base, write } = value
  if (is === 'read-to') return typeof table === 'string' && typeof time === 'string'
  if (typeof is !== 'string' || typeof key !== 'string') return false
  if (is === 'joined') return isObject(member) && typeof member['object'] === 'string'
  if (is === 'ticket') return isObject(base) && typeof table === 'string'
  if (is === 'intent') return typeof write === 'string' && Array.isArray(value['because']) && isObject(value['fields'])
  return is !== 'outcome' || typeof write === 'string'
}
