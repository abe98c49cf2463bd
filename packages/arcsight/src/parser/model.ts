import type { ParserProblem } from '@siembridge/core'
import type { Level } from '../schema/severity.ts'
import type { Expression } from './expression.ts'

/** What a connector reads with a file: the end of its name says so. */
export type ParserKind = 'json' | 'regex' | 'keyvalue' | 'delimited' | 'database' | 'xml'

export interface Token {
  readonly index: number
  readonly name: string
  /** As it stands in the file. */
  readonly type: string
  /** Path below the trigger node; parsers of JSON and XML have one. */
  readonly location?: string
  readonly format?: string
  readonly line: number
}

export interface Mapping {
  /** Without `event.`. */
  readonly field: string
  readonly expression: Expression
  readonly line: number
}

export interface SeverityRule {
  readonly level: Level
  readonly field: string
  readonly values: readonly string[]
  readonly line: number
}

export interface ConditionalMap {
  /** Event field whose value decides. */
  readonly field: string
  readonly cases: readonly { readonly values: readonly string[]; readonly mappings: readonly Mapping[] }[]
  readonly line: number
}

/** Another parser, or a table, that runs on what the parser made. */
export interface ExtraProcessor {
  readonly type: string
  readonly filename?: string
  /** Event field that holds the text to parse. */
  readonly field?: string
  readonly clear: boolean
  /** May set what is set. */
  readonly override: boolean
  readonly allowOverwrite: boolean
  readonly condition?: {
    readonly field: string
    readonly type: 'equals' | 'regex'
    /** Undefined: it runs only where the field is not set. */
    readonly values?: readonly string[]
  }
  readonly line: number
}

/** One parser file as a connector would hold it, and what is wrong with it. */
export interface Parser {
  readonly path: string
  /** Its name without the ending, as `extraprocessor[n].filename` and a connector's set-up give it. */
  readonly base: string
  readonly kind: ParserKind
  /** Path of the node of which every occurrence is an event; parsers of JSON. */
  readonly trigger?: string
  readonly tokens: readonly Token[]
  readonly mappings: readonly Mapping[]
  readonly additional: {
    readonly enabled: boolean
    readonly mappings: readonly { readonly name: string; readonly expression: Expression; readonly line: number }[]
  }
  readonly severity: readonly SeverityRule[]
  readonly conditional: readonly ConditionalMap[]
  readonly extra: readonly ExtraProcessor[]
  readonly problems: readonly ParserProblem[]
}

const endings: readonly (readonly [ending: RegExp, kind: ParserKind])[] = [
  [/\.jsonparser\.properties$/, 'json'],
  [/\.sdkrfilereader\.properties$/, 'regex'],
  [/\.sdkkeyvaluefilereader\.properties$/, 'keyvalue'],
  [/\.sdkfilereader\.properties$/, 'delimited'],
  [/\.sdk[a-z]*database\.properties$/, 'database'],
  [/\.x(?:query|ml)parser\.properties$/, 'xml'],
]

/** Kind and base name of a file by its name; undefined where it is no parser. */
export function kindOf(path: string): { readonly kind: ParserKind; readonly base: string } | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (const [ending, kind] of endings) if (ending.test(name)) return { kind, base: name.replace(ending, '') }
  return undefined
}
