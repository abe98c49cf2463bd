import { describe, expect, it } from 'vitest'
import { DirectBuffer } from './direct-buffer.ts'

const frame = (records: number, bytes = 10) => ({
  lane: 'source/stream',
  tenant: '',
  before: 0,
  position: Buffer.alloc(0),
  records: Array.from({ length: records }, (_, at) => ({
    id: Buffer.alloc(16, at),
    type: 'entra.sign-in',
    timeMs: 0,
    change: 0 as const,
    bytes: Buffer.alloc(bytes, 'x'),
  })),
})

const state = async (promise: Promise<unknown>): Promise<string> =>
  Promise.race([
    promise.then(
      () => 'done',
      () => 'failed',
    ),
    new Promise<string>((resolve) => setImmediate(() => resolve('waits'))),
  ])

const bufferOf = (limitBytes = 1 << 20): DirectBuffer => new DirectBuffer({ targets: ['a', 'b'], from: 7, limitBytes })

describe('a buffer that keeps nothing', () => {
  it('lets a lane settle a batch when every target has all of it', async () => {
    const buffer = bufferOf()
    const { base, done } = buffer.append(frame(3))
    expect([base, buffer.end]).toEqual([7, 10])
    buffer.cursors.advance('a', 10)
    buffer.cursors.advance('b', 9)
    expect(await state(done)).toBe('waits')
    buffer.cursors.advance('b', 10)
    expect(await state(done)).toBe('done')
    expect(buffer.bytes).toBe(0)
  })

  it('counts a cursor as kept when lanes have settled everything before it', async () => {
    const buffer = bufferOf()
    const [first, second] = [buffer.append(frame(1)), buffer.append(frame(1))]
    for (const target of ['a', 'b']) buffer.cursors.advance(target, 9)
    const kept = buffer.keep()
    buffer.settled(second.base)
    expect([buffer.cursors.persisted('a'), buffer.behind(), await state(kept)]).toEqual([7, true, 'waits'])
    buffer.settled(first.base)
    expect([buffer.cursors.persisted('a'), buffer.behind(), await state(kept)]).toEqual([9, false, 'done'])
  })

  it('waits for nothing where a target stands in the middle of a batch', async () => {
    const buffer = bufferOf()
    buffer.append(frame(4))
    for (const target of ['a', 'b']) buffer.cursors.advance(target, 9)
    expect([buffer.behind(), await state(buffer.keep())]).toEqual([false, 'done'])
  })

  it('gives readers what no target has yet, from any record on', async () => {
    const buffer = bufferOf()
    buffer.append(frame(2))
    buffer.append(frame(2))
    const reader = buffer.reader()
    expect((await reader.at(8))?.base).toBe(7)
    expect((await reader.at(9))?.base).toBe(9)
    expect(await reader.at(11)).toBeUndefined()
    await reader.close()
  })

  it('is full at its limit, and has room again when targets have taken', async () => {
    const buffer = bufferOf(1000)
    buffer.append(frame(1, 2000))
    const { signal } = new AbortController()
    const room = buffer.room(signal)
    expect([buffer.full, await state(room), await state(buffer.room(signal, 5000))]).toEqual([true, 'waits', 'done'])
    for (const target of ['a', 'b']) buffer.cursors.advance(target, 8)
    expect([buffer.full, await state(room), await state(buffer.ample(signal))]).toEqual([false, 'done', 'done'])
  })

  it('fails what is not delivered at its end', async () => {
    const buffer = bufferOf()
    const { done } = buffer.append(frame(1))
    await buffer.close()
    expect([await state(done), await state(buffer.keep())]).toEqual(['failed', 'done'])
  })
})
