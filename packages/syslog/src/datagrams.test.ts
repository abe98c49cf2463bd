import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { never, open, parcelOf } from '../testing/context.ts'

async function receiver(): Promise<AsyncDisposable & { port: number; got: string[]; count(n: number): Promise<void> }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  const got: string[] = []
  socket.on('message', (message) => got.push(message.toString()))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const count = async (n: number): Promise<void> => {
    while (got.length < n) await once(socket, 'message')
  }
  const close = (): Promise<void> => new Promise((resolve) => socket.close(() => resolve()))
  return { port: socket.address().port, got, count, [Symbol.asyncDispose]: close }
}

test('one datagram an event, without its line feed', async () => {
  await using udp = await receiver()
  const delivery = await open({ url: `udp://127.0.0.1:${udp.port}` })
  const texts = Array.from({ length: 200 }, (_, n) => `event ${n}`)
  expect(await delivery.deliver(parcelOf(texts), never)).toEqual({ all: 'delivered', except: [] })
  await udp.count(200)
  await delivery.close()
  expect(udp.got).toEqual(texts)
})

test('what no datagram holds is rejected, the others arrive', async () => {
  await using udp = await receiver()
  const delivery = await open({ url: `udp://127.0.0.1:${udp.port}` })
  const receipt = await delivery.deliver(parcelOf(['a', 'x'.repeat(66_000), 'b']), never)
  expect(receipt).toEqual({
    all: 'delivered',
    except: [{ at: 1, is: 'rejected', reason: expect.stringContaining('EMSGSIZE') }],
  })
  await udp.count(2)
  expect(udp.got).toEqual(['a', 'b'])
  await delivery.close()
})

test('a machine that refuses is told, and events arrive when it does not any more', async () => {
  const { port } = await (async () => {
    await using udp = await receiver()
    return { port: udp.port }
  })()
  const delivery = await open({ url: `udp://127.0.0.1:${port}` })
  expect(await delivery.deliver(parcelOf(['a']), never)).toMatchObject({
    all: 'retry',
    reason: expect.stringContaining('ECONNREFUSED'),
  })
  await delivery.close()
})
