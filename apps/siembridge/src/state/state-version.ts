import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SiembridgeError } from '@siembridge/core'
import { migrations } from './migrations.ts'

/** Form of the state directory that this program reads and writes. */
export const stateVersion = 1

const fileName = 'version.json'

/** What is no state, but of the machinery around it. */
const notState = (name: string): boolean => /^(lock|agent\.sock|status\.json|backup-)/.test(name)

/**
 * Brings a state directory to the form of this program; the caller holds its lock. Answers what was done, for a person. Throws
 * `StateNewer` or `StateVersionUnreadable` and changes nothing then. What a migration changes is copied aside first.
 */
export function bringUpToDate(folder: string, nowMs: number): string | undefined {
  const found = versionOf(folder)
  if (found === stateVersion) return undefined
  if (found > stateVersion)
    throw new SiembridgeError('StateNewer', folder, `form ${found}; this version knows up to ${stateVersion}`)
  const isEmpty = readdirSync(folder).every(notState)
  const backup = isEmpty ? undefined : backUp(folder, found, nowMs)
  if (!isEmpty) for (let form = found; form < stateVersion; form++) migrations[form]?.(folder)
  writeVersion(folder)
  return backup && `the state was of form ${found} and is of form ${stateVersion} now; what it was stands in ${backup}`
}

/** 0 where nothing says: that form had no such file. */
function versionOf(folder: string): number {
  const path = join(folder, fileName)
  if (!existsSync(path)) return 0
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }
    if (typeof version === 'number' && Number.isInteger(version) && version >= 0) return version
  } catch {
    // Told below.
  }
  throw new SiembridgeError('StateVersionUnreadable', folder)
}

function backUp(folder: string, form: number, nowMs: number): string {
  const backup = join(folder, `backup-${form}-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`)
  mkdirSync(`${backup}.new`, { mode: 0o700, recursive: true })
  for (const name of readdirSync(folder).filter((entry) => !notState(entry)))
    cpSync(join(folder, name), join(`${backup}.new`, name), { recursive: true, preserveTimestamps: true })
  // A backup that is not whole does not have the name of one.
  renameSync(`${backup}.new`, backup)
  return backup
}

function writeVersion(folder: string): void {
  const path = join(folder, fileName)
  writeFileSync(`${path}.new`, `${JSON.stringify({ version: stateVersion })}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
