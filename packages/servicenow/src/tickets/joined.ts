import { randomUUID } from 'node:crypto'
import type { Entry } from '@siembridge/sync'
import { isDone } from '../rules/rule.ts'
import { type Desk, ledgerOf } from './desk.ts'
import { titleOf } from './notes.ts'
import type { Work } from './plan.ts'

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
