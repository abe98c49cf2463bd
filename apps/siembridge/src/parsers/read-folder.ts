import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { type OutputFile, SiembridgeError } from '@siembridge/core'

/** All files of a folder with their paths below it, or the one file that is named. Throws SiembridgeError. */
export function readFolder(path: string): readonly OutputFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ path: basename(path), content: readFileSync(path) }]
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => ({ path: relative(path, file).split(sep).join('/'), content: readFileSync(file) }))
  } catch (error) {
    throw new SiembridgeError('InputUnreadable', path, (error as Error).message)
  }
}
