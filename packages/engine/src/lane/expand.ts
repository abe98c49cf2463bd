import type { EventView } from '../interpret/view.ts'
import { objectId } from '../values/ids.ts'

/**
 * The event, and behind it one event for each of its entities: with the fields of the entity alone, the event's time, severity and
 * signature, and an id of its own that is made of the event's id and the entity's place.
 */
export function expanded(view: EventView): EventView[] {
  return [view, ...view.entities.map((entity, at) => entityEvent(view, entity, at))]
}

function entityEvent(view: EventView, entity: EventView['entities'][number], at: number): EventView {
  const fields = new Map<string, readonly string[]>(entity.fields)
  for (const name of ['event.id', 'event.kind', 'event.provider', 'event.action']) {
    const values = view.fields.get(name)
    if (values && !fields.has(name)) fields.set(name, values)
  }
  return { ...view, eventId: objectId('utf8', 'entity', `${view.eventId}\0${at}`), fields, entities: [entity] }
}
