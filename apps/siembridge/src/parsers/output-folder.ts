import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type OutputFile, SiembridgeError } from '@siembridge/core'

/** Stands in every folder that was generated: which files are ours, and what they held. */
export const manifestName = 'siembridge-generated.json'

interface Manifest {
  readonly files: Readonly<Record<string, string>>
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/**
 * Writes generated files, and removes those of an earlier run that are gone. A file that somebody changed, or that was there
 * before, is left alone: without `force` nothing at all is written then. Throws SiembridgeError.
 */
export function writeFolder(folder: string, files: readonly OutputFile[], force: boolean): { removed: string[] } {
  const old = manifestOf(folder)
  const changed = files.filter(({ path, content }) => !ours(folder, path, old, digest(content)))
  if (changed.length > 0 && !force)
    throw new SiembridgeError('OutputOccupied', folder, `first of ${changed.length}: ${changed[0]?.path}`)
  const written = new Set(files.map(({ path }) => path))
  const gone = Object.keys(old.files).filter((path) => !written.has(path))
  const removed = gone.filter((path) => force || ours(folder, path, old, ''))
  try {
    for (const path of removed) rmSync(join(folder, path), { force: true })
    for (const { path, content } of files) writeAside(join(folder, path), content)
    const hashes = Object.fromEntries(files.map(({ path, content }) => [path, digest(content)]))
    writeAside(join(folder, manifestName), `${JSON.stringify({ files: hashes } satisfies Manifest, null, 1)}\n`)
  } catch (error) {
    throw new SiembridgeError('FolderUnwritable', folder, (error as Error).message)
  }
  return { removed }
}

/** Whether the file may be replaced: it is not there, holds what it is to hold, or what we wrote. */
function ours(folder: string, path: string, { files }: Manifest, wanted: string): boolean {
  const file = join(folder, path)
  if (!existsSync(file)) return true
  const now = digest(readFileSync(file))
  return now === wanted || now === files[path]
}

function manifestOf(folder: string): Manifest {
  try {
    const { files } = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Partial<Manifest>
    return { files: typeof files === 'object' && files !== null ? files : {} }
  } catch {
    return { files: {} }
  }
}

/** A reader never meets half a file. */
function writeAside(file: string, content: string | Uint8Array): void {
  makeFolder(dirname(file))
  const aside = `${file}.siembridge-new`
  writeFileSync(aside, content)
  renameSync(aside, file)
}

/** `recursive` of Node never ends where the file system lets nobody make folders, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}
