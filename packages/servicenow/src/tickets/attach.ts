import type { Entry, Intent } from '@siembridge/sync'
import { attach } from '../client/attachments.ts'
import { type Desk, each, ledgerOf, remark } from './desk.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Step } from './steps.ts'
import type { Result } from './result.ts'

/** Attachments that an earlier turn may have sent. */
export const openAttachments = (steps: readonly Step[], desk: Desk): ReadonlySet<string> =>
  new Set(
    steps.flatMap(({ work }) =>
      ledgerOf(desk)
        .openOf(work.key)
        .flatMap(({ does, write }) => (does === 'attach' ? [write] : [])),
    ),
  )

/** Attaches the records that the journal says are to be attached. Answers the steps whose tickets wait for it. */
export async function attachAll(
  results: readonly Result[],
  earlier: ReadonlySet<string>,
  desk: Desk,
  signal: AbortSignal,
): Promise<Map<Step, Outcome>> {
  const waiting = new Map<Step, Outcome>()
  const entries = await each(
    results.filter(({ row, outcome }) => row && outcome.is === 'done'),
    desk.options.in_flight,
    async (result) => {
      const told: Entry[] = []
      for (const open of ledgerOf(desk)
        .openOf(result.step.work.key)
        .filter(({ does }) => does === 'attach')) {
        const { entries: own, outcome } = await attachOne(open, result, earlier, desk, signal)
        told.push(...own)
        if (outcome) waiting.set(result.step, outcome)
      }
      return told
    },
  )
  await desk.journal.add(entries.flat())
  return waiting
}

async function attachOne(
  open: Intent,
  { step, row, fresh }: Result,
  earlier: ReadonlySet<string>,
  desk: Desk,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly Entry[]; readonly outcome?: Outcome }> {
  const { write, key, because, table } = open
  const item = step.work.items.find(({ event }) => because.includes(event.object))
  // Its record comes again with the event that it belongs to.
  if (item?.event.original === undefined) return { entries: [] }
  // It has no key that ServiceNow would refuse a second time: what may still arrive is waited for.
  const waits = earlier.has(write) ? desk.options.settle - desk.waits.waited(open) : 0
  if (waits > 0) return { entries: [], outcome: tooEarly(waits) }
  const call = {
    table,
    sysId: row?.['sys_id'] ?? '',
    content: item.event.original,
    write,
    fresh: fresh && !item.attachOnly,
  }
  desk.waits.sent(write)
  const came = await attach(desk.client, call, signal)
  const at = desk.clock.now()
  const outcome = (is: 'done' | 'found' | 'refused', says?: string): Entry => ({
    is: 'outcome',
    at,
    key,
    write,
    came: is,
    ...(says !== undefined && { says }),
  })
  if (came === 'attached' || came === 'there') return { entries: [outcome(came === 'there' ? 'found' : 'done')] }
  if (came.is === 'later') return { entries: [], outcome: outcomeOf(came) }
  desk.log.warn(`the record of ${item.event.native} cannot be attached: ${came.reason}`)
  return {
    entries: [outcome('refused', came.reason), remark(key, `the record is not attached: ${came.reason}`, at)],
  }
}

const tooEarly = (afterMs: number): Outcome => ({
  is: 'later',
  reason: 'an attachment without an answer may still be made',
  afterMs,
})
