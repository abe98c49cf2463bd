import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** A receiver that keeps the bytes it got. */
export interface Receiver extends AsyncDisposable {
  readonly port: number
  /** Of a stream all bytes one after the other; of UDP one entry a datagram. */
  readonly chunks: readonly Buffer[]
  /** Resolves when every sender has gone. */
  closed(): Promise<void>
}

export interface StreamOptions {
  readonly host?: string
  readonly tls?: TlsOptions
  /** What a connection does in place of reading everything. */
  readonly onConnection?: (socket: Socket, chunks: Buffer[]) => void
}

export async function streamReceiver({
  host = '127.0.0.1',
  tls,
  onConnection = readAll,
}: StreamOptions = {}): Promise<Receiver> {
  const chunks: Buffer[] = []
  const handle = (socket: Socket): void => {
    socket.on('error', () => undefined)
    onConnection(socket, chunks)
  }
  const server: Server = tls ? createTlsServer(tls, handle) : createServer(handle)
  server.on('tlsClientError', () => undefined)
  server.listen(0, host)
  await once(server, 'listening')
  const closed = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    chunks,
    closed,
    [Symbol.asyncDispose]: async () => void (server.listening && server.close()),
  }
}

function readAll(socket: Socket, chunks: Buffer[]): void {
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
}

/** Reads 64 KB, rests, and reads on. */
export function readSlowly(socket: Socket, chunks: Buffer[]): void {
  let since = 0
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    since += chunk.length
    if (since < 65_536) return
    since = 0
    socket.pause()
    setTimeout(() => socket.resume(), 5)
  })
}

export async function udpReceiver(): Promise<Receiver & { arrived(count: number): Promise<void> }> {
  const chunks: Buffer[] = []
  const socket = createSocket({ type: 'udp4', recvBufferSize: 8 << 20 })
  socket.on('message', (message) => chunks.push(message))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const closed = (): Promise<void> => new Promise((resolve) => socket.close(() => resolve()))
  return {
    port: socket.address().port,
    chunks,
    closed,
    async arrived(count) {
      while (chunks.length < count) await once(socket, 'message')
    },
    [Symbol.asyncDispose]: closed,
  }
}

/** A port of this machine where nothing listens. */
export async function freePort(): Promise<number> {
  const receiver = await streamReceiver()
  await receiver.closed()
  return receiver.port
}
