import { createServer } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { KeyPair } from './certificates.ts'

/** One accepted connection. `stream` is what the protocol reads and writes: past TLS, when there is TLS. */
export interface Connection {
  readonly number: number
  readonly stream: Duplex
  readonly socket: Socket
  /** Ends the connection with a TCP reset. */
  reset(this: void): void
}

/** TLS of a listener; with `clientAuthority`, a client has to show a certificate of it. */
export interface ListenerTls {
  readonly keys: KeyPair
  readonly clientAuthority?: string
}

export interface ListenerOptions {
  readonly port?: number
  readonly host?: string
  /** Asked anew for every connection, so that the certificate can change. */
  readonly tls?: () => ListenerTls
  /** Puts a stream between the socket and TLS. */
  readonly wrap?: (socket: Socket) => Duplex
  readonly onConnection: (connection: Connection) => void
}

/** A TCP or TLS server whose port can be closed and opened again. */
export class Listener {
  readonly #options: ListenerOptions
  readonly #open = new Set<Connection>()
  #server: Server | undefined
  #port: number
  #count = 0

  constructor(options: ListenerOptions) {
    this.#options = options
    this.#port = options.port ?? 0
  }

  get port(): number {
    return this.#port
  }

  get connections(): ReadonlySet<Connection> {
    return this.#open
  }

  /** Opens the port, the same one as before when it was open before. */
  async open(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, this.#options.host ?? '127.0.0.1', resolve)
    })
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
  }

  /** Closes the port and resets every connection: from then on connecting is refused. */
  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    for (const connection of this.#open) connection.reset()
    await closed
  }

  #accept(socket: Socket): void {
    socket.on('error', () => {})
    const lower = this.#options.wrap?.(socket) ?? socket
    lower.on('error', () => {})
    const number = ++this.#count
    const tls = this.#options.tls?.()
    const stream = tls ? secure(lower, tls, () => this.#hand(number, stream, socket)) : lower
    if (!tls) this.#hand(number, stream, socket)
  }

  #hand(number: number, stream: Duplex, socket: Socket): void {
    const connection = { number, stream, socket, reset: () => void (socket.destroyed || socket.resetAndDestroy()) }
    this.#open.add(connection)
    socket.once('close', () => {
      this.#open.delete(connection)
      stream.destroy()
    })
    this.#options.onConnection(connection)
  }
}

function secure(lower: Duplex, { keys, clientAuthority }: ListenerTls, onSecure: () => void): TLSSocket {
  const secureContext = createSecureContext({
    key: keys.privateKey,
    cert: keys.certificate,
    ...(clientAuthority === undefined ? {} : { ca: clientAuthority }),
  })
  const requestCert = clientAuthority !== undefined
  const socket = new TLSSocket(lower, { isServer: true, secureContext, requestCert })
  socket.on('error', () => lower.destroy())
  socket.once('secure', () => {
    if (clientAuthority === undefined || isIssuedBy(socket, clientAuthority)) onSecure()
    else lower.destroy()
  })
  return socket
}

/** A bare `TLSSocket` on the server's side leaves the judgement of the client's certificate to its owner. */
function isIssuedBy(socket: TLSSocket, authority: string): boolean {
  const shown = socket.getPeerCertificate(false)
  if (!shown.raw) return false
  const certificate = new X509Certificate(shown.raw)
  const root = new X509Certificate(authority)
  const isCurrent = Date.parse(certificate.validTo) > Date.now() && Date.parse(certificate.validFrom) <= Date.now()
  return isCurrent && certificate.checkIssued(root) && certificate.verify(root.publicKey)
}
