import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Delivery, systemClock } from '@siembridge/core'
import { describe, expect, test } from 'vitest'
import { Folder } from '../testing/folder.ts'
import { quietLog } from '../testing/lane.ts'
import { listOf, never, parcelOf } from '../testing/parcel.ts'
import { fileTarget } from './file-target.ts'

/** A time that the test moves on. */
const time = { now: Date.UTC(2026, 0, 2, 3, 4, 5) }
const context = (path: string, more: Record<string, unknown> = {}) => ({
  options: fileTarget.options.parse({ path, ...more }),
  name: 'archive',
  secrets: { read: () => Promise.reject(new Error('no secret')) },
  clock: { ...systemClock, now: () => time.now },
  log: quietLog,
})
const open = (path: string, more?: Record<string, unknown>): Promise<Delivery> => fileTarget.open(context(path, more))

const deliver = (delivery: Delivery, ...texts: string[]) => delivery.deliver(parcelOf(texts), never)
const delivered = { all: 'delivered' }

test('events are appended, one a line, to a file that only its owner may read', async () => {
  using folder = new Folder()
  const path = folder.at('events.ndjson')
  const delivery = await open(path)
  expect(await deliver(delivery, 'a', 'b')).toEqual(delivered)
  expect(await deliver(delivery, 'c')).toEqual(delivered)
  await delivery.close()
  expect(readFileSync(path, 'utf8')).toBe('a\nb\nc\n')
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
})

test.for([
  ['a\nb\n', 'a\nb\n'],
  ['a\nb\ntor', 'a\nb\n'],
  [`a\n${'x'.repeat(200_000)}`, 'a\n'],
  ['torn', ''],
  ['', ''],
] as const)('a line that a crash cut off is taken back before more is written', async ([before, kept]) => {
  using folder = new Folder()
  const path = folder.at('events.ndjson')
  writeFileSync(path, before)
  const delivery = await open(path)
  expect(await deliver(delivery, 'next')).toEqual(delivered)
  await delivery.close()
  expect(readFileSync(path, 'utf8')).toBe(`${kept}next\n`)
})

describe('logrotate', () => {
  test('renames: the next events go into a new file', async () => {
    using folder = new Folder()
    const path = folder.at('events.ndjson')
    const delivery = await open(path)
    await deliver(delivery, 'a')
    renameSync(path, `${path}.1`)
    expect(await deliver(delivery, 'b')).toEqual(delivered)
    await delivery.close()
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['a\n', 'b\n'])
  })

  test('copies and truncates: the next events stand at the beginning', async () => {
    using folder = new Folder()
    const path = folder.at('events.ndjson')
    const delivery = await open(path)
    await deliver(delivery, 'a')
    copyFileSync(path, `${path}.1`)
    truncateSync(path, 0)
    await deliver(delivery, 'b')
    await delivery.close()
    expect(readFileSync(path, 'utf8')).toBe('b\n')
  })
})

describe('own rotation', () => {
  const rotated = (folder: Folder): string[] =>
    readdirSync(folder.path)
      .filter((name) => name !== 'e')
      .toSorted()

  test('by size: whole files, compressed, and only as many as are wanted', async () => {
    using folder = new Folder()
    const path = folder.at('e')
    const delivery = await open(path, { rotate_size: 10, keep_files: 2 })
    for (const text of ['first', 'second', 'third', 'fourth']) {
      time.now += 1000
      expect(await deliver(delivery, text)).toEqual(delivered)
    }
    await delivery.close()
    expect(readFileSync(path, 'utf8')).toBe('fourth\n')
    const kept = rotated(folder).map((name) => gunzipSync(readFileSync(folder.at(name))).toString())
    expect(kept).toEqual(['second\n', 'third\n'])
  })

  test('by day and by age', async () => {
    using folder = new Folder()
    const path = folder.at('e')
    const delivery = await open(path, { rotate_daily: true, keep_for: '7d', gzip: false })
    await deliver(delivery, 'monday')
    time.now += 86_400_000
    await deliver(delivery, 'tuesday')
    await deliver(delivery, 'still tuesday')
    await delivery.close()
    expect(rotated(folder).map((name) => readFileSync(folder.at(name), 'utf8'))).toEqual(['monday\n'])
    expect(readFileSync(path, 'utf8')).toBe('tuesday\nstill tuesday\n')
    time.now = Date.now() + 8 * 86_400_000
    const later = await open(path, { rotate_daily: true, keep_for: '7d', gzip: false })
    await deliver(later, 'much later')
    await later.close()
    expect(rotated(folder).filter((name) => readFileSync(folder.at(name), 'utf8') === 'monday\n')).toEqual([])
  })

  test('what a crash left uncompressed is compressed at the next start, and other files stay as they are', async () => {
    using folder = new Folder()
    const left = 'e.20260101T000000000Z'
    writeFileSync(folder.at(left), 'left\n')
    writeFileSync(folder.at(`${left}.gz.part`), 'half')
    writeFileSync(folder.at('e.notes'), 'mine')
    const delivery = await open(folder.at('e'))
    await deliver(delivery, 'a')
    await delivery.close()
    expect(existsSync(folder.at(left))).toBe(false)
    expect(gunzipSync(readFileSync(folder.at(`${left}.gz`))).toString()).toBe('left\n')
    expect(readFileSync(folder.at('e.notes'), 'utf8')).toBe('mine')
  })
})

describe('a disk that fails', () => {
  test.skipIf(!existsSync('/dev/full'))('full: the parcel is to come again, with the reason', async () => {
    const delivery = await open('/dev/full')
    expect(await deliver(delivery, 'a')).toMatchObject({ all: 'retry', reason: expect.stringContaining('ENOSPC') })
    await delivery.close()
  })

  test('a folder that is missing and then made', async () => {
    using folder = new Folder()
    const delivery = await open(`${folder.path}/later/e`)
    expect(await deliver(delivery, 'a')).toMatchObject({ all: 'retry', afterMs: 1000 })
    const { mkdirSync } = await import('node:fs')
    mkdirSync(folder.at('later'))
    expect(await deliver(delivery, 'a')).toEqual(delivered)
    await delivery.close()
  })
})

test('check tells whether the file can be written', async () => {
  using folder = new Folder()
  appendFileSync(folder.at('e'), '')
  const findings = async (path: string) => (await listOf(fileTarget.check(context(path)))).map(({ is }) => is)
  expect(await findings(folder.at('e'))).toEqual(['good'])
  expect(await findings(folder.at('missing/e'))).toEqual(['bad'])
  expect(await findings(folder.path)).toEqual(['bad'])
})
