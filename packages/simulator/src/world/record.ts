import { timeText, ticksOf } from '../ticks.ts'
import type { Random } from '../random.ts'

/** What a generator of records has to work with. */
export interface RecordContext {
  readonly random: Random
  readonly tenantId: string
  readonly domain: string
  /** The time of the event, milliseconds since 1970. */
  readonly at: number
  /** Puts hostile strings into the record. */
  readonly hostile: boolean
  /** The number of the record in its stream, from 0. */
  readonly index: number
}

export type Fields = Record<string, unknown>

/** A record and the id that Microsoft gives its object. */
export interface Made {
  readonly id: string
  readonly fields: Fields
}

/** How the records of one stream are made, ordered and changed. */
export interface RecordKind {
  /** The property that the collection is ordered by. */
  readonly timeField: string
  create(context: RecordContext): Made
  /** The object's next state, changed at `context.at`. */
  change?(fields: Fields, context: RecordContext): Fields
  /** A change leaves `timeField` as it was. */
  readonly changesSilently?: boolean
}

const fractionDigits = [0, 1, 3, 6, 7, 7]

/**
 * A time `offsetMs` after the event, with 0, 1, 3, 6 or 7 digits of fraction as Microsoft's services mix them. It
 * depends on the event's time alone: events of one time have the very same text.
 */
export function timeAt({ at }: Pick<RecordContext, 'at'>, offsetMs = 0): string {
  const ticks = Math.floor((at % 1) * 10_000)
  const digits = fractionDigits[(Math.floor(at) + ticks) % fractionDigits.length] ?? 7
  return timeText(ticksOf(Math.floor(at) + offsetMs) + ticks, digits)
}

/** Whole seconds, as provisioning logs write them. */
export function secondsAt({ at }: RecordContext, offsetMs = 0): string {
  return timeText(ticksOf(at + offsetMs), 0)
}
