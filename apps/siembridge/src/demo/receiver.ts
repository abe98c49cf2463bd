import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { FrameDecoder } from '@siembridge/formats'

/** A syslog receiver on this machine that keeps the messages it got. */
export interface Receiver {
  readonly url: string
  readonly messages: readonly string[]
  /** Resolves when every sender has said good-bye. */
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const messages: string[] = []
  const server: Server = createServer((socket) => {
    const decoder = new FrameDecoder({ maxFrameBytes: 1 << 24 })
    const keep = (frames: readonly Buffer[]): void => void messages.push(...frames.map((f) => f.toString('utf8')))
    socket.on('data', (chunk) => keep(decoder.push(chunk)))
    socket.on('end', () => keep(decoder.end()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
