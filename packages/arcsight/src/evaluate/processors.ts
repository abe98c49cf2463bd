import { parseJson } from '@siembridge/engine/json'
import type { ExtraProcessor, Parser } from '../parser/model.ts'
import type { Event } from './event.ts'
import { patternOf } from './patterns.ts'
import { applyTable, type Table } from './tables.ts'

/** What extra processors find by name. */
export interface Library {
  parser(base: string): Parser | undefined
  table(filename: string): Table | undefined
  /** Runs a parser of JSON over a text that is part of another event. */
  nested(parser: Parser, text: string): Event | undefined
}

/** Runs the extra processors of a parser, in the order of their numbers. */
export function runProcessors(processors: readonly ExtraProcessor[], event: Event, library: Library): void {
  for (const processor of processors) if (applies(processor, event)) run(processor, event, library)
}

/** A field that is not set counts as "". Without values, the processor runs only where the field is not set. */
function applies({ condition }: ExtraProcessor, event: Event): boolean {
  if (!condition) return true
  const text = event.text(condition.field)
  if (!condition.values) return text === ''
  if (condition.type === 'equals') return condition.values.includes(text)
  const regex = patternOf(condition.values[0] ?? '')
  return typeof regex !== 'string' && regex.whole.test(text)
}

function run(processor: ExtraProcessor, event: Event, library: Library): void {
  const { type, filename = '' } = processor
  if (type === 'map') {
    const table = library.table(filename)
    if (table) applyTable(table, event, processor.allowOverwrite)
    else event.outcome.ambiguous(`the map file ${filename} is not in the folder`)
  } else if (type === 'json') runJson(processor, event, library)
  else event.outcome.ambiguous(`the extra processor "${type}" is not run here`)
}

function runJson(processor: ExtraProcessor, event: Event, library: Library): void {
  const { field = '', filename = '', clear, override } = processor
  const parser = library.parser(filename)
  if (!parser) return event.outcome.ambiguous(`the parser ${filename}.jsonparser.properties is not in the folder`)
  const text = event.text(field)
  const inner = isJson(text) ? library.nested(parser, text) : undefined
  if (!inner) return event.outcome.wrongField(field, text, `${filename} cannot parse it`)
  for (const [name, value] of inner.fields) if (override || event.text(name) === '') event.assign(name, value)
  for (const [name, value] of inner.additional) event.additional.set(name, value)
  if (inner.severity !== 'unknown') event.severity = inner.severity
  if (clear && !inner.fields.has(field)) event.fields.delete(field)
}

function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}
