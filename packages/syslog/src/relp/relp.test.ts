import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listOf, contextFor, deliverAll, never, open, parcelOf } from '../../testing/context.ts'
import { Receiver } from '../../testing/receiver.ts'
import { relpServer } from '../../testing/relp-server.ts'
import { syslogTarget } from '../index.ts'
import { lastTxnr, relpFrame, RelpReader } from './frames.ts'

const relp = (port: number, more: Record<string, unknown> = {}) => open({ url: `relp://127.0.0.1:${port}`, ...more })
const texts = (count: number): string[] => Array.from({ length: count }, (_, n) => `event ${n}`)

describe('frames', () => {
  test('are read however they are cut', () => {
    const frame = fc.record({
      txnr: fc.integer({ min: 0, max: lastTxnr }),
      command: fc.constantFrom('open', 'rsp', 'syslog', 'serverclose'),
      data: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    })
    fc.assert(
      fc.property(fc.array(frame), fc.integer({ min: 1, max: 50 }), (frames, chunk) => {
        const bytes = Buffer.concat(frames.map(({ txnr, command, data }) => relpFrame(txnr, command, data)))
        const reader = new RelpReader()
        const got = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
          reader.push(bytes.subarray(at * chunk, (at + 1) * chunk)),
        )
        expect(got.flat()).toEqual(frames)
      }),
    )
  })

  test.for(['HTTP/1.1 400 Bad Request\n', `${'9'.repeat(70)} rsp 0\n`, '1 rsp 2 okX'])('"%s" is none', (text) => {
    expect(() => new RelpReader().push(Buffer.from(text))).toThrow('no RELP')
  })
})

test('every event is acknowledged before its parcel is delivered, and close says good-bye', async () => {
  const got: string[] = []
  await using receiver = await Receiver.open((socket) => relpServer(socket, got))
  const delivery = await relp(receiver.port)
  const parcels = [texts(500), ['ä', '']]
  expect(await Promise.all(parcels.map((parcel) => delivery.deliver(parcelOf(parcel), never)))).toEqual([
    { all: 'delivered' },
    { all: 'delivered' },
  ])
  expect(got).toEqual(parcels.flat())
  const gone = once(receiver.sockets[0] as Socket, 'close')
  await delivery.close()
  await gone
})

test('no more than 128 messages are unanswered', async () => {
  const got: string[] = []
  await using receiver = await Receiver.open((socket) => relpServer(socket, got, () => undefined))
  const delivery = await relp(receiver.port, { stall_timeout: '10s' })
  const receipt = await delivery.deliver(parcelOf(texts(300)), never)
  expect(got).toHaveLength(128)
  expect(receipt).toMatchObject({ all: 'retry', reason: expect.stringMatching(/answered nothing for 10 s/) })
  await delivery.close()
})

test('what was answered before a break is delivered, the rest comes again', async () => {
  const got: string[] = []
  await using receiver = await Receiver.open((socket) =>
    relpServer(socket, got, (_, at) => {
      if (at === 9) setTimeout(() => socket.resetAndDestroy(), 50)
      return at < 9 ? '200 OK' : undefined
    }),
  )
  const delivery = await relp(receiver.port)
  const receipt = await delivery.deliver(parcelOf(texts(20)), never)
  expect(receipt).toMatchObject({ all: 'retry', afterMs: 0 })
  expect(receipt.except?.map(({ at, is }) => [at, is])).toEqual(Array.from({ length: 9 }, (_, at) => [at, 'delivered']))
  await delivery.close()
})

test('an event that the receiver refuses comes again, and goes to the dead letters in the end', async () => {
  await using receiver = await Receiver.open((socket) =>
    relpServer(socket, [], ({ data }) => (data.toString() === 'bad' ? '500 no' : '200 OK')),
  )
  const delivery = await relp(receiver.port)
  const bad = (attempt: number) => delivery.deliver(parcelOf(['a', 'bad'], attempt), never)
  expect(await bad(0)).toMatchObject({
    all: 'delivered',
    except: [{ at: 1, is: 'retry', reason: 'the receiver answered 500 no' }],
  })
  expect(await bad(8)).toMatchObject({ all: 'delivered', except: [{ at: 1, is: 'rejected' }] })
  await delivery.close()
})

test.for<[string, string]>([
  ['refuses the session', '1 rsp 6 500 no\n'],
  ['takes no syslog', '1 rsp 21 200 OK\ncommands=eventlog\n'],
  ['speaks no RELP', '220 mail.example ESMTP\n'],
])('a receiver that %s', async ([, answer]) => {
  await using receiver = await Receiver.open((socket) => void socket.once('data', () => socket.write(answer)))
  const delivery = await relp(receiver.port)
  expect(await delivery.deliver(parcelOf(['a']), never)).toMatchObject({
    all: 'retry',
    reason: expect.stringContaining('relp://'),
  })
  await delivery.close()
  const findings = await listOf(syslogTarget.check(contextFor({ url: `relp://127.0.0.1:${receiver.port}` })))
  expect(findings.at(-1)).toMatchObject({ is: 'bad' })
})

test('whatever breaks: every event arrives at least once and in order, and what counts as delivered arrived', async () => {
  const input = fc.tuple(
    fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 }),
    fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 4 }),
  )
  await fc.assert(
    fc.asyncProperty(input, async ([sizes, cuts]) => {
      const got: string[] = []
      let connections = 0
      await using receiver = await Receiver.open((socket) => {
        let left = cuts[connections++] ?? Infinity
        relpServer(socket, got, () => {
          if (left-- === 0) socket.resetAndDestroy()
          return left < 0 ? undefined : '200 OK'
        })
      })
      const delivery = await open({ url: `relp://127.0.0.1:${receiver.port}` }, 50)
      const parcels = sizes.map((size, n) => texts(size).map((text) => `${n} ${text}`))
      const onDelivered = (events: readonly string[]): void => {
        const seen = new Set(got)
        for (const event of events) expect(seen).toContain(event)
      }
      await deliverAll(delivery, parcels, onDelivered, (ms) => rest(ms / 50))
      await delivery.close()
      expect([...new Set(got)]).toEqual(parcels.flat())
    }),
    { numRuns: 20, endOnFailure: true },
  )
})
