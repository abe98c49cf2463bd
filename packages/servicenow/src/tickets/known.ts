import { randomUUID } from 'node:crypto'
import type { Entry, Ticket } from '@siembridge/sync'
import type { Row } from '../client/table.ts'
import { isDone } from '../rules/rule.ts'
import { baseAfter } from './decide.ts'
import { type Desk, ledgerOf } from './desk.ts'
import { titleOf } from './notes.ts'
import type { Work } from './plan.ts'
import { canonicalOf, timeOf } from './states.ts'
import type { Step } from './steps.ts'

/** A ticket as it is known after a step. */
export function ticketOf(
  { work, decision, correlation, generation, write, ownState }: Step,
  row: Row,
  desk: Desk,
  at: number,
): Ticket {
  const before = ledgerOf(desk).tickets.get(work.key)
  const canonical = canonicalOf(work.table, row)
  const same = before?.sysId === row['sys_id'] ? before : undefined
  const { lead, severity, stateWrites, wanted } = decision
  return {
    is: 'ticket',
    at,
    key: work.key,
    table: work.table,
    rule: work.rule.name,
    correlation,
    generation,
    sysId: row['sys_id'] ?? '',
    number: row['number'] ?? same?.number ?? '',
    createdMs: same?.createdMs ?? (timeOf(row['sys_created_on']) || at),
    state: row['state'] ?? '',
    ...(canonical !== undefined && { canonical }),
    version: row['sys_mod_count'] ?? '',
    base: baseAfter(wanted, row, same?.base, ownState || write?.fields['state'] !== undefined),
    ...(lead !== undefined && { lead }),
    severity,
    ...(stateWrites.length > 0 && { stateWrites }),
    ...(work.storm && { storm: true }),
    ...(same?.assignedTo !== undefined && { assignedTo: same.assignedTo }),
  }
}

/** Objects are in the ticket with these revisions; records to attach follow as writes of their own. */
export function joined(work: Work, desk: Desk, attach = desk.options.attach, newTicket = false): Entry[] {
  const at = desk.clock.now()
  const before = ledgerOf(desk).membersOf(work.key)
  const { key } = work
  return work.items
    .filter(({ attachOnly }) => !attachOnly)
    .flatMap(({ event }): Entry[] => {
      const { object, native, severity, revision, timeMs, digest } = event
      const isNew = (before.get(object)?.digest ?? '') === ''
      const member = memberOf(work, object)
      const wants = attach === 'each' || (attach === 'first' && (isNew || newTicket))
      const write = randomUUID()
      const attachment: Entry[] =
        wants && event.original !== undefined
          ? [
              {
                is: 'intent',
                at,
                key,
                write,
                does: 'attach',
                rule: work.rule.name,
                table: work.table,
                correlation: key,
                because: [object],
                fields: {},
              },
            ]
          : []
      return [
        {
          is: 'joined',
          at,
          key,
          member: { object, native, severity, revision, digest, ...member, ...(Number.isFinite(timeMs) && { timeMs }) },
        },
        ...attachment,
      ]
    })
}

function memberOf({ items }: Work, object: string): { title: string; over?: boolean } {
  const event = items.find((item) => item.event.object === object)?.event
  return event ? { title: titleOf(event), ...(isDone(event) && { over: true }) } : { title: '' }
}
