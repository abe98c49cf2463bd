import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { connect as connectTls, createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { SiembridgeError } from '@siembridge/core'
import { type Address, addressName, isEncrypted } from './address.ts'

/** PEM texts for TLS. Without `ca` the system's authorities are trusted. */
export interface TlsMaterial {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

export const connectTimeoutMs = 15_000
const ticketTimeoutMs = 1000

export const byReceiver = 'closed by the receiver'

/** Throws what OpenSSL says where a text is no certificate or key, or the key is not the certificate's. */
export const contextOf = ({ ca, cert, key }: TlsMaterial): SecureContext =>
  createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })

/**
 * Connects a stream, over TLS where the address says so, and waits until it stands. Throws SiembridgeError
 * `TargetUnreachable` or `TlsRefused`.
 */
export async function connect(address: Address, material: TlsMaterial): Promise<Socket> {
  const encrypted = isEncrypted(address)
  const socket = encrypted ? tlsSocket(address, contextOf(material)) : connectTcp(address)
  const late = Object.assign(new Error(`no answer within ${connectTimeoutMs / 1000} s`), { code: 'ETIMEDOUT' })
  socket.setTimeout(connectTimeoutMs, () => socket.destroy(late))
  try {
    await once(socket, encrypted ? 'secureConnect' : 'connect')
    if (socket instanceof TLSSocket) await accepted(socket)
  } catch (error) {
    socket.destroy()
    throw unreachable(address, error as NodeJS.ErrnoException)
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
  // The ticket is told from within OpenSSL's read. What is written there stays in its buffer until something else is sent.
  await turn()
}

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())

/** Begins a TLS session. `verify` false: the session stands whoever signed, for looking at the certificate. */
export const tlsSocket = ({ host, port }: Address, secureContext: SecureContext, verify = true): TLSSocket =>
  connectTls({ host, port, secureContext, rejectUnauthorized: verify, ...(isIP(host) === 0 && { servername: host }) })

/** What OpenSSL and Node say when it is the certificate and not the way. */
export function unreachable(address: Address, error: NodeJS.ErrnoException): SiembridgeError {
  const ofTls = !/^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|AI_AGAIN|NOTFOUND)$/.test(error.code ?? '')
  const code = isEncrypted(address) && ofTls ? 'TlsRefused' : 'TargetUnreachable'
  return new SiembridgeError(code, addressName(address), textOf(error))
}

/** A failure to connect to several addresses of a name says nothing itself. */
export const textOf = (error: NodeJS.ErrnoException): string =>
  (error as AggregateError).errors?.map((e: Error) => e.message).join('; ') ||
  (error as { reason?: string }).reason ||
  error.message
