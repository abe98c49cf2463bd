import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultTenant } from '../defaults.ts'
import { Heap } from '../heap.ts'
import { readTicks, timeText } from '../ticks.ts'
import { Ledger } from './ledger.ts'
import { World } from './world.ts'
import type { Clock } from '../clock.ts'
import type { Scenario, StreamScenario } from '../scenario.ts'
import type { Obligation } from './ledger.ts'

const start = Date.parse('2026-03-01T00:00:00Z')

function stoppedClock(): Clock {
  let now = start
  return { now: () => now, jump: (ms) => void (now += ms), speed: 1 }
}

function worldOf(streams: readonly StreamScenario[], scenario: Scenario = {}) {
  const clock = stoppedClock()
  const ledger = new Ledger(join(mkdtempSync(join(tmpdir(), 'world-')), 'ledger.ndjson'))
  const tenant = { ...defaultTenant, streams, subscriptions: ['Audit.General'] as const }
  return { clock, ledger, tenant, world: new World(scenario, [tenant], clock, ledger) }
}

it('makes the same records of the same seed, however often it is looked at', () => {
  const streams = [{ stream: 'alerts', perMinute: 30 } as const, { stream: 'Audit.General', perMinute: 30 } as const]
  const hashes = [1, 60].map((steps) => {
    const { clock, world, ledger } = worldOf(streams)
    for (let step = 0; step < steps; step++) {
      clock.jump(600_000 / steps)
      world.advance()
    }
    return [...ledger.rows()]
      .filter(({ version }) => version === 1)
      .map(({ sha256 }) => sha256)
      .toSorted()
  })
  expect(hashes[0]?.length).toBeGreaterThan(200)
  expect(hashes[1]).toEqual(hashes[0])
})

it('counts a version that was overwritten unseen as superseded, and one that was served as due', () => {
  const { world, ledger, tenant } = worldOf([{ stream: 'alerts', perMinute: 0 }])
  const [unseen = '', seen = ''] = world.issue('alerts', { count: 2 })
  const served = world.collection(tenant.id, 'alerts').current(seen)
  if (served) ledger.served(served, start)
  world.change('alerts', unseen)
  world.change('alerts', seen)
  const states = (id: string) => [...ledger.rows()].filter((row) => row.id === id).map(({ state }) => state)
  expect(states(unseen)).toEqual(['superseded', 'due'])
  expect(states(seen)).toEqual(['due', 'due'])
})

it('shows everything when it is told to be quiet, and issues nothing more', () => {
  const late = [{ share: 1, from: '1d', to: '2d' }]
  const { world, ledger, clock } = worldOf([
    { stream: 'directoryAudits', perMinute: 60, lateness: late },
    { stream: 'Audit.General', perMinute: 60, lateness: late },
  ])
  clock.jump(60_000)
  world.advance()
  expect([...ledger.rows()].every(({ state }) => state === 'pending')).toBe(true)
  world.quiet()
  expect([...ledger.rows()].every(({ state }) => state === 'due')).toBe(true)
  const { size } = ledger
  clock.jump(3_600_000)
  world.advance()
  expect(ledger.size).toBe(size)
})

it('writes the ledger to its file, the last line of a version being its state', () => {
  const { world, ledger } = worldOf([{ stream: 'riskyUsers', perMinute: 0 }])
  world.issue('riskyUsers', { count: 40 })
  const lines = readFileSync(ledger.file, 'utf8').trim().split('\n')
  const last = new Map(
    lines.map((line) => JSON.parse(line) as Obligation).map((row) => [`${row.id}/${row.version}`, row]),
  )
  expect([...last.values()]).toEqual([...ledger.rows()])
  expect([...last.values()].some(({ state }) => state === 'superseded')).toBe(true)
})

it('repeats records and blobs of content, under the same ids', () => {
  const activity = { blobRecords: 5, repeatedRecords: 0.5, repeatedBlobs: 0.5, repeatWithin: '2d' } as const
  const { world, tenant } = worldOf([{ stream: 'Audit.General', perMinute: 0 }], { activity })
  const ids = world.issue('Audit.General', { count: 50 })
  world.quiet()
  const blobs = world.feed(tenant.id, 'Audit.General')?.blobs ?? []
  const listed = blobs.flatMap(({ records }) => records.map(({ id }) => id))
  expect(new Set(listed)).toEqual(new Set(ids))
  expect(listed.length).toBeGreaterThan(ids.length * 1.3)
  expect(new Set(blobs.map(({ contentId }) => contentId)).size).toBe(blobs.length)
})

it('drops content of a type that nobody subscribed to', () => {
  const { world, ledger } = worldOf([{ stream: 'DLP.All', perMinute: 0 }])
  world.issue('DLP.All', { count: 3 })
  expect([...ledger.rows()].map(({ state }) => state)).toEqual(['unsubscribed', 'unsubscribed', 'unsubscribed'])
})

it('takes what is due in the order of time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (times) => {
      const heap = new Heap<number>()
      times.forEach((time, index) => heap.push(time, index))
      const taken: number[] = []
      for (let due = heap.popDue(100); due; due = heap.popDue(100)) taken.push(due.value)
      const sorted = times
        .map((time, index) => ({ time, index }))
        .toSorted((a, b) => a.time - b.time || a.index - b.index)
      expect(taken).toEqual(sorted.map(({ index }) => index))
    }),
  )
})

it('writes times that are read back to the tick', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5e15, max: 5e15 }), (ticks) => {
      expect(readTicks(timeText(ticks, 7))).toBe(ticks)
    }),
  )
})
