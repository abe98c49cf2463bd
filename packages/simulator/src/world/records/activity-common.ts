import { timeText, ticksOf } from '../../ticks.ts'
import { anyAddress } from './people.ts'
import type { Random } from '../../random.ts'
import type { Fields, RecordContext, RecordKind } from '../record.ts'

/** The members of a record of the Management Activity API that its workload decides. */
export interface ActivityParts extends Fields {
  readonly RecordType: number
  readonly Operation: string
  readonly Workload: string
  readonly UserId: string
}

/** A stream of which each record is one of these, by chance. */
export function activityKind(makers: readonly ((context: RecordContext) => ActivityParts)[]): RecordKind {
  return {
    timeField: 'CreationTime',
    create: (context) => {
      const id = context.random.guid()
      return { id, fields: { ...common(context, id), ...context.random.pick(makers)(context) } }
    },
  }
}

function common({ random, at, tenantId }: RecordContext, Id: string): Fields {
  return {
    // UTC without a zone, whole seconds ("Office 365 Management Activity API schema", common schema).
    CreationTime: timeText(ticksOf(at), 0).slice(0, -1),
    Id,
    OrganizationId: tenantId,
    UserType: random.pick([0, 0, 0, 2, 4, 5]),
    UserKey: random.hex(16).toUpperCase(),
    Version: 1,
    ClientIP: anyClientIp(random),
  }
}

/** The address in the shapes that workloads write it: bare, with port, in brackets, mapped, empty or missing. */
export function anyClientIp(random: Random): string | null {
  const address = anyAddress(random)
  const bracketed = address.includes(':') ? `[${address}]` : address
  const port = 1024 + random.below(60_000)
  return random.pick([address, `${bracketed}:${port}`, `[${address}]:${port}`, '::ffff:192.0.2.44', '', null])
}
