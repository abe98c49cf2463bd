import { existsSync, readFileSync } from 'node:fs'
import type { TenantOptions } from '@siembridge/azure'
import { SiembridgeError } from '@siembridge/core'
import type { Config, ConfigError } from '@siembridge/core/config'

/** Where a configuration is looked for that is not named. */
const usualPlaces = ['siembridge.yaml', '/etc/siembridge/siembridge.yaml'] as const

export interface ConfigText {
  readonly file: string
  readonly text: string
}

/** Throws `NodeTooOld` where what the agent is made of would not run. */
export function refuseOldNode(): void {
  if (Number(process.versions.node.split('.')[0]) < 22) throw new SiembridgeError('NodeTooOld', process.version)
}

/** The text of the configuration. Throws `ConfigurationMissing`. */
export function readConfig(named: string | undefined): ConfigText {
  const file = named ?? usualPlaces.find((path) => existsSync(path))
  if (file === undefined) throw new SiembridgeError('ConfigurationMissing', usualPlaces.join(' or '))
  try {
    return { file, text: readFileSync(file, 'utf8') }
  } catch (error) {
    throw new SiembridgeError('ConfigurationMissing', file, (error as NodeJS.ErrnoException).code)
  }
}

/** Throws ConfigError with everything that is wrong. */
export async function parseConfig({ file, text }: ConfigText): Promise<Config<TenantOptions>> {
  const [{ loadConfig }, { loadKinds }] = await Promise.all([import('@siembridge/core/config'), import('./kinds.ts')])
  return loadConfig(file, text, await loadKinds())
}

export const isConfigError = (error: unknown): error is ConfigError =>
  (error as Error | undefined)?.name === 'ConfigError'

/** A configuration for a command: what is wrong with it is printed line by line before the error itself is thrown. */
export async function configFor(named: string | undefined): Promise<Config<TenantOptions>> {
  refuseOldNode()
  const text = readConfig(named)
  try {
    return await parseConfig(text)
  } catch (error) {
    if (isConfigError(error)) process.stderr.write(`${error.lines.join('\n')}\n`)
    throw error
  }
}

/** The state directory of a configuration that need not be valid. */
export async function stateFor(named: string | undefined): Promise<string> {
  const { file, text } = readConfig(named)
  const { stateDirectoryOf } = await import('@siembridge/core/config')
  return stateDirectoryOf(file, text)
}
