import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { tarArchive } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { runtimePlatforms } from './launchers.ts'
import { pinnedRuntimes, runtimeOf } from './runtimes.ts'

const archive = (path: string): Buffer =>
  gzipSync(tarArchive([{ path, is: 'file', mode: 0o755, content: Buffer.from('node') }], 0))
const integrity = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

test('every platform has a pinned Node', () => {
  expect(Object.keys(pinnedRuntimes)).toEqual(Object.keys(runtimePlatforms))
  for (const { integrity: pinned } of Object.values(pinnedRuntimes))
    expect(pinned).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
})

test('the program is taken out of the pinned archive, and of no other', () => {
  const bytes = archive('package/bin/node')
  const pinned = { ...pinnedRuntimes.linux_arm64, integrity: integrity(bytes) }
  expect(runtimeOf('linux_arm64', bytes, pinned).toString()).toBe('node')
  expect(() => runtimeOf('linux_arm64', bytes)).toThrow('not the pinned one')
})

test('an archive without the program is refused', () => {
  const bytes = archive('package/other')
  const pinned = { ...pinnedRuntimes.linux_arm64, integrity: integrity(bytes) }
  expect(() => runtimeOf('linux_arm64', bytes, pinned)).toThrow('holds no package/bin/node')
})
