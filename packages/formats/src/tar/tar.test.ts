import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isProblem } from '../problem.ts'
import type { TarEntry } from './entry.ts'
import { readTar } from './read.ts'
import { tarArchive } from './write.ts'

const part = fc.stringMatching(/^[a-z0-9_-]{1,40}(\.[a-z]{1,4})?$/)
const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'))
const entry: fc.Arbitrary<TarEntry> = fc.oneof(
  fc.record({
    path,
    is: fc.constant('file' as const),
    mode: fc.constantFrom(0o644, 0o755),
    content: fc.uint8Array({ maxLength: 1500 }),
  }),
  fc.record({ path, is: fc.constant('directory' as const), mode: fc.constant(0o755) }),
  fc.record({ path, is: fc.constant('symlink' as const), mode: fc.constant(0o777), target: part }),
)

test('what is written is read back, with fixed owners and times', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
      const read = readTar(tarArchive(entries, 1_700_000_000))
      if (isProblem(read)) throw new Error(read.problem)
      expect(read).toEqual(
        entries.map((one) => ({
          ...one,
          uid: 0,
          gid: 0,
          mtime: 1_700_000_000,
          ...(one.content && { content: Buffer.from(one.content) }),
        })),
      )
    }),
  )
})

test('a path that ustar has no room for is refused', () => {
  expect(() => tarArchive([{ path: `a/${'x'.repeat(101)}`, is: 'file', mode: 0o644 }], 0)).toThrow(RangeError)
})

describe('the reader refuses', () => {
  const good = tarArchive([{ path: 'a/b', is: 'file', mode: 0o644, content: Buffer.from('hello') }], 0)
  const changed = (at: number, byte: number): Buffer => {
    const bytes = Buffer.from(good)
    bytes[at] = byte
    return bytes
  }
  test.for([
    ['a header whose checksum is wrong', changed(0, 0x62)],
    ['something else', Buffer.alloc(1024, 0x41)],
    ['an archive that is cut off', good.subarray(0, 700)],
    ['an archive without its end', good.subarray(0, 1024)],
    ['a path that leaves the archive', tarArchive([{ path: '../x', is: 'file', mode: 0o644 }], 0)],
  ] as const)('%s', ([, bytes]) => {
    expect(isProblem(readTar(bytes))).toBe(true)
  })
})

const tar = spawnSync('tar', ['--version']).status === 0

test.skipIf(!tar)('GNU or BSD tar unpacks it (skipped where there is no tar)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-tar-'))
  try {
    const long = `app/${'d'.repeat(90)}/${'f'.repeat(60)}`
    const entries: TarEntry[] = [
      { path: 'app', is: 'directory', mode: 0o755 },
      { path: `app/${'d'.repeat(90)}`, is: 'directory', mode: 0o755 },
      { path: long, is: 'file', mode: 0o755, content: Buffer.from('#!/bin/sh\n') },
    ]
    writeFileSync(join(folder, 'x.tar'), tarArchive(entries, 1_700_000_000))
    const done = spawnSync('tar', ['-xf', 'x.tar', '--no-same-owner'], { cwd: folder, encoding: 'utf8' })
    expect(done).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(folder, long), 'utf8')).toBe('#!/bin/sh\n')
    expect(statSync(join(folder, long)).mtimeMs).toBe(1_700_000_000_000)
    expect(statSync(join(folder, long)).mode & 0o777).toBe(0o755)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
