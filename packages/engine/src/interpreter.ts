/** Everything that needs the catalog at run time. Loaded by `late.ts`, for records that generated code prints need none of it. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { dialectOf } from './dialects/dialect.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { compileFilter } from './filter/compile.ts'
import { type Filter, parseFilter } from './filter/parse.ts'
import { prepare } from './interpret/prepared.ts'
import { type Call, referenceEngine } from './reference-engine.ts'

export interface Interpreter {
  readonly call: Call
  readonly filter: Filter | undefined
  readonly engine: Engine
}

/** The reference engine of these options, and what it was made of. Throws FilterError, or RangeError for an unknown log type. */
export function interpreterOf(options: EngineOptions): Interpreter {
  const prepared = prepare(options.catalog?.types ?? logTypes, options.catalog?.tables ?? entityTables)
  if (options.type !== undefined && !prepared.types.some((t) => t.id === options.type))
    throw new RangeError(`there is no log type "${options.type}"`)
  const dialect = dialectOf(options.to, prepared, options.maxBytes, options.now ?? Date.now)
  const filter = options.filter === undefined ? undefined : parseFilter(options.filter, prepared.dictionary)
  const candidates =
    options.type === undefined ? prepared.candidates : prepared.candidates.filter((c) => c.type.id === options.type)
  const call: Call = {
    prepared,
    candidates,
    ...(options.type !== undefined && candidates[0] && { otherwise: candidates[0] }),
    dialect,
    keeps: filter && compileFilter(filter),
    prefix: options.prefix,
  }
  return { call, filter, engine: referenceEngine(call) }
}
