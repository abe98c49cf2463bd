import { once } from 'node:events'
import { SiembridgeError } from '@siembridge/core'
import { frameOctets } from '@siembridge/formats'
import { addressName } from './address.ts'
import { byReceiver, connect, connectTimeoutMs, contextOf, delay } from './connect.ts'
import type { SyslogOptions } from './convert-options.ts'
import { messagesOf } from './messages.ts'
import type { SyslogSender } from './sender.ts'
import { udpSender } from './udp-sender.ts'

/** Connects. Throws SiembridgeError where it cannot. */
export async function openSender(options: SyslogOptions): Promise<SyslogSender> {
  if (options.transport === 'udp') return udpSender(options)
  if (options.transport === 'tls') usable(options)
  return streamSender(options)
}

function usable(options: SyslogOptions): void {
  try {
    contextOf(options)
  } catch (error) {
    throw new SiembridgeError(
      'UsageWrong',
      `what --ca, --cert or --key holds cannot be used: ${(error as Error).message}`,
    )
  }
}

async function streamSender(options: SyslogOptions): Promise<SyslogSender> {
  const name = addressName(options)
  const socket = await connect(options, options)
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
