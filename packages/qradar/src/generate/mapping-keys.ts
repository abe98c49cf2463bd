import { leefHeader } from '@siembridge/formats'
import { leefCategory } from '@siembridge/engine/lines'
import type { EventClass } from './classes.ts'

/** What QRadar looks an event up by. */
export interface MappingKey {
  readonly eventId: string
  readonly category: string
}

/** Keys of a class in a LEEF line: the event id of its header, and `cat`. */
export const leefMappingKeys = ({ id, type, outcomes }: EventClass): readonly MappingKey[] =>
  outcomes.map((outcome) => ({ eventId: leefHeader(id), category: leefCategory(type, outcome) }))

/**
 * Keys of a class as the extensions over flat forms find them: the outcome, or the log type where there is none. An id with
 * spaces at its ends has keys with and without them, for whether captures are trimmed is not documented.
 */
export const lsxMappingKeys = ({ id, type, outcomes }: EventClass): readonly MappingKey[] =>
  [...new Set([id, id.trim()])].flatMap((eventId) =>
    outcomes.map((outcome) => ({ eventId, category: outcome === '' ? type : outcome })),
  )
