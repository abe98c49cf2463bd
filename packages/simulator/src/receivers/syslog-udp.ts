import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import type { Receiver, ReceiverContext } from './receiver.ts'

/** Syslog over UDP: one event per datagram (RFC 5426). The fault `never-answer` loses datagrams. */
export function syslogUdp(port: number | undefined, context: ReceiverContext): Receiver {
  let socket: Socket | undefined
  let bound = port ?? 0
  return {
    name: context.name,
    kind: 'udp',
    faults: context.faults,
    get port() {
      return bound
    },
    open: async () => {
      socket = createSocket('udp4')
      socket.on('message', (message) => {
        if (!context.faults.take('never-answer')) context.recorder.keep(context.name, 0, message)
      })
      await bind(socket, bound)
      bound = socket.address().port
    },
    close: async () => {
      const closing = socket
      socket = undefined
      await new Promise<void>((resolve) => (closing ? closing.close(resolve) : resolve()))
    },
  }
}

async function bind(socket: Socket, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', resolve)
  })
}
