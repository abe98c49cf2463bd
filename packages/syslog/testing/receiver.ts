import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** A receiver in this process whose connections do what a test wants. */
export class Receiver implements AsyncDisposable {
  /** Bytes of each connection, in the order in which they were opened. */
  readonly got: Buffer[][] = []
  readonly sockets: Socket[] = []
  private readonly server: Server

  private constructor(onConnection: (socket: Socket, got: Buffer[], at: number) => void, tls?: TlsOptions) {
    const handle = (socket: Socket): void => {
      const got: Buffer[] = []
      socket.on('error', () => undefined)
      this.sockets.push(socket)
      onConnection(socket, got, this.got.push(got) - 1)
    }
    this.server = tls ? createTlsServer(tls, handle) : createServer(handle)
    this.server.on('tlsClientError', () => undefined)
  }

  static async open(
    onConnection: (socket: Socket, got: Buffer[], at: number) => void = read,
    { port = 0, tls }: { port?: number; tls?: TlsOptions } = {},
  ): Promise<Receiver> {
    const receiver = new Receiver(onConnection, tls)
    receiver.server.listen(port, '127.0.0.1')
    await once(receiver.server, 'listening')
    return receiver
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** Lines of all connections, one after the other. */
  get lines(): string[] {
    return this.got.flatMap((chunks) => Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve))
  }
}

export function read(socket: Socket, got: Buffer[]): void {
  socket.on('data', (chunk: Buffer) => got.push(chunk))
}
