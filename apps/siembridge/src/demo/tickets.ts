import { bridgeUser, openServiceNow, type Row, type SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { grid } from '../terminal/grid.ts'
import { colour } from '../terminal/style.ts'
import { count } from './talk.ts'

/** What the agent is told of the simulated ServiceNow, besides its address. */
export const ticketSecrets = { DEMO_SERVICENOW_PASSWORD: bridgeUser.password }

/** One in so many writes is cut off after it took effect, as a transaction that takes longer than 60 s is. */
const cutEvery = 60

/** Starts a simulated ServiceNow that now and then does what it is asked for and does not say so. */
export function openTickets(): Promise<SimulatedServiceNow> {
  let writes = 0
  return openServiceNow({
    fault: ({ method }) =>
      method !== 'GET' && ++writes % cutEvery === 0 ? { kind: 'cut-after', answer: 'none' } : undefined,
  })
}

/** Target and route of the configuration: a ticket an alert of Defender XDR. */
export const ticketTarget = (url: string): string => `\
  tickets:
    kind: servicenow
    url: ${url}
    auth: {method: basic, user: ${bridgeUser.name}, password: env:DEMO_SERVICENOW_PASSWORD}
    settle: 500ms
    attach: off
    read_every: 2s
    in_flight: 4
    rules:
      - name: alerts
        fields: {correlation_display: '{{native}} {{microsoft.alert.updated}}'}
`

export const ticketRoute = `\
  - {name: tickets, filter: 'type == "xdr.alert"', own_events: false, to: [tickets]}
`

export interface TicketVerdict {
  readonly ok: boolean
  /** Alerts that the archive got, and tickets. */
  readonly alerts: number
  readonly tickets: number
  readonly resolved: number
  readonly missing: readonly string[]
  readonly doubled: readonly string[]
  /** Tickets that do not have the newest revision of their alert. */
  readonly old: readonly string[]
  /** Writes that were cut off after they took effect. */
  readonly cut: number
  readonly samples: readonly {
    readonly number: string
    readonly priority: string
    readonly title: string
    readonly alert: string
  }[]
}

interface Alert {
  readonly id: string
  readonly lastUpdateDateTime: string
}

/** Alerts among Microsoft's records, each with its newest revision. */
function alertsIn(records: Iterable<string>): Map<string, string> {
  const newest = new Map<string, string>()
  for (const record of records) {
    if (!record.includes('"serviceSource"')) continue
    const {
      id,
      lastUpdateDateTime: time,
      createdDateTime,
      serviceSource,
    } = JSON.parse(record) as Alert & Record<string, unknown>
    if (serviceSource === undefined || createdDateTime === undefined) continue
    if (isLater(time, newest.get(id))) newest.set(id, time)
  }
  return newest
}

/** Times of Graph have fractions of any length. */
const isLater = (time: string, before: string | undefined): boolean =>
  before === undefined || sortable(time) > sortable(before)

const sortable = (time: string): string => {
  const [, seconds = time, digits = ''] = /^(.*?:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(time) ?? []
  return seconds + digits.padEnd(9, '0')
}

const mostSamples = 3

/** Compares tickets with the alerts that another target got: one each, with the newest revision. */
export function judgeTickets({ tables, requests }: SimulatedServiceNow, records: Iterable<string>): TicketVerdict {
  const alerts = alertsIn(records)
  const rows = tables.rows('incident')
  const byAlert = Map.groupBy(rows, (row) => (row['correlation_display'] ?? '').split(' ')[0] ?? '')
  const missing = [...alerts.keys()].filter((id) => !byAlert.has(id))
  const doubled = [...byAlert].filter(([, all]) => all.length > 1).map(([id]) => id)
  const old = [...alerts]
    .filter(([id, time]) => byAlert.has(id) && !hasRevision(byAlert.get(id)?.[0], time))
    .map(([id]) => id)
  return {
    ok: missing.length + doubled.length + old.length === 0 && rows.length > 0,
    alerts: alerts.size,
    tickets: rows.length,
    resolved: rows.filter((row) => row['state'] === '6').length,
    missing,
    doubled,
    old,
    cut: requests.filter(({ method, status }) => method !== 'GET' && status === 0).length,
    samples: rows.slice(0, mostSamples).map((row) => ({
      number: row['number'] ?? '',
      priority: `P${row['priority'] ?? ''}`,
      title: row['short_description'] ?? '',
      alert: (row['correlation_display'] ?? '').split(' ')[0] ?? '',
    })),
  }
}

const hasRevision = (row: Row | undefined, time: string): boolean => {
  const shown = (row?.['correlation_display'] ?? '').split(' ')[1] ?? ''
  return sortable(shown) === sortable(time)
}

/** Tickets beside their alerts. */
export function ticketText({ alerts, tickets, resolved, missing, doubled, old, cut, samples }: TicketVerdict): string {
  const rows = samples.map(({ number, priority, title, alert }) => [number, priority, title.slice(0, 40), alert])
  const sum = `${count(tickets)} tickets for ${count(alerts)} alerts (${count(resolved)} resolved): ${missing.length} missing, ${doubled.length} doubled, ${old.length} without \
the newest revision, although ${cut} writes were cut off after they had taken effect.`
  return `${grid([['ServiceNow', '', 'Ticket', 'Alert'], ...rows])}\n  ${sum}`
}

/** What is wrong with the tickets, in words. */
export function ticketComplaints({ missing, doubled, old, tickets }: TicketVerdict): string[] {
  const told = (what: string, ids: readonly string[]): string[] =>
    ids.length === 0 ? [] : [`${colour('red', `${ids.length} tickets ${what}`)}: ${ids.slice(0, 3).join(', ')}`]
  return [
    ...(tickets === 0 ? ['There are no tickets at all.'] : []),
    ...told('are missing', missing),
    ...told('are doubled', doubled),
    ...told('do not have the newest revision', old),
  ]
}
