import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { SiembridgeError } from '@siembridge/core'
import { frameOctets } from '@siembridge/formats'
import type { SyslogOptions } from './options.ts'

/** A way to a receiver. */
export interface SyslogSender {
  /** Sends messages, one a line, each ended by a line feed. Resolves when the next may follow. Throws SiembridgeError. */
  send(lines: Buffer): Promise<void>
  /** Flushes and says good-bye. Throws SiembridgeError where the receiver went away before. */
  close(): Promise<void>
  /** Ends without waiting for anything. */
  abort(): void
  /** Messages that were left out because no datagram can hold them. */
  readonly leftOut: number
}

const connectTimeoutMs = 15_000
const ticketTimeoutMs = 1000

/** Connects. Throws SiembridgeError where it cannot. */
export async function openSender(options: SyslogOptions): Promise<SyslogSender> {
  return options.transport === 'udp' ? udpSender(options) : streamSender(options)
}

const nameOf = ({ transport, host, port }: SyslogOptions): string =>
  `${transport}://${host.includes(':') ? `[${host}]` : host}:${port}`

const byReceiver = 'closed by the receiver'

async function streamSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = nameOf(options)
  const socket = await connected(options)
  let lost: Error | undefined
  socket.on('error', (error) => (lost ??= error))
  socket.on('close', () => (lost ??= new Error(byReceiver)))
  socket.on('end', () => (lost ??= new Error(byReceiver)))
  // A syslog receiver says nothing, but what it says must be read or its FIN is never seen.
  socket.resume()
  const check = (): void => {
    if (!lost) return
    socket.destroy()
    throw new SiembridgeError('TargetLost', `${name} broke`, lost.message)
  }
  return {
    leftOut: 0,
    async send(lines) {
      check()
      const bytes = options.framing === 'octets' ? Buffer.concat(split(lines).map(frameOctets)) : Buffer.from(lines)
      if (!socket.write(bytes))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
      check()
    },
    async close() {
      check()
      await new Promise<void>((resolve) => socket.end(resolve))
      if (!socket.destroyed) await Promise.race([once(socket, 'close'), delay(connectTimeoutMs)]).catch(() => undefined)
      if (lost && lost.message !== byReceiver) check()
      socket.destroy()
    },
    abort: () => void socket.destroy(),
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())

async function connected(options: SyslogOptions): Promise<Socket> {
  const socket =
    options.transport === 'tls' ? tlsSocket(options) : connectTcp({ host: options.host, port: options.port })
  const late = Object.assign(new Error(`no answer within ${connectTimeoutMs / 1000} s`), { code: 'ETIMEDOUT' })
  socket.setTimeout(connectTimeoutMs, () => socket.destroy(late))
  try {
    await once(socket, options.transport === 'tls' ? 'secureConnect' : 'connect')
    if (socket instanceof TLSSocket) await accepted(socket)
  } catch (error) {
    throw unreachable(options, error as NodeJS.ErrnoException)
  }
  socket.setTimeout(0)
  socket.setNoDelay(true)
  return socket
}

/**
 * In TLS 1.3 the receiver judges a client certificate when the client has long been told that the session stands (RFC 8446
 * section 4.4.2.4). Its session ticket is the first sign that it is content; a receiver that gives none is waited for a moment.
 */
async function accepted(socket: TLSSocket): Promise<void> {
  if (socket.getProtocol() !== 'TLSv1.3') return
  const gone = once(socket, 'end').then(() => Promise.reject(new Error(byReceiver)))
  const signs = [once(socket, 'session'), gone, delay(ticketTimeoutMs)]
  for (const sign of signs) sign.catch(() => undefined)
  await Promise.race(signs)
}

function tlsSocket({ host, port, ca, cert, key }: SyslogOptions): Socket {
  try {
    return connectTls({
      host,
      port,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
    })
  } catch (error) {
    throw new SiembridgeError(
      'UsageWrong',
      `what --ca, --cert or --key holds cannot be used: ${(error as Error).message}`,
    )
  }
}

/** What OpenSSL and Node say when it is the certificate and not the way. */
function unreachable(options: SyslogOptions, error: NodeJS.ErrnoException): SiembridgeError {
  const tls =
    options.transport === 'tls' &&
    !/^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|AI_AGAIN|NOTFOUND)$/.test(error.code ?? '')
  const all =
    (error as AggregateError).errors?.map((e: Error) => e.message).join('; ') || (error as { reason?: string }).reason
  return new SiembridgeError(tls ? 'TlsRefused' : 'TargetUnreachable', nameOf(options), all || error.message)
}

/** Datagrams on their way at once: enough to keep the interface busy, too few to overrun the socket's buffer. */
const inFlight = 64

async function udpSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = nameOf(options)
  const socket = createSocket(options.host.includes(':') ? 'udp6' : 'udp4')
  let lost: Error | undefined
  let leftOut = 0
  socket.on('error', (error) => (lost ??= error))
  try {
    socket.connect(options.port, options.host)
    await once(socket, 'connect')
  } catch (error) {
    throw unreachable(options, error as NodeJS.ErrnoException)
  }
  const datagram = (message: Buffer): Promise<void> =>
    new Promise((resolve) =>
      socket.send(message, (error) => {
        if (error && 'code' in error && error.code === 'EMSGSIZE') leftOut++
        else if (error) lost ??= error
        resolve()
      }),
    )
  return {
    get leftOut() {
      return leftOut
    },
    async send(lines) {
      const messages = split(lines)
      for (let at = 0; at < messages.length; at += inFlight) {
        await Promise.all(messages.slice(at, at + inFlight).map(datagram))
        if (lost) throw new SiembridgeError('TargetLost', `${name} refuses datagrams`, lost.message)
      }
    },
    async close() {
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
    abort: () => void socket.close(),
  }
}

function split(lines: Buffer): Buffer[] {
  const messages: Buffer[] = []
  let from = 0
  for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, from)) {
    if (at > from) messages.push(Buffer.from(lines.subarray(from, at)))
    from = at + 1
  }
  return messages
}
