import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { SiembridgeError } from '@siembridge/core'
import { addressName } from './address.ts'
import { unreachable } from './connect.ts'
import type { SyslogOptions } from './convert-options.ts'
import { messagesOf } from './messages.ts'
import type { SyslogSender } from './sender.ts'

/** Datagrams on their way at once: enough to keep the interface busy, too few to overrun the socket's buffer. */
const inFlight = 64

export async function udpSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = addressName(options)
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
      const messages = messagesOf(lines)
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
