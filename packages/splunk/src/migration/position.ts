import { checkpointOf, timeOf } from './checkpoint.ts'
import { type FoundInput, kindOf } from './found.ts'
import { type LastEvent, sourcetypesOfMove } from './last-events.ts'
import type { Move, PositionForm } from './older.ts'
import type { Position } from './proposal.ts'
import type { OlderRead } from './read.ts'

const dayMs = 86_400_000
/** Where nothing tells how far an older input is. */
const unknownMs = 7 * dayMs

/** Settings of older inputs that say where they began. */
const startSettings = ['start_date', 'start_date_time', 'start_time']

const iso = (timeMs: number): string => new Date(timeMs).toISOString()

const spanText = (ms: number): string =>
  ms % dayMs === 0 ? `${ms / dayMs} d` : ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${Math.round(ms / 60_000)} min`

/**
 * Where an input of ours begins so that nothing is missing between the older one and it: at the older checkpoint, else at its last
 * event, earlier by what the table says; a week back where neither tells.
 */
export function positionOf(move: Move, input: FoundInput, read: OlderRead): Position {
  const shared = sharerOf(move.position, input, read)
  if (shared !== undefined)
    return weekBack(read, `its checkpoint has the same key as that of the input ${shared}, which may have moved it on`)
  const toldMs = checkpointOf(move.position, input, read)
  if (toldMs !== undefined) {
    const checkpointMs = Math.min(toldMs, read.nowMs)
    return before('checkpoint', checkpointMs, move, `Its checkpoint is at ${iso(checkpointMs)}`)
  }
  return byEvents(move, input, read)
}

function byEvents(move: Move, input: FoundInput, read: OlderRead): Position {
  const why = withoutCheckpoint(move.position)
  if (read.events === undefined) return weekBack(read, `${why}, and its events could not be searched`)
  const own = eventsOf(move, input, read.events)
  const rival = own.length === 0 ? undefined : rivalOf(move, input, read)
  if (rival !== undefined)
    return weekBack(
      read,
      `${why}, and the input ${rival} writes to the same index and sourcetype, so the newest event may not be its own`,
    )
  // Of several sourcetypes the one that is behind counts.
  const lasts = [...Map.groupBy(own, ({ sourcetype }) => sourcetype).values()].map((events) =>
    Math.max(...events.map(({ timeMs }) => timeMs)),
  )
  if (lasts.length > 0) {
    const lastMs = Math.min(...lasts, read.nowMs)
    return before('event', lastMs, move, `${why}; its newest event is of ${iso(lastMs)}`)
  }
  return neverCollected(input, read, why)
}

function neverCollected(input: FoundInput, read: OlderRead, why: string): Position {
  const toldMs = startSettings.map((name) => timeOf(input.settings[name])).find((time) => time !== undefined)
  if (toldMs === undefined) return weekBack(read, `${why}, and it has no events of the last 30 days`)
  const start = iso(toldMs)
  return {
    from: 'start',
    start,
    overlapMs: 0,
    says: `${why}, and it has no events of the last 30 days: collection begins where it was to begin, at ${start}.`,
  }
}

const withoutCheckpoint = (position: PositionForm): string =>
  position.in === 'out-of-reach'
    ? `Its checkpoint cannot be read over REST (${position.where})`
    : 'It has no checkpoint in the KV store'

function before(from: 'checkpoint' | 'event', atMs: number, { overlapMs, overlapWhy }: Move, says: string): Position {
  return {
    from,
    at: iso(atMs),
    start: iso(atMs - overlapMs),
    overlapMs,
    says: `${says}; ${overlapWhy}. What it has collected of these ${spanText(overlapMs)} comes twice.`,
  }
}

function weekBack({ nowMs }: OlderRead, why: string): Position {
  return {
    from: 'nothing',
    start: iso(nowMs - unknownMs),
    overlapMs: unknownMs,
    says: `Nothing tells how far it is: ${why.replace(/^./, (first) => first.toLowerCase())}. Collection begins ${spanText(unknownMs)} back; what the older input has of that comes twice.`,
  }
}

/** Another kind of input that moves the same checkpoint. */
function sharerOf(position: PositionForm, { name }: FoundInput, { inputs }: OlderRead): string | undefined {
  const sharedWith = position.in === 'state' ? position.sharedWith : undefined
  const other = sharedWith && inputs.find((one) => one.scheme === sharedWith && one.name === name)
  return other ? `${other.scheme}://${other.name}` : undefined
}

const indexOf = ({ settings }: FoundInput): string => {
  const { index = 'default' } = settings
  return index === 'default' || index === '' ? 'main' : index
}

/** Newest events of a part of an older input, by index and sourcetype, and by source where the table knows it. */
export function eventsOf(move: Move, input: FoundInput, events: readonly LastEvent[]): readonly LastEvent[] {
  const names = sourcetypesOfMove(move, input)
  const source = move.source?.replace('{scheme}', input.scheme).replace('{name}', input.name)
  return events.filter(
    (event) =>
      event.index === indexOf(input) &&
      names.includes(event.sourcetype) &&
      (source === undefined || event.source === source),
  )
}

/** Another input whose events cannot be told from those of this one. */
function rivalOf(move: Move, input: FoundInput, { inputs }: OlderRead): string | undefined {
  if (move.source?.includes('{name}') === true) return undefined
  const names = sourcetypesOfMove(move, input)
  const rival = inputs.find(
    (other) =>
      !(other.scheme === input.scheme && other.name === input.name) &&
      indexOf(other) === indexOf(input) &&
      kindOf(other.scheme).kind.moves.some((one) =>
        sourcetypesOfMove(one, other).some((sourcetype) => names.includes(sourcetype)),
      ),
  )
  return rival && `${rival.scheme}://${rival.name}`
}
