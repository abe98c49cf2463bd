import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { generalOptions } from './general.ts'
import type { Kinds } from './kinds.ts'
import { findLiteralSecrets } from './literal-secrets.ts'
import { sortProblems } from './problem.ts'
import { Reading } from './reading.ts'
import { readRoutes } from './read-routes.ts'
import { readSources } from './read-sources.ts'
import { readTargets } from './read-targets.ts'
import { readTenants } from './read-tenants.ts'
import type { Config } from './types.ts'
import { readYaml } from './yaml-text.ts'

const sections = z.object({
  tenants: z.unknown().optional().describe('Tenants, by name'),
  sources: z.unknown().describe('Where records come from'),
  targets: z.unknown().describe('Where events go, by name'),
  routes: z.unknown().optional().describe('Which events go where; everything everywhere unless told'),
})

/** Every key that the file may have, whatever its value is. */
const sectionNames = new Set(Object.keys(sections.shape))

/** Everything of a file at once. `general` refuses unknown keys, and names those of the sections among the known ones. */
const whole = z.strictObject({ ...generalOptions.shape, ...sections.shape })

/** Reads a configuration. Throws ConfigError with everything that is wrong with it. */
export async function loadConfig<T>(file: string, text: string, kinds: Kinds<T>): Promise<Config<T>> {
  const reading = new Reading(readYaml(text))
  const found = reading.problems.length > 0 ? undefined : await readAll(reading, kinds, file)
  if (found === undefined || reading.problems.length > 0) throw new ConfigError(file, sortProblems(reading.problems))
  return found
}

async function readAll<T>(reading: Reading, kinds: Kinds<T>, file: string): Promise<Config<T> | undefined> {
  const value = reading.section(z.record(z.string(), z.unknown()), [], reading.yaml.value ?? {}, 'the configuration')
  if (!value) return undefined
  findLiteralSecrets(reading, value)
  const written = { sources: undefined, targets: undefined, ...value }
  const general = reading.section(whole, [], withoutMissing(written), 'the configuration')
  const tenants = readTenants(reading, kinds.tenant, value['tenants'])
  const tenantNames = namesIn(value['tenants'])
  const sources = readSources(reading, kinds, { valid: tenants, written: tenantNames }, value['sources'])
  const targets = readTargets(reading, kinds, value['targets'])
  const known = {
    sources: sourceNames(
      value['sources'],
      sources.map((s) => s.name),
    ),
    targets: namesIn(value['targets']),
    validTargets: targets,
  }
  const routes = await readRoutes(reading, kinds, known, value['routes'])
  checkVault(reading, general?.key_vault?.tenant, tenantNames)
  return general && { ...general, file, state: stateOf(file, general.state), tenants, sources, targets, routes }
}

/** What is missing in a section is told by who reads it. */
const withoutMissing = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sectionNames.has(key) ? (inner ?? []) : inner]))

const namesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []

/** Names of sources that are valid, and those that were written: a source with errors of its own is not missing. */
const sourceNames = (value: unknown, valid: readonly string[]): string[] => [
  ...new Set([
    ...valid,
    ...(Array.isArray(value) ? value : []).flatMap((source: unknown) => {
      const { name, kind, tenant } = (source ?? {}) as Readonly<Record<string, unknown>>
      return [name, kind, `${String(kind)}-${String(tenant)}`].filter((text) => typeof text === 'string')
    }),
  ]),
]

function checkVault(reading: Reading, tenant: string | undefined, tenants: readonly string[]): void {
  if (tenant !== undefined && !tenants.includes(tenant))
    reading.add(['key_vault', 'tenant'], {
      what: `there is no tenant "${tenant}"`,
      why: 'the section tenants does not have it',
      help: 'correct the name',
    })
}

/** The state directory: beside the configuration unless told; systemd tells it by STATE_DIRECTORY. */
export function stateOf(file: string, told: string | undefined): string {
  const folder = dirname(resolve(file))
  if (told !== undefined) return isAbsolute(told) ? told : join(folder, told)
  const { STATE_DIRECTORY: systemd } = process.env
  if (systemd !== undefined && systemd !== '') return systemd.split(':')[0] as string
  return folder.startsWith('/etc/') ? '/var/lib/siembridge' : join(folder, 'siembridge-state')
}

/** The state directory of a configuration that need not be valid. */
export function stateDirectoryOf(file: string, text: string): string {
  const { value } = readYaml(text)
  const told = (value as { readonly state?: unknown } | null | undefined)?.state
  return stateOf(file, typeof told === 'string' ? told : undefined)
}

export const configSchema = whole
