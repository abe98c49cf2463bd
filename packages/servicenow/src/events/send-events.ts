import { randomUUID } from 'node:crypto'
import type { Entry, Member } from '@siembridge/sync'
import { writeHeader } from '../client/writer.ts'
import { isDone, worst } from '../rules/rule.ts'
import type { Severity, TicketEvent } from '../rules/event.ts'
import { type Desk } from '../tickets/desk.ts'
import { done, type Outcome, outcomeOf } from '../tickets/outcome.ts'
import type { Item, Work } from '../tickets/plan.ts'
import { intent } from '../tickets/steps.ts'
import { fit, oneLine, readable } from '../tickets/text.ts'
import { joined } from '../tickets/joined.ts'

/** Where events are sent in bulk; business rules of em_event do not run there ("Send events via web service"). */
const path = '/api/global/em/jsonv2'

/** 1 Critical, 2 Major, 3 Minor, 4 Warning, 5 Info; 0 would close the alert. */
const severities: Readonly<Record<Severity, string>> = {
  critical: '1',
  high: '1',
  medium: '3',
  low: '4',
  informational: '5',
}

/** Longest values by field: "Event fields". */
const lengths: Readonly<Record<string, number>> = {
  source: 100,
  event_class: 100,
  node: 100,
  resource: 100,
  type: 100,
  metric_name: 100,
  message_key: 1024,
  description: 4000,
}

/**
 * Events for Event Management: each under its ticket's key, by which ServiceNow folds repeats and closes. Sending one again does no
 * harm, so nothing is looked up.
 */
export async function sendEvents(works: readonly Work[], desk: Desk, signal: AbortSignal): Promise<Map<Item, Outcome>> {
  const outcomes = new Map<Item, Outcome>()
  if (works.length === 0) return outcomes
  const at = desk.clock.now()
  const writes = works.map((work) => {
    const fields = recordOf(work, desk.journal.ledger.membersOf(work.key))
    return { work, write: { id: randomUUID(), table: 'em_event', correlation: work.key, fields } }
  })
  await desk.journal.add([
    ...works.flatMap((work) => unanswered(work, desk)),
    ...writes.map(({ work, write }) => intent(write, 'event', work, at)),
  ])
  const body = { records: writes.map(({ write }) => write.fields) }
  const headers = { [writeHeader]: writes.map(({ write }) => write.id).join(',') }
  const answer = await desk.client.call({ method: 'POST', path, body, headers }, signal)
  const outcome = answer.is === 'ok' ? done : outcomeOf(answer)
  const maybe = answer.is === 'later' && answer.maybe
  const came = answer.is === 'ok' ? 'done' : answer.is === 'refused' ? 'refused' : maybe ? 'unknown' : 'not-made'
  const says = answer.is === 'ok' ? {} : { says: answer.reason }
  const entries = writes.flatMap(({ work, write }): Entry[] => [
    { is: 'outcome', at: desk.clock.now(), key: work.key, write: write.id, came, ...says },
    ...(answer.is === 'ok' ? joined(work, desk, 'off') : []),
  ])
  await desk.journal.add(entries)
  for (const { work } of writes) for (const item of work.items) outcomes.set(item, outcome)
  return outcomes
}

/** What an earlier run sent, and got no answer to, is sent again under the same key. */
const unanswered = ({ key }: Work, desk: Desk): Entry[] =>
  desk.journal.ledger.openOf(key).map(({ write }) => ({
    is: 'outcome',
    at: desk.clock.now(),
    key,
    write,
    came: 'unknown',
    says: 'sent again under the same message_key, by which ServiceNow folds it',
  }))

/**
 * One record: the newest event of a group stands for it, as severe as the worst of all, and closed when all of them are. Additional
 * information is a JSON of texts alone.
 */
function recordOf({ key, rule, items }: Work, before: ReadonlyMap<string, Member>): Record<string, string> {
  const event = items.at(-1)?.event as TicketEvent
  const others = [...before.values()].filter(({ object }) => !items.some((item) => item.event.object === object))
  const severity = worst([...items.map((item) => item.event), ...others].map((one) => one.severity))
  const over = items.every((item) => isDone(item.event)) && others.every((one) => one.over === true)
  const own = Object.fromEntries([...rule.templates].map(([name, template]) => [name, template(event)]))
  const fields: Record<string, string> = {
    source: 'SIEMbridge',
    event_class: event.tenant === '' ? event.product : event.tenant,
    ...own,
    message_key: key,
    severity: severities[severity],
    resolution_state: over ? 'Closing' : 'New',
    time_of_event: timeText(event),
    additional_info: JSON.stringify({
      native_id: event.native,
      product: event.product,
      log_type: event.type,
      revision: event.revision,
      alerts: String(items.length + others.length),
      ...(event.values('event.url')[0] !== undefined && { url: event.values('event.url')[0] }),
    }),
  }
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, name in lengths ? shortened(name, value) : value]),
  )
}

const shortened = (name: string, value: string): string =>
  fit(name === 'description' ? readable(value) : oneLine(value), lengths[name] ?? 0)

/** `yyyy-MM-dd HH:mm:ss`, GMT. */
const timeText = ({ timeMs }: TicketEvent): string =>
  Number.isFinite(timeMs) ? new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ') : ''
