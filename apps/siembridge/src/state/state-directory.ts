import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SiembridgeError } from '@siembridge/core'

/** Makes sure that the state directory is there and can be written. Throws `StateUnusable`. */
export function ensureDirectory(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    tighten(folder)
  } catch (error) {
    throw new SiembridgeError('StateUnusable', folder, (error as NodeJS.ErrnoException).code)
  }
}

/** Folder of a target that keeps a state of its own. */
export const targetFolder = (state: string, target: string): string =>
  join(
    state,
    'targets',
    target.replace(/[^A-Za-z0-9._-]/g, (sign) => `%${sign.codePointAt(0)?.toString(16) ?? ''}`),
  )

/** An error of the file system at the start becomes `StateUnusable`; any other goes on as it is. */
export function unusable(folder: string, error: unknown): never {
  const { code = '', path = '' } = error as NodeJS.ErrnoException
  if (!/^E[A-Z0-9]+$/.test(code)) throw error
  throw new SiembridgeError('StateUnusable', folder, `${code} ${path}`.trim())
}

/** Folder by folder: `recursive` of Node never ends where a file system takes no folders, as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Records stand there in the clear: nobody else looks in. A directory of somebody else stays as it is. */
function tighten(folder: string): void {
  if (process.platform === 'win32' || statSync(folder).uid !== process.getuid?.()) return
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
}
