import { SiembridgeError } from '@siembridge/core'
import type { SyslogOptions } from './options.ts'

/** As a person wrote it. */
export const targetName = ({ transport, host, port }: SyslogOptions): string =>
  `${transport}://${host.includes(':') ? `[${host}]` : host}:${port}`

/** What OpenSSL and Node say when it is the certificate and not the way. */
export function unreachable(options: SyslogOptions, error: NodeJS.ErrnoException): SiembridgeError {
  const tls =
    options.transport === 'tls' &&
    !/^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|AI_AGAIN|NOTFOUND)$/.test(error.code ?? '')
  const all =
    (error as AggregateError).errors?.map((e: Error) => e.message).join('; ') || (error as { reason?: string }).reason
  return new SiembridgeError(tls ? 'TlsRefused' : 'TargetUnreachable', targetName(options), all || error.message)
}

/** Messages of a buffer, one a line. */
export function messagesOf(lines: Buffer): Buffer[] {
  const messages: Buffer[] = []
  let from = 0
  for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, from)) {
    if (at > from) messages.push(Buffer.from(lines.subarray(from, at)))
    from = at + 1
  }
  return messages
}
