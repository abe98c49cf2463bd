import { hecEnvelope } from '@siembridge/formats'
import type { EventView } from '../../interpret/view.ts'
import { timeMs } from '../../values/time.ts'

/** A HEC envelope around the event (JSON text). The event id is an indexed field, to find repeats by. */
export function encodeHec(view: EventView, sourcetype: string, event: string): string {
  return hecEnvelope({
    ...(view.time !== undefined && { timeMs: timeMs(view.time) }),
    source: `siembridge:${view.type}`,
    sourcetype,
    event,
    fields: { sb_event_id: view.eventId, sb_type: view.type },
  })
}
