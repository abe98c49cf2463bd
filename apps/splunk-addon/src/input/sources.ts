import type { Tenants } from '@siembridge/azure'
import { type Source, SiembridgeError } from '@siembridge/core'
import {
  contentNames,
  createGraphSource,
  createOfficeSource,
  streamNames,
  type StreamName,
  streams,
} from '@siembridge/microsoft'
import type { Scheme } from '../schemes.ts'
import type { Parameters } from './parameters.ts'

/** A source and its options, read and valid. */
export interface InputSource {
  readonly name: string
  readonly source: Source<unknown>
  readonly options: unknown
  readonly streams: readonly string[]
}

const isGraph = (name: string): name is StreamName => (streamNames as readonly string[]).includes(name)
const isContent = (name: string): boolean => (contentNames as readonly string[]).includes(name)

/** What an input collects from. Throws SiembridgeError `InputWrong` for streams that the account's cloud does not have. */
export function sourcesOf(scheme: Scheme, parameters: Parameters, tenants: Tenants): readonly InputSource[] {
  const { account: tenant, streams: told, lookEveryMs: interval } = parameters
  const names = told ?? scheme.streams.map(({ name }) => name)
  const ofGraph = names
    .filter((name) => isGraph(name))
    .filter((name) => told !== undefined || tenants.lacks(tenant, streams[name].feature) === undefined)
  const ofContent = names.filter((name) => isContent(name))
  const graph = createGraphSource(tenants)
  const office = createOfficeSource(tenants)
  const tuning = interval === undefined ? {} : Object.fromEntries(ofGraph.map((name) => [name, { interval }]))
  return [
    ...(ofGraph.length > 0 ? [read(graph, ofGraph, { tenant, streams: ofGraph, tuning })] : []),
    ...(ofContent.length > 0
      ? [read(office, ofContent, { tenant, streams: ofContent, ...(interval !== undefined && { interval }) })]
      : []),
  ]
}

function read<O>(source: Source<O>, streams: readonly string[], options: unknown): InputSource {
  const parsed = source.options.safeParse(options)
  if (parsed.success) return { name: source.kind, source, streams, options: parsed.data }
  const says = parsed.error.issues.map(({ message }) => message).join('; ')
  throw new SiembridgeError('InputWrong', source.kind, says)
}
