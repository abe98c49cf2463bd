import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { SiembridgeError } from '@siembridge/core'
import { frameOctets } from '@siembridge/formats'
import type { SyslogOptions } from './options.ts'

/** A way to a receiver. */
export interface SyslogSender {
  /** Sends messages, one a line, each ended by a line feed. Resolves when the next may follow. Throws SiembridgeError. */
  send(lines: Buffer): Promise<void>
  /** Flushes and says good-bye. Throws SiembridgeError where the receiver went away before. */
  close(): Promise<void>
}

const connectTimeoutMs = 15_000

/** Connects. Throws SiembridgeError where it cannot. */
export async function openSender(options: SyslogOptions): Promise<SyslogSender> {
  return options.transport === 'udp' ? udpSender(options) : streamSender(options)
}

const nameOf = ({ transport, host, port }: SyslogOptions): string => `${transport}://${host.includes(':') ? `[${host}]` : host}:${port}`

async function streamSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = nameOf(options)
  const socket = await connected(options)
  let lost: Error | undefined
  socket.on('error', (error) => (lost ??= error))
  socket.on('close', () => (lost ??= new Error('closed by the receiver')))
  socket.on('end', () => (lost ??= new Error('closed by the receiver')))
  // A syslog receiver says nothing, but what it says must be read or its FIN is never seen.
  socket.resume()
  const check = (): void => {
    if (lost) throw new SiembridgeError('TargetLost', `${name} broke`, lost.message)
  }
  return {
    async send(lines) {
      check()
      const bytes = options.framing === 'octets' ? Buffer.concat(split(lines).map(frameOctets)) : Buffer.from(lines)
      if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
      check()
    },
    async close() {
      check()
      await new Promise<void>((resolve) => socket.end(resolve))
      if (!socket.destroyed) await Promise.race([once(socket, 'close'), delay(connectTimeoutMs)]).catch(() => undefined)
      if (lost && lost.message !== 'closed by the receiver') check()
      socket.destroy()
    },
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())

async function connected(options: SyslogOptions): Promise<Socket> {
  const { host, port, transport, ca, cert, key } = options
  const socket =
    transport === 'tls'
      ? connectTls({ host, port, ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }), ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
      : connectTcp({ host, port })
  socket.setTimeout(connectTimeoutMs, () => socket.destroy(new Error(`no answer within ${connectTimeoutMs / 1000} s`)))
  try {
    await once(socket, transport === 'tls' ? 'secureConnect' : 'connect')
  } catch (error) {
    throw unreachable(options, error as NodeJS.ErrnoException)
  }
  socket.setTimeout(0)
  socket.setNoDelay(true)
  return socket
}

/** What OpenSSL and Node say when it is the certificate and not the way. */
function unreachable(options: SyslogOptions, error: NodeJS.ErrnoException): SiembridgeError {
  const tls = options.transport === 'tls' && !/^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|AI_AGAIN|NOTFOUND)$/.test(error.code ?? '')
  const all = (error as AggregateError).errors?.map((e: Error) => e.message).join('; ')
  return new SiembridgeError(tls ? 'TlsRefused' : 'TargetUnreachable', nameOf(options), all || error.message)
}

/** Datagrams on their way at once: enough to keep the interface busy, too few to overrun the socket's buffer. */
const inFlight = 64

async function udpSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = nameOf(options)
  const socket = createSocket(options.host.includes(':') ? 'udp6' : 'udp4')
  let lost: Error | undefined
  socket.on('error', (error) => (lost ??= error))
  try {
    socket.connect(options.port, options.host)
    await once(socket, 'connect')
  } catch (error) {
    throw unreachable(options, error as NodeJS.ErrnoException)
  }
  return {
    async send(lines) {
      const messages = split(lines)
      for (let at = 0; at < messages.length; at += inFlight) {
        await Promise.all(messages.slice(at, at + inFlight).map((message) => datagram(socket, message))).catch((error: Error) => (lost ??= error))
        if (lost) throw new SiembridgeError('TargetLost', `${name} refuses datagrams`, lost.message)
      }
    },
    async close() {
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
  }
}

const datagram = (socket: ReturnType<typeof createSocket>, message: Buffer): Promise<void> =>
  new Promise((resolve, reject) => socket.send(message, (error) => (error ? reject(error) : resolve())))

function split(lines: Buffer): Buffer[] {
  const messages: Buffer[] = []
  let from = 0
  for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, from)) {
    if (at > from) messages.push(Buffer.from(lines.subarray(from, at)))
    from = at + 1
  }
  return messages
}
