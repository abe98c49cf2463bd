import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { InstanceFault, Row, TakenWrite } from '@siembridge/simulator/servicenow'
import type { Entry, Intent } from '@siembridge/sync'
import { Random } from '../faults/support/random.ts'
import { lines } from './alerts.ts'
import { Desk, environment } from './site.ts'
import { type ExpectedTicket, rules, type Sizes, workload, type Workload } from './workload.ts'

/** What came of a run: everything that is wrong, by kind, and what was done to it. */
export interface Verdict {
  readonly alerts: number
  readonly records: number
  readonly expected: number
  readonly folded: number
  readonly kills: number
  readonly faults: Readonly<Record<string, number>>
  readonly limited: number
  readonly requests: number
  readonly writes: number
  readonly wrong: readonly string[]
  /** What the journal has of the first few that are wrong. */
  readonly told: readonly string[]
}

export interface Course {
  readonly sizes: Sizes
  readonly kills: number
  readonly seed: number
  /** Share of writes that something happens to. */
  readonly faulty: number
  /** How long the agent waits after an unanswered write. */
  readonly settleMs: number
  /** An "hour" of the instance's rate rule, in milliseconds, during which everything is refused once. */
  readonly hourMs: number
}

/** What happens to writes, each as likely as the others. */
const faults: readonly InstanceFault[] = [
  { kind: 'cut-after', answer: 'none' },
  { kind: 'cut-after', answer: 'cancelled' },
  { kind: 'cut-and-late', ms: 60 },
  { kind: 'cut-before' },
  { kind: 'error-in-200', message: 'Transaction cancelled: maximum execution time exceeded' },
  { kind: 'page', status: 503 },
  { kind: 'page', status: 200 },
  { kind: 'truncated' },
  { kind: 'limit', seconds: 0.3 },
]

/**
 * Runs the agent over a workload, spoils its writes, limits its rate for an hour that is short, and kills it again and again in the
 * middle of its writes. Judges by the correlation ids in the instance, and by the journal.
 */
export async function judge(course: Course): Promise<Verdict> {
  const random = new Random(course.seed)
  const work = workload(course.sizes, course.seed)
  const counts: Record<string, number> = {}
  let killAt = Infinity
  let kill: () => void = () => undefined
  let written = 0
  const spoil = ({ method, path }: { method: string; path: string }): InstanceFault | undefined => {
    if (method === 'GET' || path === '/oauth_token.do') return undefined
    if (++written >= killAt) {
      killAt = Infinity
      kill()
      // Half of the writes under way arrive all the same.
      return random.chance(0.5) ? { kind: 'cut-after' } : { kind: 'cut-before' }
    }
    if (!random.chance(course.faulty)) return undefined
    const fault = random.pick(faults)
    counts[fault.kind] = (counts[fault.kind] ?? 0) + 1
    return fault
  }
  const options = `read_every: 1s\nstorm: { tickets: ${course.sizes.cap} }\nsettle: ${course.settleMs}ms\ntimeout: 5s${rules}`
  await using desk = await Desk.open({ fault: spoil }, options)
  desk.site.write('in.ndjson', lines(work.records))
  const every = Math.floor((course.sizes.plain + course.sizes.security + course.sizes.storm) / (course.kills + 2))
  let kills = 0
  let limited = false
  while (kills < course.kills) {
    killAt = written + 1 + random.below(every * 2)
    const agent = desk.site.start(['run'], environment)
    kill = () => void agent.child.kill('SIGKILL')
    const ended = await Promise.race([agent.ended.then(() => 'ended'), drained(desk, work, () => killAt === Infinity)])
    if (ended !== 'ended') {
      kill()
      await agent.ended
    }
    kills++
    if (!limited && kills >= course.kills / 2) {
      limited = true
      useUpTheHour(desk, course.hourMs)
    }
  }
  killAt = Infinity
  const last = await desk.once()
  const wrong = [
    ...judgeTickets(desk, work),
    ...judgeEvents(desk, work),
    ...judgeStorm(desk, work),
    ...judgeJournal(desk),
  ]
  if (last.status !== 0) wrong.unshift(`the last agent ended with ${last.status}: ${last.stderr.slice(-500)}`)
  const told = explain(desk, wrong)
  const { requests, tables } = desk.instance
  return {
    told,
    alerts: work.alerts,
    records: work.records.length,
    expected: work.tickets.length + (work.folded.length > 0 ? 1 : 0),
    folded: work.folded.length,
    kills,
    faults: counts,
    limited: requests.filter(({ status }) => status === 429).length,
    requests: requests.length,
    writes: tables.writes.length,
    wrong,
  }
}

/** Resolves when nothing more is to be written, so that a kill that waits for a write does not wait for ever. */
async function drained(desk: Desk, { records }: Workload, killed: () => boolean): Promise<'drained'> {
  let before = -1
  for (let quiet = 0; quiet < 15 || killed();) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const now = desk.instance.requests.length
    quiet = now === before && records.length > 0 ? quiet + 1 : 0
    before = now
  }
  return 'drained'
}

/** The rate rule of the instance is used up: everything is refused until the hour is over. */
function useUpTheHour({ instance }: Desk, hourMs: number): void {
  Object.assign(instance.oddities, { ratePerHour: 1, hourMs })
  setTimeout(() => Object.assign(instance.oddities, { ratePerHour: 0 }), hourMs * 2).unref()
}

function judgeTickets(desk: Desk, { tickets }: Workload): string[] {
  const byKey = new Map<string, Row[]>()
  const all = [...desk.tickets('incident'), ...desk.tickets('sn_si_incident')]
  for (const row of all) {
    const key = (row['correlation_id'] ?? '').slice(0, 47)
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  const wrong = tickets.flatMap((ticket) => judgeTicket(desk, ticket, byKey.get(ticket.key) ?? []))
  const known = new Set(tickets.map(({ key }) => key))
  for (const key of byKey.keys())
    if (!known.has(key) && !key.startsWith('sb1:storm-')) wrong.push(`nobody expects a ticket ${key}`)
  return wrong
}

function judgeTicket(desk: Desk, ticket: ExpectedTicket, rows: readonly Row[]): string[] {
  const { key, members, state } = ticket
  const name = `${members[0] ?? ''} (${key})`
  const [row, ...more] = followed(ticket, rows)
  if (!row) return [`lost: ${name}`]
  if (more.length > 0)
    return [
      `doubled: ${name}: ${rows.map((one) => `${one['number'] ?? ''} ${one['correlation_id'] ?? ''}`).join(', ')}`,
    ]
  const wrong: string[] = []
  if (row['description'] !== ticket.description)
    wrong.push(`old: ${name}: ${row['description'] ?? ''}, not ${ticket.description}`)
  if (row['impact'] !== ticket.impact) wrong.push(`impact of ${name}: ${row['impact'] ?? ''}, not ${ticket.impact}`)
  // Where all revisions came at once, a ticket was never resolved in between.
  const good = state === 'reopened' ? ['1', '2', '10', '16'] : [state]
  if (!good.includes(row['state'] ?? '')) wrong.push(`state of ${name}: ${row['state'] ?? ''}, not ${state}`)
  const notes = desk.notes(row['sys_id'] ?? '').join('\n')
  wrong.push(...repeatedMarkers(notes).map((marker) => `a note stands twice at ${name}: ${marker}`))
  for (const member of members.slice(1))
    if (!/^\d+$/.test(member) && !notes.includes(member) && !(row['description'] ?? '').includes(member))
      wrong.push(`${member} is not to be found in ${name}`)
  return wrong
}

/**
 * A security incident that was closed stays closed, and an alert that goes on gets a second one that names the first: both are
 * expected, and the second is judged. Where both revisions came at once there is only one.
 */
function followed({ table, state, key }: ExpectedTicket, rows: readonly Row[]): readonly Row[] {
  if (table !== 'sn_si_incident' || state !== 'reopened' || rows.length !== 2) return rows
  const [first, second] = rows.toSorted((a, b) => ((a['correlation_id'] ?? '') < (b['correlation_id'] ?? '') ? -1 : 1))
  const follows = second?.['correlation_id'] === `${key}:2` && second['parent_security_incident'] === first?.['sys_id']
  return follows && first?.['state'] === '3' ? [second] : rows
}

const repeatedMarkers = (notes: string): string[] => {
  const markers: readonly string[] = notes.match(/\[sb:[0-9a-f]{12}\]/g) ?? []
  return markers.filter((marker, at) => markers.indexOf(marker) !== at)
}

function judgeEvents(desk: Desk, { events }: Workload): string[] {
  const alerts = desk.instance.tables.rows('em_alert')
  const wrong = alerts.length === events.size ? [] : [`${alerts.length} alerts of Event Management, not ${events.size}`]
  for (const [key, { severity, closed }] of events) {
    const found = alerts.filter((row) => row['message_key'] === key)
    const [row] = found
    if (found.length !== 1 || !row) wrong.push(`${found.length} alerts for ${key}`)
    else if (row['severity'] !== severity || (row['state'] === 'Closed') !== closed)
      wrong.push(
        `alert ${key}: severity ${row['severity'] ?? ''}, ${row['state'] ?? ''}, not ${severity}, ${closed ? 'Closed' : 'Open'}`,
      )
  }
  return wrong
}

function judgeStorm(desk: Desk, { folded }: Workload): string[] {
  const parents = desk.tickets('incident').filter((row) => (row['correlation_id'] ?? '').startsWith('sb1:storm-'))
  if (parents.length !== (folded.length > 0 ? 1 : 0)) return [`${parents.length} parent tickets of the storm`]
  const [parent] = parents
  if (!parent) return []
  const notes = desk.notes(parent['sys_id'] ?? '').join('\n')
  const wrong = folded.filter((id) => !notes.includes(id)).map((id) => `${id} is not to be found in the storm's ticket`)
  wrong.push(...repeatedMarkers(notes).map((marker) => `a note stands twice in the storm's ticket: ${marker}`))
  if (!(parent['short_description'] ?? '').includes(`${folded.length} alerts`))
    wrong.push(`the storm's ticket counts wrongly: ${parent['short_description'] ?? ''}`)
  return wrong
}

const mostExplained = 3

function explain(desk: Desk, wrong: readonly string[]): string[] {
  const keys = new Set(wrong.flatMap((text) => /sb1:[A-Za-z0-9_-]{43}/.exec(text)?.[0] ?? []))
  const entries = journalOf(desk)
  return [...keys]
    .slice(0, mostExplained)
    .flatMap((key) =>
      entries.filter((entry) => 'key' in entry && entry.key === key).map((entry) => JSON.stringify(entry)),
    )
}

/** Every write that the instance took stands in the journal as an intent, and every intent has an outcome. */
function judgeJournal(desk: Desk): string[] {
  const entries = journalOf(desk)
  const intents = new Map(
    entries.filter((entry): entry is Intent => entry.is === 'intent').map((one) => [one.write, one]),
  )
  const ended = new Set(entries.flatMap((entry) => (entry.is === 'outcome' ? [entry.write] : [])))
  const wrong = desk.instance.tables.writes.flatMap((write) => explained(write, intents.get(write.write)))
  for (const { write, does, key } of intents.values())
    if (!ended.has(write)) wrong.push(`nobody knows what came of the ${does} ${write} of ${key}`)
  return wrong
}

function explained({ write, table, correlation, does }: TakenWrite, intent: Intent | undefined): string[] {
  if (!intent) return [`the journal does not know the ${does} ${write} of ${correlation}`]
  // A ticket that is folded away gets another correlation id, which begins with the one that it had.
  const about =
    intent.does === 'duplicate' ? correlation.startsWith(intent.correlation) : intent.correlation === correlation
  const same = intent.table === table && (does === 'attach' || about) && intent.because.length > 0
  return same ? [] : [`the journal tells another story of the ${does} ${write}: ${intent.correlation}`]
}

export function journalOf({ site }: Desk): Entry[] {
  const folder = join(site.path, 'siembridge-state', 'targets', 'tickets')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]))
}
