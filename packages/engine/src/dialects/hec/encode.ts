import { hecEnvelope } from '@siembridge/formats'
import type { EventView } from '../../interpret/view.ts'
import { timeMs } from '../../values/time.ts'
import { sourcetypeOf } from './sourcetypes.ts'

/**
 * A HEC envelope around the event: Microsoft's record untouched, under the sourcetype that knows its shape; where one record
 * gives several events, the flat form under a sourcetype of ours. The event id is an indexed field, to find repeats by.
 */
export function encodeHec(view: EventView, record: string, several: boolean): string {
  return hecEnvelope({
    ...(view.time !== undefined && { timeMs: timeMs(view.time) }),
    source: `siembridge:${view.type}`,
    sourcetype: several ? `siembridge:${view.type.replace('.', ':')}` : sourcetypeOf(view.type, view.shape),
    event: record,
    fields: { sb_event_id: view.eventId, sb_type: view.type },
  })
}
