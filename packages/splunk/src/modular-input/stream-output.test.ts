import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Delivery, Parcel, Receipt } from '@siembridge/core'
import { systemClock } from '@siembridge/core'
import { unblocked } from '@siembridge/core/target'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StreamOutput, unreadBytes } from './stream-output.ts'

const hasPipes = spawnSync('sh', ['-c', 'command -v mkfifo']).status === 0
const never = new AbortController().signal

/** A pipe whose reading end is read only when the test says so. */
class Pipe {
  private readonly folder = mkdtempSync(join(tmpdir(), 'siembridge-stream-'))
  private readonly reading: number
  readonly writing: number

  constructor() {
    const path = join(this.folder, 'pipe')
    spawnSync('sh', ['-c', 'mkfifo "$1"', 'sh', path])
    this.reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    this.writing = openSync(path, constants.O_WRONLY)
  }

  read(): string {
    const bytes = Buffer.alloc(1 << 20)
    try {
      return bytes.toString('utf8', 0, readSync(this.reading, bytes))
    } catch {
      return ''
    }
  }

  /** Reads until something is true. */
  async readUntil(is: () => boolean): Promise<string> {
    let said = ''
    for (let times = 0; !is() && times < 2000; times++) {
      said += this.read()
      await sleep(1)
    }
    return said + this.read()
  }

  leave(): void {
    closeSync(this.reading)
  }

  [Symbol.dispose](): void {
    closeSync(this.writing)
    rmSync(this.folder, { recursive: true })
  }
}

const parcelOf = (text: string): Parcel => ({
  body: Buffer.from(`${text}\n`),
  ends: Uint32Array.of(Buffer.byteLength(text) + 1),
  attempt: 0,
})

describe.skipIf(!hasPipes)(`the stream of events${hasPipes ? '' : ' (needs mkfifo)'}`, () => {
  let pipe: Pipe
  let elapsed = 0
  let broken: string[] = []
  let delivery: Delivery
  let output: StreamOutput
  const answers: Receipt[] = []
  // Waiting is real, so that the other end can read; seconds pass when the test says so.
  const clock: Clock = { ...systemClock, elapsed: () => elapsed, sleep: (_, signal) => systemClock.sleep(1, signal) }
  const open = (closeMs = 4000): void => {
    const onBroken = (reason: string): void => void broken.push(reason)
    output = new StreamOutput({ clock, descriptor: unblocked(pipe.writing), closeMs, onBroken })
    delivery = output.delivery()
  }
  const deliver = (text: string): void =>
    void delivery.deliver(parcelOf(text), never).then((receipt) => answers.push(receipt))

  beforeEach(() => {
    pipe = new Pipe()
    elapsed = 0
    broken = []
    answers.length = 0
    open()
  })
  afterEach(() => pipe[Symbol.dispose]())

  test('begins with its root, holds parcels in order, and ends with its root', async () => {
    deliver('<event>1</event>')
    deliver('<event>2</event>')
    let closed = false
    void output.close().then(() => (closed = true))
    const said = await pipe.readUntil(() => closed)
    expect(said.trim()).toBe('<stream>\n<event>1</event>\n<event>2</event>\n</stream>')
    expect(answers).toEqual([{ all: 'delivered' }, { all: 'delivered' }])
  })

  test('an event is delivered when seconds and white space of two pipes have followed it, not before', async () => {
    deliver('<event>1</event>')
    await pipe.readUntil(() => times() > 50)
    expect(answers).toEqual([])
    elapsed = 5001
    const said = await pipe.readUntil(() => answers.length > 0)
    expect(answers).toEqual([{ all: 'delivered' }])
    expect(said.length).toBeGreaterThanOrEqual(unreadBytes)
    expect(said.trim()).toBe('')
  })

  test('what nobody reads is never delivered, however long it takes', async () => {
    deliver('<event>1</event>')
    await turn()
    for (elapsed = 5001; elapsed < 3_600_000; elapsed += 100_000) await sleep(2)
    expect(answers).toEqual([])
    await pipe.readUntil(() => answers.length > 0)
    expect(answers).toEqual([{ all: 'delivered' }])
  })

  test('events that follow do as well as white space, once seconds have passed', async () => {
    const large = `<event>${'x'.repeat(60_000)}</event>`
    for (let at = 0; at < 4; at++) deliver(large)
    await pipe.readUntil(() => times() > 100)
    expect(answers).toEqual([])
    elapsed = 5001
    await pipe.readUntil(() => answers.length >= 4)
    expect(answers.map(({ all }) => all)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
  })

  test('an end that nobody reads to leaves events undelivered, and takes no longer than it may', async () => {
    open(50)
    deliver('<event>1</event>')
    await output.close()
    expect(answers).toMatchObject([{ all: 'retry', reason: 'splunkd did not take what was written in time' }])
    expect(broken).toEqual([])
  })

  test('a reader that goes away is told of once, and nothing is delivered any more', async () => {
    deliver('<event>1</event>')
    await sleep(20)
    pipe.leave()
    deliver('<event>2</event>')
    await sleep(50)
    expect(answers.map(({ all }) => all)).toEqual(['retry', 'retry'])
    expect(broken).toEqual(['splunkd no longer reads standard output (EPIPE)'])
    expect((await delivery.deliver(parcelOf('<event>3</event>'), never)).all).toBe('retry')
    await output.close()
  })

  let count = 0
  const times = (): number => ++count
  beforeEach(() => {
    count = 0
  })
})
