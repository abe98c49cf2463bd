import { SiembridgeError } from '@siembridge/core'

/** Where and how lines go. */
export interface SyslogOptions {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
  /** How messages are told apart on a stream: a line feed behind each, or its length before it (RFC 6587). */
  readonly framing: 'lines' | 'octets'
  /** PEM texts for TLS. Without `ca` the system's authorities are trusted. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

const defaultPorts = { udp: 514, tcp: 514, tls: 6514 } as const

/** `tcp://host:port`, also `udp` and `tls`. Octet counting is TLS's own framing (RFC 5425). Throws SiembridgeError. */
export function parseTarget(url: string, framing?: string): SyslogOptions {
  const found = /^(udp|tcp|tls):\/\/(\[[0-9A-Fa-f:.]+\]|[^/:?#\s]+)(?::(\d{1,5}))?\/?$/.exec(url)
  const [, transport, host, port] = found ?? []
  if (!transport || !host)
    throw new SiembridgeError(
      'UsageWrong',
      `"${url}" is no target; write tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT`,
    )
  const kind = transport as SyslogOptions['transport']
  const number = port === undefined ? defaultPorts[kind] : Number(port)
  if (number < 1 || number > 65535)
    throw new SiembridgeError('UsageWrong', `port ${number} of "${url}" is not between 1 and 65535`)
  if (framing !== undefined && framing !== 'lines' && framing !== 'octets')
    throw new SiembridgeError('UsageWrong', `"${framing}" is no framing; choose lines or octets`)
  return {
    transport: kind,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    framing: framing ?? (kind === 'tls' ? 'octets' : 'lines'),
  }
}
