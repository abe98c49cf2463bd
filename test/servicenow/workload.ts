import { createHash } from 'node:crypto'
import { objectId } from '@siembridge/engine'
import { Random } from '../faults/support/random.ts'
import { alert, type AlertSpec, incident, nativeId, revisionTime, tenantId } from './alerts.ts'

/** How many alerts of each kind. */
export interface Sizes {
  readonly plain: number
  readonly grouped: number
  readonly perIncident: number
  readonly security: number
  readonly events: number
  readonly storm: number
  /** New tickets of a rule before the brake: above `plain`, below `storm`. */
  readonly cap: number
}

export const full: Sizes = {
  plain: 3500,
  grouped: 1000,
  perIncident: 4,
  security: 500,
  events: 500,
  storm: 4500,
  cap: 3800,
}

export const small: Sizes = { plain: 60, grouped: 24, perIncident: 4, security: 16, events: 16, storm: 110, cap: 80 }

/** What a ticket must come to. */
export interface ExpectedTicket {
  readonly table: 'incident' | 'sn_si_incident'
  readonly key: string
  readonly description: string
  readonly state: string
  readonly impact: string
  readonly members: readonly string[]
}

export interface Workload {
  readonly records: readonly string[]
  /** Alerts, each counted once. */
  readonly alerts: number
  readonly tickets: readonly ExpectedTicket[]
  /** Alerts of Event Management by key: newest severity, and whether they are closed. */
  readonly events: ReadonlyMap<string, { readonly severity: string; readonly closed: boolean }>
  /** Native ids that are folded into the parent ticket. */
  readonly folded: readonly string[]
}

/** Rules of the target that a workload is for. */
export const rules = `
rules:
  - name: storm
    when: 'rule.name startswith "Storm"'
    fields: { description: 'rev {{microsoft.alert.updated}} {{severity}} {{microsoft.alert.status}}' }
  - name: security
    when: 'rule.name startswith "Security"'
    record: sn_si_incident
    fields: { description: 'rev {{microsoft.alert.updated}} {{severity}} {{microsoft.alert.status}}' }
  - name: events
    when: 'rule.name startswith "Event"'
    record: em_event
  - name: incidents
    when: 'rule.name startswith "Grouped"'
    group: incident
    fields: { description: 'rev {{microsoft.incident.updated}} {{severity}} {{microsoft.incident.status}}' }
  - name: plain
    fields: { description: 'rev {{microsoft.alert.updated}} {{severity}} {{microsoft.alert.status}}' }`

const keyOf = (kind: string, id: string): string =>
  `sb1:${createHash('sha256')
    .update(`object\n${objectId('utf8', kind, id)}@${tenantId}`)
    .digest('base64url')}`

type Revision = Pick<AlertSpec, 'severity' | 'status' | 'comments'>

/** Courses that alerts take, each with its revisions in order. */
const courses: readonly (readonly Revision[])[] = [
  [{}],
  [{}],
  [{}],
  [{}, { severity: 'medium' }],
  [{}, { severity: 'low' }, { severity: 'high', comments: ['looked at'] }],
  [{}, { status: 'resolved' }],
  [{}, { status: 'resolved' }, { status: 'new', comments: ['again'] }],
]

const impacts = { high: '1', medium: '2', low: '3', informational: '3' } as const

/** Records in the order in which they are written: revisions follow each other, some at once, some after thousands of others. */
export function workload(sizes: Sizes, seed: number): Workload {
  const numbers = new Random(seed)
  const random = (): number => numbers.next()
  const slots: { readonly at: number; readonly text: string }[] = []
  const tickets: ExpectedTicket[] = []
  const events = new Map<string, { severity: string; closed: boolean }>()
  const stormOrder: { readonly at: number; readonly number: number; readonly last: AlertSpec }[] = []
  let number = 0
  const series = (
    title: string,
    more: Partial<AlertSpec> = {},
  ): { readonly last: AlertSpec; readonly first: number } => {
    const course = courses[Math.floor(random() * courses.length)] ?? [{}]
    const own = ++number
    let at = random()
    const first = at
    let last: AlertSpec = { number: own }
    course.forEach((revision, i) => {
      last = { number: own, title: `${title} ${own}`, ...more, ...revision, revision: i }
      slots.push({ at, text: alert(last) })
      // Microsoft sends the same revision again.
      if (random() < 0.1) slots.push({ at: at + random() * 0.01, text: alert(last) })
      at += random() < 0.5 ? random() * 0.0005 : random() * 0.3
    })
    // A revision that comes late, after a newer one.
    if (course.length > 1 && random() < 0.2)
      slots.push({
        at: at + 0.01,
        text: alert({ number: own, title: `${title} ${own}`, ...more, ...course[0], revision: 0 }),
      })
    return { last, first }
  }
  const ticket = (table: ExpectedTicket['table'], last: AlertSpec): ExpectedTicket => ({
    table,
    key: keyOf('alert', nativeId(last.number)),
    description: describe(revisionTime(last.revision ?? 0), last.severity ?? 'high', last.status ?? 'new'),
    state: stateOf(table, last),
    impact: impacts[last.severity ?? 'high'],
    members: [nativeId(last.number)],
  })
  for (let i = 0; i < sizes.plain; i++) tickets.push(ticket('incident', series('Plain').last))
  for (let i = 0; i < sizes.security; i++) tickets.push(ticket('sn_si_incident', series('Security').last))
  for (let i = 0; i < sizes.events; i++) {
    const { last } = series('Event')
    const severity = { high: '1', medium: '3', low: '4', informational: '5' }[last.severity ?? 'high']
    events.set(keyOf('alert', nativeId(last.number)), { severity, closed: last.status === 'resolved' })
  }
  for (let i = 0; i < sizes.storm; i++) {
    const { last, first } = series('Storm')
    stormOrder.push({ at: first, number: last.number, last })
  }
  for (let group = 0; group * sizes.perIncident < sizes.grouped; group++) {
    const id = String(50_000 + group)
    const members: string[] = []
    let latest = 0
    for (let i = 0; i < sizes.perIncident; i++) {
      const own = ++number
      const at = random() * 0.9
      latest = Math.max(latest, at)
      members.push(nativeId(own))
      slots.push({ at, text: alert({ number: own, title: `Grouped ${own}`, incident: id, severity: 'low' }) })
    }
    slots.push({ at: random() * 0.9, text: incident(id, 1, `Grouped attack ${id}`) })
    slots.push({ at: latest + 0.05, text: incident(id, 2, `Grouped attack ${id}`, 'inProgress') })
    tickets.push({
      table: 'incident',
      key: keyOf('incident', id),
      description: describe(revisionTime(2), 'high', 'inProgress'),
      state: '1',
      impact: '1',
      members: [...members, id],
    })
  }
  const inOrder = stormOrder.toSorted((a, b) => a.at - b.at)
  for (const { last } of inOrder.slice(0, sizes.cap)) tickets.push(ticket('incident', last))
  const folded = inOrder.slice(sizes.cap).map((one) => nativeId(one.number))
  const records = slots.toSorted((a, b) => a.at - b.at).map(({ text }) => text)
  return { records, alerts: number, tickets, events, folded }
}

/** As the event's field holds a time: milliseconds of the record's digits are kept. */
const describe = (time: string, severity: string, status: string): string => `rev ${time} ${severity} ${status}`

/** Resolved by the bridge, opened again by it, or as it began. */
function stateOf(table: ExpectedTicket['table'], { status = 'new', comments }: AlertSpec): string {
  if (status === 'resolved') return table === 'incident' ? '6' : '3'
  const again = comments?.includes('again') ?? false
  return again ? 'reopened' : table === 'incident' ? '1' : '10'
}
