import { SiembridgeError } from '@siembridge/core'
import { type Address, parseAddress } from './address.ts'
import type { TlsMaterial } from './connect.ts'

/** Where and how `openSender` sends lines. */
export interface SyslogOptions extends Address, TlsMaterial {
  readonly transport: 'udp' | 'tcp' | 'tls'
  /** How messages are told apart on a stream: a line feed behind each, or its length before it (RFC 6587). */
  readonly framing: 'lines' | 'octets'
}

/** `tcp://host:port`, also `udp` and `tls`. Octet counting is TLS's own framing (RFC 5425). Throws SiembridgeError. */
export function parseTarget(url: string, framing?: string): SyslogOptions {
  const address = parseAddress(url)
  if (typeof address === 'string') throw new SiembridgeError('UsageWrong', address)
  const { transport, host, port } = address
  if (transport === 'relp' || transport === 'relps')
    throw new SiembridgeError('UsageWrong', `"${url}": RELP is for \`siembridge run\`; write tcp, udp or tls`)
  if (framing !== undefined && framing !== 'lines' && framing !== 'octets')
    throw new SiembridgeError('UsageWrong', `"${framing}" is no framing; choose lines or octets`)
  return { transport, host, port, framing: framing ?? (transport === 'tls' ? 'octets' : 'lines') }
}
