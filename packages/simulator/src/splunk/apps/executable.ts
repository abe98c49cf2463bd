import { existsSync } from 'node:fs'
import { join } from 'node:path'

const unix = ['', '.sh', '.py']

/** Folders and extensions in the order in which splunkd on Linux looks for a scheme's program: architecture before `bin`. */
const places = [
  { folder: 'linux_x86_64/bin', extensions: unix },
  { folder: 'linux_x86/bin', extensions: unix },
  { folder: 'bin', extensions: unix },
]

/** The program of a scheme in an app's folder; undefined where there is none. */
export const executableOf = (app: string, scheme: string): string | undefined =>
  places
    .flatMap(({ folder, extensions }) => extensions.map((extension) => join(app, folder, `${scheme}${extension}`)))
    .find((path) => existsSync(path))
