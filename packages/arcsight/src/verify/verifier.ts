import type { FieldProblem, KitOptions, OutputFile, ParsedEvent, Verifier } from '@siembridge/core'
import { isObject, type Json, JsonError, parseJson } from '@siembridge/engine/json'
import { cefText, flatText, flatValues, inspect, type Inspected } from '@siembridge/engine/inspect'
import type { Event } from '../evaluate/event.ts'
import type { Library } from '../evaluate/processors.ts'
import { addDefaults, runParser } from '../evaluate/run.ts'
import { applyTable } from '../evaluate/tables.ts'
import { baseOf, rawBaseOf } from '../generate/paths.ts'
import type { Parser } from '../parser/model.ts'
import { categorizerPath } from '../schema/normalized.ts'
import { additionalDifferences, differences } from './compare.ts'
import { eventOfCef } from './expected.ts'
import { type ParserFolder, readParsers } from './folder.ts'

/** Loads a folder of parser files and runs records through it. */
export function createVerifier(files: readonly OutputFile[], options: KitOptions): Verifier {
  const folder = readParsers(files)
  const runner = new Runner(folder, options)
  return { problems: folder.problems, record: (bytes) => runner.record(bytes) }
}

class Runner {
  private readonly folder: ParserFolder
  private readonly options: KitOptions
  private readonly parsers: readonly Parser[]
  private readonly library: Omit<Library, 'nested'>

  constructor(folder: ParserFolder, options: KitOptions) {
    this.folder = folder
    this.options = options
    this.parsers = folder.parsers.filter(({ kind }) => kind === 'json')
    const byBase = new Map(this.parsers.map((parser) => [parser.base, parser]))
    this.library = {
      parser: (base) => byBase.get(base),
      table: (filename) => [...folder.tables].find(([path]) => path.endsWith(filename))?.[1],
    }
  }

  /** Microsoft's records go in as the bridge would deliver them, everything else as it is. */
  record(bytes: Buffer): readonly ParsedEvent[] {
    try {
      return this.events(bytes)
    } catch (error) {
      // Nested deeper than any record of Microsoft's.
      if (error instanceof JsonError) return [unparsed(undefined)]
      throw error
    }
  }

  private events(bytes: Buffer): readonly ParsedEvent[] {
    const document = parseJson(bytes.toString('utf8'))
    const flatType = isObject(document) ? document.get('sb_type') : undefined
    if (typeof flatType === 'string') return this.run(this.parsersOf(flatType), document, flatType)
    const seen = this.options['form'] === 'as-is' ? undefined : inspect(bytes)
    if (!seen) return this.run(this.foreign(), document)
    const { candidate, views } = seen
    if (this.options['form'] === 'raw') return this.raw(document, seen)
    return views.flatMap((view) => {
      const expected = eventOfCef(cefText(view, candidate))
      const flat = flatValues(view, candidate)
      return this.run(this.parsersOf(view.type), parseJson(flatText(view, candidate)), view.type, (event, parser) => [
        ...differences(event, expected),
        ...additionalDifferences(event, parser, flat),
      ])
    })
  }

  /** Records of which each element is an event cannot go this way. */
  private raw(document: Json, { candidate, views }: Inspected): readonly ParsedEvent[] {
    const { type, name } = candidate
    const base = rawBaseOf(type.id, name)
    const own = this.parsers.filter((parser) => parser.base === base)
    const [view] = views
    if (own.length === 0 || !view) return [unparsed(type.id)]
    const expected = eventOfCef(cefText(view, candidate))
    return this.run(own, document, type.id, (event) => differences(event, expected))
  }

  private parsersOf(type: string): readonly Parser[] {
    const own = this.parsers.filter(({ base }) => base === baseOf(type))
    return own.length > 0 ? own : this.foreign()
  }

  /** Parsers that are not of ours: of those, each has its log type. */
  private foreign(): readonly Parser[] {
    return this.parsers.filter(({ base }) => !base.startsWith('siembridge_'))
  }

  /** By the parser that makes the most of it. */
  private run(
    parsers: readonly Parser[],
    document: Json,
    type?: string,
    compare: (event: Event, parser: Parser) => readonly FieldProblem[] = () => [],
  ): readonly ParsedEvent[] {
    const best = parsers
      .map((parser) => ({ parser, events: runParser(parser, wrapped(document, parser), this.library) }))
      .toSorted((a, b) => fieldCount(b.events) - fieldCount(a.events))[0]
    if (!best || best.events.length === 0) return [unparsed(type)]
    return best.events.map((event) => this.finish(event, best.parser, type, compare(event, best.parser)))
  }

  private finish(
    event: Event,
    parser: Parser,
    type: string | undefined,
    problems: readonly FieldProblem[],
  ): ParsedEvent {
    for (const table of this.folder.maps) applyTable(table, event, false)
    const path = categorizerPath(event.text('deviceVendor'), event.text('deviceProduct'))
    const categorizer = [...this.folder.tables].find(([name]) => name.endsWith(path))?.[1]
    if (categorizer) applyTable(categorizer, event, false)
    addDefaults(event)
    return {
      is: kindOf(event, type),
      parser: parser.path,
      ...(type !== undefined && { type }),
      fields: fieldsOf(event),
      problems: [...problems, ...event.outcome.findings],
      ambiguous: event.outcome.ambiguities,
    }
  }
}

/** A parser whose events lie in a list that documents of several events have wants the event in one. */
function wrapped(document: Json, { trigger = '/' }: Parser): Json {
  const member = /^\/(records|value)$/.exec(trigger)?.[1]
  if (member === undefined || (isObject(document) && document.has(member))) return document
  return new Map([[member, [document]]])
}

const fieldCount = (events: readonly Event[]): number => events.reduce((sum, { fields }) => sum + fields.size, 0)

const unparsed = (type: string | undefined): ParsedEvent => ({
  is: 'unparsed',
  ...(type !== undefined && { type }),
  fields: {},
  problems: [],
  ambiguous: [],
})

/** Where no token found anything, the event is made of constants alone. */
function kindOf(event: Event, type: string | undefined): ParsedEvent['is'] {
  if (!event.found || event.fields.size === 0) return 'unparsed'
  const id = event.text('deviceEventClassId')
  if (event.text('name') === '' && id === '') return 'unknown'
  return type !== undefined && id === type ? 'generic' : 'parsed'
}

function fieldsOf(event: Event): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...[...event.fields].map(([field, { text }]) => [field, text] as const),
    ['agentSeverity', event.severity] as const,
    ...[...event.additional].map(([name, text]) => [`ad.${name}`, text] as const),
  ])
}
