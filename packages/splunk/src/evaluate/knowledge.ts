import type { Eval } from '../eval/ast.ts'
import type { Search } from './search.ts'

/** The settings of one `[stanza]` of props.conf that the interpreter carries out. */
export interface SourcetypeProps {
  readonly name: string
  readonly line: number
  readonly kvMode: 'json' | 'none'
  readonly truncate: number
  readonly timePrefix?: RegExp
  readonly timeFormat?: string
  readonly lookahead: number
  readonly aliases: readonly { readonly from: string; readonly to: string }[]
  readonly evals: readonly { readonly field: string; readonly node: Eval }[]
  readonly lookups: readonly LookupCall[]
}

export interface LookupCall {
  readonly table: string
  readonly input: string
  /** Column to field. */
  readonly outputs: readonly (readonly [column: string, field: string])[]
}

/** Everything that a folder of knowledge objects says, loaded as Splunk would merge it. */
export interface Knowledge {
  readonly sourcetypes: ReadonlyMap<string, SourcetypeProps>
  readonly eventTypes: readonly { readonly name: string; readonly search: Search }[]
  /** Event type to its tags. */
  readonly tags: ReadonlyMap<string, readonly string[]>
  /** Lookup to rows by column. */
  readonly lookups: ReadonlyMap<string, readonly ReadonlyMap<string, string>[]>
}
