import { type Clock, type Lane, noRecords, recordAt, recordCount, type Records } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import { describe, expect, test } from 'vitest'
import { changesOf } from './config-diff.ts'
import { Counts } from './counts.ts'
import { Housekeeper } from './housekeeping.ts'
import { OwnEvents, type Told } from './own-events.ts'
import { reported, type StreamStatus } from './stream-status.ts'
import { healthOf } from './status.ts'

const hour = 3_600_000

/** A clock that stands until it is set on. */
class HandClock implements Clock {
  ms = Date.parse('2026-06-01T00:00:00Z')
  now = (): number => this.ms
  elapsed = (): number => this.ms
  sleep = (): Promise<void> => Promise.resolve()
}

describe('health', () => {
  test.for([
    [undefined, 'Connected'],
    [0, 'Retrying'],
    [2 * hour, 'Retrying'],
    [2 * hour + 1, 'Connection error'],
    [12 * hour, 'Connection error'],
    [12 * hour + 1, 'Disconnected'],
  ] as const)('failing for %s ms is %s', ([failing, wanted]) =>
    expect(healthOf(failing === undefined ? undefined : 1000, 1000 + (failing ?? 0))).toBe(wanted),
  )

  test('a stream fails since its first error, through restarts, until it is connected; being throttled is not failing', () => {
    const error = { code: 'x', message: 'm' }
    const first = reported(undefined, 's', { state: 'error', error }, 1000)
    expect(first).toMatchObject({ failingSinceMs: 1000 })
    const again = reported({ ...first, state: 'starting' }, 's', { state: 'parked', error }, 2000)
    expect(again).toMatchObject({ failingSinceMs: 1000, state: 'parked' })
    const good: StreamStatus = reported(again, 's', { state: 'connected', collectedToMs: 5 }, 3000)
    expect(good).toEqual({ stream: 's', state: 'connected', collectedToMs: 5, lastGoodMs: 3000 })
    expect(reported(good, 's', { state: 'throttled' }, 4000)).not.toHaveProperty('failingSinceMs')
  })
})

describe('housekeeping', () => {
  function keeper(heartbeat: number | undefined): { clock: HandClock; counts: Counts; told: Told[]; look: () => void } {
    const clock = new HandClock()
    const counts = new Counts()
    const told: Told[] = []
    const config = { heartbeat, sources: [{ name: 'graph', silentMs: 12 * hour }], targets: [] } as unknown as Config
    const housekeeper = new Housekeeper({
      clock,
      counts,
      config: () => config,
      deadLetters: () => 0,
      tell: (event) => told.push(event),
    })
    const look = (): void => {
      housekeeper.lookAtReceived()
      housekeeper.look()
    }
    look()
    return { clock, counts, told, look }
  }

  test('a heartbeat comes as often as it should, with what came since the last one', () => {
    const { clock, counts, told, look } = keeper(15 * 60_000)
    counts.lane('received', 'graph', 'xdr.alert', 7)
    counts.lane('received', 'siembridge', 'siembridge.event', 1)
    clock.ms += 14 * 60_000
    look()
    expect(told).toEqual([])
    clock.ms += 60_000
    look()
    look()
    expect(told).toMatchObject([{ action: 'heartbeat', details: { records: 7, seconds: 900 } }])
  })

  test('a source that brings nothing new is told once, and anew after it did', () => {
    const { clock, counts, told, look } = keeper(undefined)
    clock.ms += 12 * hour
    // What is known already is nothing new.
    counts.lane('received', 'graph', 'xdr.alert', 3)
    counts.lane('duplicate', 'graph', 'xdr.alert', 3)
    look()
    look()
    expect(told).toMatchObject([{ action: 'source-silent', details: { source: 'graph', hours: 12 } }])
    counts.lane('received', 'graph', 'xdr.alert', 1)
    look()
    clock.ms += 13 * hour
    look()
    expect(told).toHaveLength(2)
  })
})

describe('own events', () => {
  /** A lane that keeps what it is given. */
  class Kept implements Lane {
    readonly position = undefined
    readonly actions: string[] = []
    fails = false
    knows = (): boolean => false
    settled = (): Promise<void> => Promise.resolve()
    emit(records: Records = noRecords): Promise<void> {
      if (this.fails) return Promise.reject(new Error('the pipeline ends'))
      for (let at = 0; at < recordCount(records); at++) {
        const { siembridge } = JSON.parse(recordAt(records, at).toString()) as { siembridge: { action: string } }
        this.actions.push(siembridge.action)
      }
      return Promise.resolve()
    }
  }

  const event = (action: Told['action']): Told => ({ action, severity: 'low', message: 'm' })

  test('what is told before there is a lane, or while one ends, goes into the next one, in order', async () => {
    const own = new OwnEvents(new HandClock(), '0')
    own.tell(event('started'))
    const ending = new Kept()
    ending.fails = true
    own.attach(ending)
    own.tell(event('gap'))
    await own.detach()
    const lane = new Kept()
    own.attach(lane)
    own.tell(event('stopped'))
    await own.detach()
    expect(lane.actions).toEqual(['started', 'gap', 'stopped'])
  })

  test('what waits is bounded, and heartbeats go first', async () => {
    const own = new OwnEvents(new HandClock(), '0')
    own.tell(event('gap'))
    own.tell(event('heartbeat'))
    for (let i = 0; i < 9999; i++) own.tell(event('target-lost'))
    const lane = new Kept()
    own.attach(lane)
    await own.detach()
    expect(own.lost).toBe(1)
    expect(lane.actions).toHaveLength(10_000)
    expect(lane.actions[0]).toBe('gap')
    expect(lane.actions).not.toContain('heartbeat')
  })
})

test('changes are named, and their values are not', () => {
  const before = {
    state: '/a',
    tenants: { t: { client_secret: 'env:A' } },
    sources: [{ name: 's', written: 1 }],
    targets: [{ name: 'x' }],
    routes: [{ name: 'r' }],
  }
  const after = { ...before, tenants: { t: { client_secret: 'env:B' } }, targets: [{ name: 'y' }], heartbeat: 5 }
  expect(changesOf(before as unknown as Config, after as unknown as Config)).toEqual([
    'new heartbeat',
    'tenant t',
    'new target y',
    'no target x',
  ])
})
