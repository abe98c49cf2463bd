import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { tarArchive } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { runtimePlatforms } from './launchers.ts'
import { archiveOf, ownRuntime, pinnedRuntimes } from './runtimes.ts'

const archive = (...paths: string[]): Buffer =>
  gzipSync(
    tarArchive(
      paths.map((path) => ({ path, is: 'file' as const, mode: 0o755, content: Buffer.from(path) })),
      0,
    ),
  )
const integrity = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

test('every platform has a pinned Node', () => {
  expect(Object.keys(pinnedRuntimes)).toEqual(Object.keys(runtimePlatforms))
  for (const { integrity: pinned } of Object.values(pinnedRuntimes))
    expect(pinned).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
})

test('files are taken out of the pinned archive, and of no other', () => {
  const bytes = archive('package/bin/node', 'package/LICENSE')
  const pinned = { ...pinnedRuntimes.linux_arm64, integrity: integrity(bytes) }
  const read = archiveOf('linux_arm64', bytes, pinned)
  expect(read.held('package/bin/node').toString()).toBe('package/bin/node')
  expect(() => read.held('package/bin/npm')).toThrow('holds no package/bin/npm')
  expect(() => archiveOf('linux_arm64', bytes)).toThrow('not the pinned one')
})

test('a Node of one’s own is taken with the licence beside it, and not without', () => {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-own-node-'))
  try {
    mkdirSync(join(folder, 'bin'))
    const program = join(folder, 'bin', 'node')
    writeFileSync(program, 'node')
    expect(() => ownRuntime(program)).toThrow('licence is not beside it')
    writeFileSync(join(folder, 'LICENSE'), 'MIT')
    expect(ownRuntime(program)).toEqual({ node: Buffer.from('node'), licence: 'MIT' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
