/** How bytes get to a receiver. `relp` and `relps` answer each message (librelp), the others answer nothing. */
export type Transport = 'udp' | 'tcp' | 'tls' | 'relp' | 'relps'

export interface Address {
  readonly transport: Transport
  /** Name or address, an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
}

/**
 * Syslog over UDP and plain TCP: 514 (RFC 5426, RFC 6587), over TLS: 6514 (RFC 5425). IANA knows no port of RELP: 2514 is
 * what rsyslog's documentation of imrelp listens on.
 */
const defaultPorts: Readonly<Record<Transport, number>> = { udp: 514, tcp: 514, tls: 6514, relp: 2514, relps: 2514 }

const form = /^(udp|tcp|tls|relps?):\/\/(\[[0-9A-Fa-f:.]+\]|[^/:?#\s]+)(?::(\d{1,5}))?\/?$/

/** Reads `tcp://host:port`; answers what is wrong with it where it is none. */
export function parseAddress(url: string): Address | string {
  const [, transport, host, port] = form.exec(url) ?? []
  if (!transport || !host) return `"${url}" is no target; write tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT`
  const number = port === undefined ? defaultPorts[transport as Transport] : Number(port)
  if (number < 1 || number > 65535) return `port ${number} of "${url}" is not between 1 and 65535`
  return { transport: transport as Transport, host: host.replace(/^\[|\]$/g, ''), port: number }
}

/** As a person wrote it. */
export const addressName = ({ transport, host, port }: Address): string =>
  `${transport}://${host.includes(':') ? `[${host}]` : host}:${port}`

export const isEncrypted = ({ transport }: Address): boolean => transport === 'tls' || transport === 'relps'
