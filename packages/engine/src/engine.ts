import type { EntityTable, LogType } from '@siembridge/catalog'
import { fastEngine } from './fast-engine.ts'
import type { Format } from './formats.ts'
import { interpreter } from './late.ts'
import type { LineSink } from './output.ts'
import type { LinePrefix } from './prefix.ts'
import type { Outcome } from './reference-engine.ts'

export interface EngineOptions {
  readonly to: Format
  /** Log type of every record (`entra.sign-in`); recognised from the record unless told. */
  readonly type?: string
  /** Largest line in bytes, for `cef`, `leef` and `flat`: 8192, 4000 and no limit unless told; 0 for no limit. */
  readonly maxBytes?: number
  /** Which events to keep, in the filter language; all unless told. Throws FilterError. */
  readonly filter?: string
  /** Log types and entity tables in place of the built-in ones: these run in the reference interpreter. */
  readonly catalog?: { readonly types: readonly LogType[]; readonly tables: readonly EntityTable[] }
  /** `generated` (the default) falls back to `reference` by record; `reference` is the oracle alone. */
  readonly engine?: 'generated' | 'reference'
  /** What stands before each line, such as a syslog header; its bytes are not part of `maxBytes`. */
  readonly prefix?: LinePrefix
  /** Milliseconds since 1970, for records without a valid time in `ecs`. */
  readonly now?: () => number
}

/** Records in, lines out: synchronous, without input or output of its own. */
export interface Engine {
  /**
   * Converts one record (UTF-8 JSON) and appends its lines to `out`. Never throws for what a record holds. With `strict`, a
   * text that is not strict JSON is declined with `declined: true` in place of being read tolerantly. `tenant` stands where
   * the record does not tell its tenant.
   */
  record(bytes: Buffer, out: LineSink, strict?: boolean, tenant?: string): Outcome
  /** Records that took the reference interpreter, by reason. */
  readonly fallbacks: ReadonlyMap<string, number>
}

/** Throws FilterError, or RangeError for a log type that is not known. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const wanted = options.engine === 'reference' || options.catalog !== undefined || options.type !== undefined
  return wanted ? interpreter().interpreterOf(options).engine : fastEngine(options)
}
