import { type Candidate, type EventView, flatValues, leefValues } from '@siembridge/engine/inspect'
import { leefCategory } from '@siembridge/engine/lines'
import { cutValue, leefHeader, leefValue } from '@siembridge/formats'
import { normalised } from '../evaluate/universal-leef.ts'
import { fieldValue } from '../evaluate/values.ts'
import { outcomes } from '../generate/classes.ts'
import { leefPropertyName, lsxFieldOf, propertyName } from '../fields.ts'
import { timeField } from './result.ts'

/** What a flat extension is to fill of the normalised event. */
export function expectedFields(view: EventView): Map<string, string> {
  const outcome = view.fields.get('event.outcome')?.[0] ?? ''
  const found = new Map([
    ['EventName', view.signature.id],
    ['EventCategory', outcome !== '' && (outcomes as readonly string[]).includes(outcome) ? outcome : view.type],
  ])
  if (view.time !== undefined) found.set(timeField, `${view.time.slice(0, 23)}Z`)
  for (const [field, lsx, family] of lsxFieldOf) {
    const text = view.fields.get(field)?.[0]
    const right = text !== undefined && (family === undefined || (family === 'v6') === text.includes(':'))
    const value = right && !found.has(lsx) ? fieldValue(lsx, text) : undefined
    if (value !== undefined) found.set(lsx, value)
  }
  return found
}

/** What a LEEF line is to fill of it: predefined attributes are cut to their length, and their controls are spaces. */
export function expectedLeefFields(view: EventView, candidate: Candidate): Map<string, string> {
  const outcome = view.fields.get('event.outcome')?.[0] ?? ''
  const found = new Map([
    ['EventName', leefHeader(view.signature.id)],
    ['EventCategory', leefCategory(view.type, outcome)],
  ])
  if (view.time !== undefined) found.set(timeField, `${view.time.slice(0, 23)}Z`)
  const values = leefValues(view, candidate)
  for (const [key, field, six] of normalised) {
    const text = leefValue(values.get(key) ?? '')
    const into = six !== undefined && text.includes(':') ? six : field
    const value = text === '' ? undefined : fieldValue(into, text)
    if (value !== undefined) found.set(into, value)
  }
  return found
}

/** What custom event properties over the flat form are to hold, by name. */
export function expectedFlatProperties(view: EventView, candidate: Candidate): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of flatValues(view, candidate)) found.set(propertyName(key), value)
  for (const [key, value] of own(view, 'sb_signature_name')) found.set(propertyName(key), value)
  return found
}

/** The same of a LEEF line. Predefined attributes that QRadar normalises are fields, not properties. */
export function expectedLeefProperties(view: EventView, candidate: Candidate): Map<string, string> {
  const found = new Map<string, string>()
  const add = (name: string, value: string): void => {
    const written = leefValue(value)
    if (written !== '') found.set(name, written)
  }
  for (const [key, value] of leefValues(view, candidate)) {
    add(propertyName(key), value)
    add(leefPropertyName(key), value)
  }
  for (const [key, value] of own(view, 'sb_name')) add(propertyName(key), key === 'sb_name' ? leefTitle(view) : value)
  return found
}

/** The title is cut, and where nothing is left of it the id stands for it. */
const leefTitle = ({ signature }: EventView): string =>
  leefValue(cutValue(signature.name, 512, 'utf8')) || leefHeader(signature.id)

const own = (view: EventView, nameKey: string): [string, string][] => [
  ['sb_event_id', view.eventId],
  ['sb_type', view.type],
  ['sb_severity', view.severity],
  [nameKey, view.signature.name],
  ...(view.signature.category === undefined ? [] : [['sb_category', view.signature.category] as [string, string]]),
]
