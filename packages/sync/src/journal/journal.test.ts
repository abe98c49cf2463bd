import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeDisk } from '@siembridge/core/pipeline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Entry, Intent, Ticket } from './entry.ts'
import { Journal, readJournal } from './journal.ts'

let path = ''
beforeEach(() => void (path = mkdtempSync(join(tmpdir(), 'siembridge-journal-'))))
afterEach(() => rmSync(path, { recursive: true, force: true }))

const day = 86_400_000
let now = 1_000_000 * day
const open = (more: object = {}): Promise<Journal> => Journal.open({ disk: nodeDisk, path, now: () => now, ...more })

const intent = (write: string, key = 'k'): Intent => ({
  is: 'intent',
  at: now,
  key,
  write,
  rule: 'r',
  does: 'create',
  table: 'incident',
  correlation: key,
  because: ['o'],
  fields: {},
})

const ticket = (key: string, more: Partial<Ticket> = {}): Ticket => ({
  is: 'ticket',
  at: now,
  key,
  table: 'incident',
  rule: 'r',
  correlation: key,
  generation: 1,
  sysId: 's',
  number: 'INC1',
  createdMs: now,
  state: '1',
  canonical: 'new',
  version: '0',
  base: {},
  severity: 'low',
  ...more,
})

const joined = (key: string, object: string): Entry => ({
  is: 'joined',
  at: now,
  key,
  member: { object, native: object, title: 't', severity: 'low', revision: '1', digest: 'd' },
})

describe('the journal', () => {
  test('a write without an outcome is open, also for the next process, until its outcome is known', async () => {
    const journal = await open()
    await journal.add([intent('a'), intent('b')])
    await journal.add([{ is: 'outcome', at: now, key: 'k', write: 'a', came: 'done' }])
    await journal.close()
    const again = await open()
    expect(again.ledger.openOf('k').map(({ write }) => write)).toEqual(['b'])
    await again.close()
  })

  test('a line that a power cut left half written is cut off, and what comes next stands whole', async () => {
    const journal = await open()
    await journal.add([ticket('k')])
    await journal.close()
    appendFileSync(join(path, readdirSync(path)[0] ?? ''), '{"is":"ticket","key":"half')
    const again = await open()
    expect([...again.ledger.tickets.keys()]).toEqual(['k'])
    await again.add([ticket('l')])
    await again.close()
    const third = await open()
    expect([...third.ledger.tickets.keys()]).toEqual(['k', 'l'])
    await third.close()
  })

  test('an object is in one ticket at a time', async () => {
    const journal = await open()
    await journal.add([joined('one', 'o'), joined('two', 'o')])
    expect([journal.ledger.ticketOf.get('o'), journal.ledger.membersOf('one').size]).toEqual(['two', 0])
    await journal.close()
  })

  test('a full file is followed by one that begins with everything that is known, and old files go', async () => {
    const journal = await open({ fileBytes: 2000, keepMs: 10 * day })
    for (let i = 0; i < 30; i++)
      await journal.add([ticket(`k${i}`), joined(`k${i}`, `o${i}`), intent(`w${i}`, `k${i}`)])
    expect(readdirSync(path).length).toBeGreaterThan(1)
    now += 20 * day
    for (let i = 30; i < 60; i++) await journal.add([ticket(`k${i}`), joined(`k${i}`, `o${i}`)])
    await journal.close()
    const again = await open()
    expect(again.ledger.tickets.size).toBe(60)
    expect(again.ledger.ticketOf.size).toBe(60)
    expect(again.ledger.open.size).toBe(30)
    expect(readdirSync(path).every((name) => Number(name.slice(8, 22)) >= now - 11 * day)).toBe(true)
    await again.close()
  })

  test('tickets that are over and old are forgotten, others never', async () => {
    const journal = await open({ fileBytes: 100, keepMs: day, forgetMs: day })
    await journal.add([ticket('old', { canonical: 'closed' }), joined('old', 'o'), ticket('open')])
    now += 2 * day
    await journal.add([ticket('new')])
    await journal.add([ticket('newer')])
    expect(journal.ledger.ticketOf.has('o')).toBe(false)
    await journal.close()
    const again = await open()
    expect([...again.ledger.tickets.keys()].toSorted()).toEqual(['new', 'newer', 'open'])
    await again.close()
  })

  test('after a write that failed, the next one holds everything that was to be written', async () => {
    let fail = false
    const disk: typeof nodeDisk = {
      ...nodeDisk,
      open: async (name, create) => {
        const file = await nodeDisk.open(name, create)
        return { ...file, sync: () => (fail ? Promise.reject(new Error('EIO')) : file.sync()) }
      },
    }
    const journal = await Journal.open({ disk, path, now: () => now })
    fail = true
    await expect(journal.add([intent('a')])).rejects.toThrow('EIO')
    fail = false
    await journal.add([intent('b')])
    await journal.close()
    const again = await open()
    expect([...again.ledger.open.keys()].toSorted()).toEqual(['a', 'b'])
    await again.close()
  })

  test('what is added while a new file begins stands in it too: every write has its outcome', async () => {
    const journal = await open({ fileBytes: 500 })
    for (let i = 0; i < 20; i++) {
      await journal.add([intent(`w${i}`)])
      await journal.add([{ is: 'outcome', at: now, key: 'k', write: `w${i}`, came: 'done' }])
      await journal.add([{ is: 'remark', at: now, key: 'k', says: `about ${i}${'.'.repeat(i)}` }])
    }
    await journal.close()
    const told = new Set<string>()
    for await (const entry of readJournal({ disk: nodeDisk, path })) {
      if (entry.is === 'outcome') told.add(entry.write)
      if (entry.is === 'remark') told.add(entry.says)
    }
    expect(told.size).toBe(40)
    expect(readdirSync(path).length).toBeGreaterThan(1)
  })

  test('what a full disk did not take is written as soon as it can be, outcomes too, at the latest at the end', async () => {
    let fail = false
    const disk: typeof nodeDisk = {
      ...nodeDisk,
      open: async (name, create) => {
        const file = await nodeDisk.open(name, create)
        return { ...file, sync: () => (fail ? Promise.reject(new Error('ENOSPC')) : file.sync()) }
      },
    }
    const journal = await Journal.open({ disk, path, now: () => now })
    await journal.add([intent('a'), intent('b')])
    fail = true
    await expect(journal.add([{ is: 'outcome', at: now, key: 'k', write: 'a', came: 'done' }])).rejects.toThrow(
      'ENOSPC',
    )
    await expect(journal.flush()).rejects.toThrow('ENOSPC')
    fail = false
    await journal.close()
    const came: string[] = []
    for await (const entry of readJournal({ disk: nodeDisk, path })) if (entry.is === 'outcome') came.push(entry.write)
    expect(came).toContain('a')
    const again = await open()
    expect([...again.ledger.open.keys()]).toEqual(['b'])
    await again.close()
  })

  test.each([
    'null',
    '7',
    '{"is":"joined","key":"k"}',
    '{"is":"ticket","key":"k"}',
    '{"is":"outcome"}',
    '{"is":"read-to"}',
    '{"is":"something newer","key":"k"}',
    '\0\0\0',
  ])('a damaged line, or one of a newer version, keeps nobody from reading the others: %j', async (line) => {
    const journal = await open()
    await journal.add([ticket('k')])
    await journal.close()
    appendFileSync(join(path, readdirSync(path)[0] ?? ''), `${line}\n${JSON.stringify(ticket('l'))}\n`)
    const again = await open()
    expect([...again.ledger.tickets.keys()]).toEqual(['k', 'l'])
    expect(again.ledger.tickets.get('k')?.base).toEqual({})
    await again.close()
  })

  test('it can be read back in its order', async () => {
    const journal = await open()
    await journal.add([intent('a'), ticket('k')])
    await journal.close()
    const kinds: string[] = []
    for await (const entry of readJournal({ disk: nodeDisk, path })) kinds.push(entry.is)
    expect(kinds).toEqual(['intent', 'ticket'])
  })
})
