import { type Json, parseJson } from '@siembridge/engine/json'
import { isSeverity } from '../parser/severity.ts'
import { uses } from '../parser/expressions.ts'
import type { Parser } from '../parser/model.ts'
import { Event } from './event.ts'
import { evaluate } from './expression.ts'
import { type Node, triggersOf } from './nodes.ts'
import { Outcome } from './outcome.ts'
import { type Library, runProcessors } from './processors.ts'
import { tokenValue } from './tokens.ts'
import { timeStamp, type Value } from './value.ts'

/** How deep parsers may call parsers. */
const deepest = 5

/** The events that a parser of JSON makes of a document: one for each trigger node, in the order of the document. */
export const runParser = (
  parser: Parser,
  document: Json,
  library: Omit<Library, 'nested'>,
  depth = 0,
): readonly Event[] => triggersOf(document, parser.trigger ?? '/').map((node) => eventOf(parser, node, library, depth))

function eventOf(parser: Parser, trigger: Node, library: Omit<Library, 'nested'>, depth: number): Event {
  const event = new Event(new Outcome())
  const tokens = new Map(parser.tokens.map((token) => [token.name, tokenValue(token, trigger, event.outcome)]))
  event.found = [...tokens.values()].some((value) => value !== null)
  event.map(parser.mappings, tokens)
  addAdditional(parser, tokens, event)
  for (const { field, cases } of parser.conditional) {
    const text = event.text(field)
    const hit = cases.find(({ values }) => values.includes(text))
    if (hit) event.map(hit.mappings, tokens)
  }
  addSeverity(parser, event)
  const nested = (inner: Parser, text: string): Event | undefined =>
    depth < deepest ? runParser(inner, parseJson(text), library, depth + 1)[0] : undefined
  runProcessors(parser.extra, event, { ...library, nested })
  return event
}

function addSeverity({ severity }: Parser, event: Event): void {
  const rule = severity.find(({ field, values }) => values.some((value) => isSeverity(value, event.text(field))))
  if (rule) event.severity = rule.level
}

/** Where it is on, every token that no mapping names, and what is mapped by name. */
function addAdditional(parser: Parser, tokens: ReadonlyMap<string, Value | null>, event: Event): void {
  const { enabled, mappings } = parser.additional
  if (!enabled) return
  const expressions = [
    ...parser.mappings,
    ...mappings,
    ...parser.conditional.flatMap(({ cases }) => cases.flatMap((one) => one.mappings)),
  ].map(({ expression }) => expression)
  for (const [name, value] of tokens)
    if (value && value.text !== '' && !expressions.some((e) => uses(e, name))) event.additional.set(name, value.text)
  for (const { name, expression } of mappings) {
    const value = evaluate(expression, tokens, event.outcome)
    if (value && value.text !== '') event.additional.set(name, value.text)
  }
}

/** What a connector fills in where the parser says nothing. */
export function addDefaults(event: Event): void {
  const end = event.fields.get('endTime') ?? event.fields.get('deviceReceiptTime')
  if (end) event.fields.set('endTime', timeStamp(BigInt(end.text)))
  if (end && !event.fields.has('startTime')) event.fields.set('startTime', end)
}
