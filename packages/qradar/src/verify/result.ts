import type { FieldProblem, ParsedEvent } from '@siembridge/core'
import type { LsxEvent } from '../evaluate/event.ts'
import { type Ask, readings, type SwitchName, switches } from '../evaluate/switches.ts'

/** Field of the event view that holds DeviceTime once it was read. */
export const timeField = 'Log Source Time'

/** An event as it would be told under the preset readings, and on which others it depends. */
export function readEvent<T extends LsxEvent>(
  run: (ask: Ask) => T,
): { readonly event: T; readonly ambiguous: string[] } {
  const [first, ...others] = readings(run)
  if (!first) throw new RangeError('there is always a first reading')
  const wanted = gist(first.result)
  const names = new Set<SwitchName>()
  for (const { answers, result } of others)
    if (gist(result) !== wanted) for (const [name, preset] of answers) if (!preset) names.add(name)
  return {
    event: first.result,
    ambiguous: [...names].toSorted().map((name) => `${name}: ${switches[name].join('; or ')}`),
  }
}

/** What counts of an event. Spaces at the ends of values do not. */
function gist({ state, fields, time, severity, identity, category, qid }: LsxEvent): string {
  const trimmed = Object.entries(fields).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [[name, name === 'DeviceTime' ? '' : value.trim()]],
  )
  return JSON.stringify([
    state,
    trimmed.map((pair) => pair.join('=')).toSorted(),
    time,
    severity,
    identity,
    category?.trim(),
    qid?.name,
  ])
}

/** The fields that the event viewer would show. */
export function shownFields(event: LsxEvent, properties: ReadonlyMap<string, string>): Record<string, string> {
  const { DeviceTime: _, ...fields } = event.fields
  return {
    ...(event.qid && { 'Event Name': event.qid.name, 'Low Level Category': event.qid.category }),
    ...(event.severity !== undefined && { Severity: String(event.severity) }),
    ...(event.time !== undefined && { [timeField]: new Date(event.time).toISOString() }),
    ...fields,
    ...Object.fromEntries(properties),
  }
}

/** `generic`: under the class of everything that the catalog does not list. */
export function stateOf({ state, fields }: LsxEvent, type: string): ParsedEvent['is'] {
  if (state === 'stored') return 'unparsed'
  if (state === 'unknown') return 'unknown'
  return fields.EventName?.trim() === type ? 'generic' : 'parsed'
}

/** Compares what was expected with what arrived. `cut`: the payload says that it was shortened. */
export function compare(
  expected: ReadonlyMap<string, string>,
  got: ReadonlyMap<string, string>,
  cut: boolean,
): FieldProblem[] {
  return [...expected].flatMap(([field, value]): FieldProblem[] => {
    const found = got.get(field)
    if (found === value) return []
    if (found === undefined) return [{ field, is: cut ? 'cut' : 'missing', expected: value }]
    if (cut && found.endsWith('...')) return [{ field, is: 'cut', expected: value, got: found }]
    return [{ field, is: 'wrong', expected: value, got: found }]
  })
}
