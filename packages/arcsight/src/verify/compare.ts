import type { FieldProblem } from '@siembridge/core'
import { cefHeader, cefSubstituted } from '@siembridge/formats'
import type { Event } from '../evaluate/event.ts'
import type { Parser } from '../parser/model.ts'
import { labelled } from '../schema/fields.ts'
import { isFloat } from './expected.ts'

const inHeader: ReadonlySet<string> = new Set([
  'deviceVendor',
  'deviceProduct',
  'deviceVersion',
  'deviceEventClassId',
  'name',
])

/** What CEF leaves of a value: a pipe, for one, does not pass. Both ways are compared by what remains. */
const throughCef = (field: string, value: string): string =>
  inHeader.has(field) ? cefHeader(value) : cefSubstituted(value)

/**
 * What a parser sets and the CEF of the same event does not, and why: a connector fills these in on that way too, or they only
 * serve to tell the severity.
 */
export const onlyOfParsers: Readonly<Record<string, string>> = {
  flexNumber1: 'the number of the severity, where deviceSeverity has the word of the source; CEF has it in its header',
  flexNumber1Label: 'the label of that number',
  categoryOutcome: 'set by the parser; on the way of CEF by the map file',
}

/** Fields of an event that differ from those of its CEF, one by one. */
export function differences(event: Event, expected: ReadonlyMap<string, string>): readonly FieldProblem[] {
  return [...missingOrWrong(event, expected), ...unexpected(event, expected)]
}

function missingOrWrong(event: Event, expected: ReadonlyMap<string, string>): readonly FieldProblem[] {
  return [...expected].flatMap(([field, value]): FieldProblem[] => {
    if (isFloat(field)) return []
    const got = field === 'agentSeverity' ? event.severity : throughCef(field, event.text(field))
    if (got === value || isBlankLevel(field, got, event)) return []
    const is = event.text(field) === '' && field !== 'agentSeverity' ? 'missing' : 'wrong'
    return [{ field, is, expected: value, ...(is === 'wrong' && { got }) }]
  })
}

/**
 * A level of white space or control characters alone: CEF leaves it out and has its header's number in that place, which
 * `__oneOf` cannot do. It says nothing either way; the severity itself is told by flexNumber1.
 */
const isBlankLevel = (field: string, got: string, event: Event): boolean =>
  field === 'deviceSeverity' && got === '' && event.text(field) !== ''

/** A label without its value is constant text: CEF leaves both out. */
function unexpected(event: Event, expected: ReadonlyMap<string, string>): readonly FieldProblem[] {
  return [...event.fields].flatMap(([field, { text }]): FieldProblem[] => {
    const owner = labelled(field)
    const explained =
      field in onlyOfParsers ||
      expected.has(field) ||
      (owner !== undefined && throughCef(owner, event.text(owner)) === '')
    if (explained || throughCef(field, text) === '') return []
    return [{ field, is: 'wrong', got: text, reason: 'the CEF of the event has no such field' }]
  })
}

/** Additional data that did not arrive as the flat form has it. */
export function additionalDifferences(
  event: Event,
  { additional }: Parser,
  flat: ReadonlyMap<string, string>,
): readonly FieldProblem[] {
  return additional.mappings.flatMap(({ name }): FieldProblem[] => {
    const [expected, got] = [flat.get(name) ?? '', event.additional.get(name) ?? '']
    if (expected === got) return []
    const field = `ad.${name}`
    return got === '' ? [{ field, is: 'missing', expected }] : [{ field, is: 'wrong', expected, got }]
  })
}
