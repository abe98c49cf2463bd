import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Delivery, type Parcel, systemClock, type TargetContext } from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FolderOptions } from './options.ts'
import { arcsightFolderTarget } from './target.ts'

const log = createLogger({ level: 'error', json: false })
log.silent = true
const never = new AbortController().signal
let path = ''

beforeEach(() => void (path = mkdtempSync(join(tmpdir(), 'siembridge-arcsight-'))))
afterEach(() => rmSync(path, { recursive: true, force: true }))

const context = (more: Record<string, unknown> = {}): TargetContext<FolderOptions> => ({
  options: arcsightFolderTarget.options.parse({ path, ...more }),
  name: 'arcsight',
  secrets: { read: () => Promise.reject(new Error('no secret')) },
  clock: systemClock,
  log,
})
const open = (more?: Record<string, unknown>): Promise<Delivery> => arcsightFolderTarget.open(context(more))

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const event = (n: number, type = 'entra.sign-in'): string =>
  `{"sb_type":"${type}","sb_event_id":"${id(n)}","sb_time":"2026-01-02T03:04:05.000Z","sb_time_ms":1767323045000,"n":${n}}`
const fileOf = (n: number): string => `1767323045000-${id(n)}.json`

function parcelOf(texts: readonly string[], attempt = 0): Parcel {
  let end = 0
  const ends = Uint32Array.from(texts, (text) => (end += Buffer.byteLength(text) + 1))
  return { body: Buffer.from(texts.map((text) => `${text}\n`).join('')), ends, attempt }
}

test('every event is a whole document in the folder of its log type, and nothing else is there', async () => {
  const delivery = await open()
  const events = [event(1), event(2, 'o365.audit'), event(3)]
  expect(await delivery.deliver(parcelOf(events), never)).toEqual({ all: 'delivered' })
  expect(readdirSync(path).toSorted()).toEqual(['entra.sign-in', 'o365.audit'])
  expect(readdirSync(join(path, 'entra.sign-in')).toSorted()).toEqual([fileOf(1), fileOf(3)])
  const file = join(path, 'o365.audit', fileOf(2))
  expect(readFileSync(file, 'utf8')).toBe(events[1])
  expect((statSync(file).mode & 0o777).toString(8)).toBe('640')
})

test('an event that comes again replaces itself', async () => {
  const delivery = await open()
  for (const attempt of [0, 1]) await delivery.deliver(parcelOf([event(1)], attempt), never)
  expect(readdirSync(join(path, 'entra.sign-in'))).toEqual([fileOf(1)])
})

test('while the connector lags nothing is written, and delivery goes on when it has taken some', async () => {
  const delivery = await open({ max_unread: 3 })
  await delivery.deliver(parcelOf([event(1), event(2)]), never)
  const waiting = await delivery.deliver(parcelOf([event(3), event(4)]), never)
  expect(waiting).toEqual({
    all: 'retry',
    reason: expect.stringContaining('2 documents of entra.sign-in are unread'),
    afterMs: 1000,
  })
  const folder = join(path, 'entra.sign-in')
  expect(readdirSync(folder)).toHaveLength(2)
  for (const n of [1, 2]) renameSync(join(folder, fileOf(n)), join(folder, `${fileOf(n)}.processed`))
  expect(await delivery.deliver(parcelOf([event(3), event(4)], 1), never)).toEqual({ all: 'delivered' })
})

test('an empty folder takes a parcel that is larger than the limit, so that it can never stand still', async () => {
  const delivery = await open({ max_unread: 1 })
  expect(await delivery.deliver(parcelOf([event(1), event(2)]), never)).toEqual({ all: 'delivered' })
})

test('another log type does not wait for the one whose connector lags', async () => {
  const delivery = await open({ max_unread: 1 })
  await delivery.deliver(parcelOf([event(1)]), never)
  expect(await delivery.deliver(parcelOf([event(2, 'o365.audit')]), never)).toEqual({ all: 'delivered' })
})

test('what a crash left aside is removed, and the connector would not have taken it', async () => {
  await (await open()).deliver(parcelOf([event(1)]), never)
  const half = join(path, 'entra.sign-in', `.siembridge-${fileOf(9)}`)
  writeFileSync(half, '{"sb_ty')
  await (await open()).deliver(parcelOf([event(2)]), never)
  expect(readdirSync(join(path, 'entra.sign-in')).toSorted()).toEqual([fileOf(1), fileOf(2)])
})

test.for(['{"a":1}', '{"sb_type":"../../etc","sb_event_id":"x"}', 'CEF:0|a|b|1|c|d|5|'])(
  '%s is no document and is rejected alone',
  async (text) => {
    const delivery = await open()
    const receipt = await delivery.deliver(parcelOf([event(1), text]), never)
    expect(receipt).toEqual({
      all: 'delivered',
      except: [{ at: 1, is: 'rejected', reason: expect.stringContaining('flat form') }],
    })
    expect(readdirSync(path)).toEqual(['entra.sign-in'])
  },
)

test('what is aside is none of *.json, which in Java holds of names with a dot in front too', async () => {
  const folder = join(path, 'entra.sign-in')
  mkdirSync(join(folder, fileOf(1), 'in the way'), { recursive: true })
  const receipt = await (await open()).deliver(parcelOf([event(1), event(2)]), never)
  expect(receipt).toMatchObject({ all: 'retry' })
  const aside = readdirSync(folder).filter((name) => name !== fileOf(1))
  expect(aside).toHaveLength(2)
  expect(aside.filter((name) => name.endsWith('.json'))).toEqual([])
})

test('a folder that is not there is no loss: the parcel waits, and check says what to do', async () => {
  rmSync(path, { recursive: true })
  const receipt = await (await open()).deliver(parcelOf([event(1)]), never)
  expect(receipt).toEqual({ all: 'retry', reason: expect.stringContaining('ENOENT'), afterMs: 1000 })
  const found = []
  for await (const finding of arcsightFolderTarget.check(context())) found.push(finding)
  expect(found).toEqual([expect.objectContaining({ is: 'bad', help: expect.stringContaining('Make the folder') })])
})

test('check tells of documents that nobody takes', async () => {
  await (await open()).deliver(parcelOf([event(1), event(2)]), never)
  const found = []
  for await (const finding of arcsightFolderTarget.check(context({ max_unread: 2 }))) found.push(finding)
  expect(found.map(({ is }) => is)).toEqual(['good', 'warning'])
})
