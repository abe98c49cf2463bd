import { z } from 'zod'
import { name } from './fields.ts'
import type { AnySource, Kinds } from './kinds.ts'
import type { JsonSchema } from './known-keys.ts'
import { jsonOf, type Reading } from './reading.ts'
import { suggestion } from './suggest.ts'
import type { ConfiguredSource } from './types.ts'
import { duration } from './units.ts'

/** Keys of every source, besides those of its kind. */
export const commonSourceOptions = z.strictObject({
  kind: z.string().describe('Kind of source'),
  name: name
    .optional()
    .describe('Name of the source; its kind, with the tenant behind it, unless told. Positions are kept under it'),
  silent_after: duration.prefault('12h').describe('Without a record for so long, an event tells'),
})

const commonKeys = Object.keys(commonSourceOptions.shape)
const ownName = 'siembridge'

type Written = Readonly<Record<string, unknown>>

interface SourceReading {
  readonly reading: Reading
  readonly kinds: Kinds
  readonly sources: readonly AnySource[]
  /** Names that stand in the section, valid or not. */
  readonly tenants: readonly string[]
}

/** Sources that are valid, in their order. */
export function readSources(
  reading: Reading,
  kinds: Kinds,
  tenants: { readonly valid: Readonly<Record<string, unknown>>; readonly written: readonly string[] },
  value: unknown,
): ConfiguredSource[] {
  const list = reading.section(z.array(z.unknown()).min(1), ['sources'], value, 'the section sources') ?? []
  const context = { reading, kinds, sources: kinds.sources(tenants.valid), tenants: tenants.written }
  const sources = list.map((written, at) => readSource(context, written, at))
  return sources.filter((source, at): source is ConfiguredSource => source !== undefined && isNew(reading, sources, at))
}

function readSource(
  { reading, kinds, sources, tenants }: SourceReading,
  value: unknown,
  at: number,
): ConfiguredSource | undefined {
  const path = ['sources', at]
  const written = reading.section(z.record(z.string(), z.unknown()), path, value, `entry ${at + 1} of sources`)
  const source = written && kindAt(reading, sources, written, path, 'source')
  if (!written || !source) return undefined
  const { kind } = source
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => !commonKeys.includes(key)))
  const given = Object.fromEntries(Object.entries(written).filter(([key]) => commonKeys.includes(key)))
  const title = `a source of kind ${kind}`
  const common = reading.section(commonSourceOptions, path, given, title)
  const known = !kinds.ofTenants.has(kind) || tenantIsKnown(reading, tenants, own, path)
  const options = known ? reading.section<unknown>(source.options, path, own, title, commonProperties()) : undefined
  if (!common || options === undefined) return undefined
  const tenant = kinds.ofTenants.has(kind) ? String(own['tenant']) : undefined
  return {
    name: common.name ?? (tenant === undefined ? kind : `${kind}-${tenant}`),
    kind,
    source,
    options,
    written: own,
    ...(tenant !== undefined && { tenant }),
    silentMs: common.silent_after,
  }
}

const commonProperties = (): Readonly<Record<string, JsonSchema>> => jsonOf(commonSourceOptions).properties ?? {}

/** The declaration that a `kind` names. */
export function kindAt<K extends { readonly kind: string }>(
  reading: Reading,
  kinds: readonly K[],
  written: Written,
  path: readonly (string | number)[],
  what: string,
): K | undefined {
  const { kind } = written
  const found = kinds.find((one) => one.kind === kind)
  if (found) return found
  const names = kinds.map((one) => one.kind)
  const list = `use one of: ${names.join(', ')}`
  if (kind === undefined || kind === null)
    reading.add(path, { what: `"kind" is missing`, why: `it says what ${what} it is`, help: list })
  else
    reading.add([...path, 'kind'], {
      what: `there is no ${what} of that kind`,
      help: (typeof kind === 'string' ? suggestion(kind, names) : undefined) ?? list,
    })
  return undefined
}

/** A tenant that has errors of its own is not missing. */
function tenantIsKnown(
  reading: Reading,
  tenants: readonly string[],
  { tenant }: Written,
  path: readonly (string | number)[],
): boolean {
  if (typeof tenant !== 'string') return true
  if (tenants.includes(tenant)) return true
  const help = tenants.length === 0 ? 'add the section tenants with it' : suggestion(tenant, tenants)
  reading.add([...path, 'tenant'], {
    what: `there is no tenant "${tenant}"`,
    why: 'the section tenants does not have it',
    ...(help !== undefined && { help }),
  })
  return false
}

function isNew(reading: Reading, sources: readonly (ConfiguredSource | undefined)[], at: number): boolean {
  const { name: mine = '' } = sources[at] ?? {}
  const why = 'positions and metrics are kept by name'
  if (mine === ownName)
    reading.add(['sources', at, 'name'], {
      what: `the name "${ownName}" is taken by the bridge's own events`,
      why,
      help: 'choose another',
    })
  else if (sources.findIndex((other) => other?.name === mine) === at) return true
  else
    reading.add(['sources', at], {
      what: `there are two sources "${mine}"`,
      why,
      help: 'give one of them another `name`',
    })
  return false
}
