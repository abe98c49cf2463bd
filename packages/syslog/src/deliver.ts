import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { SiembridgeError } from '@siembridge/core'
import { frameOctets } from '@siembridge/formats'
import type { SyslogOptions } from './options.ts'
import type { SyslogSender } from './sender.ts'
import { messagesOf, targetName, unreachable } from './target.ts'
import { udpSender } from './udp.ts'

const connectTimeoutMs = 15_000
const ticketTimeoutMs = 1000

/** Connects. Throws SiembridgeError where it cannot. */
export async function openSender(options: SyslogOptions): Promise<SyslogSender> {
  return options.transport === 'udp' ? udpSender(options) : streamSender(options)
}

const byReceiver = 'closed by the receiver'

async function streamSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = targetName(options)
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
      const bytes =
        options.framing === 'octets' ? Buffer.concat(messagesOf(lines).map(frameOctets)) : Buffer.from(lines)
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
