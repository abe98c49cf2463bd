import { type AgentStatus, type Health, healthOf, type SourceStatus, type TargetStatus } from '../agent/status.ts'
import { type Colour, colour, columns, hanging, size, span } from './style.ts'
import { grid } from './grid.ts'

const colours: Readonly<Record<Health, Colour>> = {
  Connected: 'green',
  Retrying: 'yellow',
  'Connection error': 'red',
  Disconnected: 'red',
}

const shown = (health: Health): string => colour(colours[health], health)

/** What `status` prints for people: who runs, where records come from, where events go, and what to look at. */
export function statusText(status: AgentStatus, runs: boolean, nowMs: number): string {
  const { sources, targets, routes, credentials, deadLetters } = status
  const notes = notesOf(status, runs, nowMs)
  const parts = [
    headline(status, runs, nowMs),
    section(
      'SOURCES',
      sources.flatMap((source) => sourceRows(source, nowMs)),
    ),
    section(
      'TARGETS',
      targets.map((target) => targetRow(target, nowMs)),
    ),
    section(
      'BUFFER',
      routes.map(({ name, bytes, limitBytes, full, parked = 0 }) => [
        name,
        full ? colour('red', 'full') : `${Math.round((bytes / limitBytes) * 100)} %`,
        `${size(bytes)} of ${size(limitBytes)}${parked === 0 ? '' : `; ${parked} records missed, to be collected again`}`,
      ]),
    ),
    section(
      'CREDENTIALS',
      credentials.map(({ tenant, endsMs }) => [tenant, expiry(endsMs, nowMs)]),
    ),
    deadLetters.files === 0
      ? ''
      : section('DEAD LETTERS', [
          [size(deadLetters.bytes), `${deadLetters.written} since the start; siembridge dead-letters list`],
        ]),
    notes.length === 0 ? '' : `${colour('bold', 'TO LOOK AT')}\n${notes.join('\n')}\n`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}

const section = (title: string, rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : `${colour('bold', title)}\n${grid(rows)}\n`

function headline({ agent, writtenMs }: AgentStatus, runs: boolean, nowMs: number): string {
  const { version, pid, startedMs, state, configuration } = agent
  const first = runs
    ? `${colour('green', state)} for ${span(nowMs - startedMs)}, process ${pid}, version ${version}`
    : `${colour('red', 'not running')}; last seen ${span(nowMs - writtenMs)} ago (${new Date(writtenMs).toISOString().slice(0, 19)}Z), ${state === 'stopped' ? 'it was stopped' : 'it did not stop by itself'}`
  return `SIEMbridge: ${first}\nconfiguration ${configuration}\n`
}

function sourceRows(
  { name, streams, received, duplicates, lastReceivedMs, failingSinceMs }: SourceStatus,
  nowMs: number,
): string[][] {
  const last = lastReceivedMs === undefined ? 'none since the start' : `last ${span(nowMs - lastReceivedMs)} ago`
  const head = [
    name,
    shown(worst([failingSinceMs, ...streams.map((s) => s.failingSinceMs)], nowMs)),
    `${received - duplicates} records, ${last}`,
  ]
  // A source of one stream says all in its own row.
  if (streams.length <= 1 && streams[0]?.error === undefined) return [head]
  return [
    head,
    ...streams.toSorted(byName).map(({ stream, state, failingSinceMs: since, collectedToMs }) => {
      const lag = collectedToMs === undefined ? '' : `collected up to ${span(nowMs - collectedToMs)} ago`
      const word =
        state === 'throttled'
          ? colour('yellow', 'Throttled')
          : state === 'starting' && since === undefined
            ? 'Starting'
            : shown(healthOf(since, nowMs))
      return [`  ${stream}`, word, lag]
    }),
  ]
}

const byName = (a: { readonly stream: string }, b: { readonly stream: string }): number =>
  a.stream < b.stream ? -1 : 1

function worst(times: readonly (number | undefined)[], nowMs: number): Health {
  const since = times.filter((time) => time !== undefined)
  return healthOf(since.length === 0 ? undefined : Math.min(...since), nowMs)
}

function targetRow(
  { name, state, sent, waiting, oldestMs, failingSinceMs, receipt }: TargetStatus,
  nowMs: number,
): string[] {
  const word = state === 'paused' ? colour('yellow', 'Paused') : shown(healthOf(failingSinceMs, nowMs))
  const lag =
    waiting === 0
      ? 'nothing waits'
      : `${waiting} wait${oldestMs === undefined ? '' : `, oldest ${span(nowMs - oldestMs)}`}`
  return [name, word, `${sent} sent, ${receipt}; ${lag}`]
}

function expiry(endsMs: number, nowMs: number): string {
  const days = Math.floor((endsMs - nowMs) / 86_400_000)
  const text = endsMs < nowMs ? `ended ${span(nowMs - endsMs)} ago` : `ends in ${days} days`
  return colour(days < 7 ? 'red' : days < 30 ? 'yellow' : 'green', text)
}

/** Everything that somebody should look at, each with what to do where it is known. */
function notesOf(
  { agent, sources, targets, routes, leftBehind = [], disk, recent }: AgentStatus,
  runs: boolean,
  nowMs: number,
): string[] {
  const failing = (since: number | undefined): string => (since === undefined ? '' : ` (for ${span(nowMs - since)})`)
  const note = (text: string): string => hanging(`  ${colour('red', '!')} `, text)
  return [
    ...(runs ? [] : [note('no agent runs: start it with `siembridge run` or `systemctl start siembridge`')]),
    ...(agent.configurationError === undefined
      ? []
      : [note(`the changed configuration is not used: ${agent.configurationError}`)]),
    ...sources.flatMap(({ name, state, error, failingSinceMs, streams }) => [
      ...(state === 'failing' ? [note(`source ${name}${failing(failingSinceMs)}: ${error ?? ''}`)] : []),
      ...streams
        .filter((stream) => stream.error && stream.failingSinceMs !== undefined)
        .map(({ stream, error: e, failingSinceMs: since }) =>
          note(
            `source ${name}, ${stream}${failing(since)}: ${e?.message ?? ''}${e?.help === undefined ? '' : ` — do: ${e.help}`}`,
          ),
        ),
    ]),
    ...targets
      .filter(({ error }) => error !== undefined)
      .map(({ name, error, failingSinceMs }) =>
        note(`target ${name}${failing(failingSinceMs)}: ${error}; its events wait in the buffer`),
      ),
    ...routes
      .filter(({ parked = 0 }) => parked > 0)
      .map(({ name, parked = 0, full }) =>
        note(
          `route ${name} is parked: it missed ${parked} records, which are collected from Microsoft again ${full ? 'once it has room: look at its target' : 'now'}; those of a source that was taken out of the configuration, when it is back`,
        ),
      ),
    ...leftBehind.map(({ route, events }) =>
      note(
        `${events} events wait in the buffer of route ${route}, which the configuration does not have any more: put it back under that name, and they are delivered`,
      ),
    ),
    ...(disk === undefined
      ? []
      : [note(`the disk does not take what is written: ${disk}; collecting waits, nothing is lost`)]),
    ...(runs || recent.length === 0 ? [] : [note(`last message: ${(recent.at(-1) ?? '').slice(0, columns() * 2)}`)]),
  ]
}
