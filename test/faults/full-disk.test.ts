import { type Delivery, recordsOf } from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import { Pipeline } from '@siembridge/core/pipeline'
import { expect, test } from 'vitest'
import { SimulatedDisk } from './support/simulated-disk.ts'
import { annotator, encoder, recordText, TestClock } from './support/world.ts'

const log = Object.assign(createLogger({ level: 'error', json: false }), { silent: true })
const delivery: Delivery = {
  inFlight: 1,
  maxBytes: 1000,
  maxEvents: 10,
  deliver: async () => ({ all: 'delivered', except: [{ at: 0, is: 'rejected', reason: 'on purpose' }] }),
  close: async () => undefined,
}

function open(disk: SimulatedDisk): Promise<Pipeline> {
  return Pipeline.open({
    disk,
    directory: '/state',
    clock: new TestClock(),
    log,
    annotator,
    routes: [
      { name: 'r0', updates: 'all', targets: [{ name: 't0', encoder, delivery, window: 4000 }], limitBytes: 1 << 30 },
    ],
    meter: { lane: () => undefined, target: () => undefined },
    tell: () => undefined,
  })
}

const batch = (from: number) => recordsOf([Buffer.from(recordText('a', from)), Buffer.from(recordText('a', from + 1))])
const full = Object.assign(new Error('ENOSPC: on purpose'), { code: 'ENOSPC' })

test('a stop ends in its time though the disk takes nothing, with batches open and a dead letter to write', async () => {
  const disk = new SimulatedDisk()
  const pipeline = await open(disk)
  pipeline.start()
  const lane = await pipeline.lane('s', { stream: 'a', windowMs: 0 }, new AbortController().signal)
  await lane.emit(batch(0), Buffer.from('2'))
  await lane.settled()
  disk.interfere = (operation) => (operation === 'write' || operation === 'open' ? full : undefined)
  for (const at of [2, 4, 6]) await lane.emit(batch(at), Buffer.from(String(at + 2)))
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('never ends'), 10_000).unref())
  expect(await Promise.race([pipeline.stop(200).then(() => 'stopped'), late])).toBe('stopped')
})

test('trouble of a lane that was sealed when the disk took nothing is over when it takes something again', async () => {
  const disk = new SimulatedDisk()
  const pipeline = await open(disk)
  pipeline.start()
  const lane = await pipeline.lane('s', { stream: 'a', windowMs: 0 }, new AbortController().signal)
  await lane.emit(batch(0), Buffer.from('2'))
  await lane.settled()
  disk.interfere = (operation) => (operation === 'write' ? full : undefined)
  while (pipeline.status.disk === undefined) await new Promise(setImmediate)
  disk.interfere = () => undefined
  for (let turn = 0; turn < 2000 && pipeline.status.disk !== undefined; turn++) await new Promise(setImmediate)
  expect(pipeline.status.disk).toBeUndefined()
  await pipeline.stop(1000)
})
