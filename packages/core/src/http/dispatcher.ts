import * as tls from 'node:tls'
import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import type { HttpOptions } from './types.ts'

/** What Node.js trusts (its own list and NODE_EXTRA_CA_CERTS), what the system trusts, and what the options add. */
function trusted(ca: string | Buffer): (string | Buffer)[] {
  // Node 22 has the function from 22.15 on; before, importing it by its name would fail.
  const known = typeof tls.getCACertificates === 'function' ? ['default', 'system'] : []
  const listed = known.flatMap((store) => tls.getCACertificates(store as 'default' | 'system'))
  return [...new Set([...(listed.length > 0 ? listed : tls.rootCertificates), ca])]
}

/** One secure context for all connections: reading a hundred certificates costs milliseconds each time. */
const secureContext = ({ ca, clientCert }: HttpOptions) =>
  ca === undefined && clientCert === undefined
    ? undefined
    : tls.createSecureContext({ ...(ca !== undefined && { ca: trusted(ca) }), ...clientCert })

/** Connections by origin, through a proxy where one is told. */
export function createDispatcher(options: HttpOptions): Dispatcher {
  const connectTimeout = options.connectTimeoutMs ?? 10_000
  const context = secureContext(options)
  const connect = {
    timeout: connectTimeout,
    ...(context && { secureContext: context }),
    ...(options.verify === false && { rejectUnauthorized: false }),
  }
  return new EnvHttpProxyAgent({
    ...(options.proxy !== undefined && { httpProxy: options.proxy, httpsProxy: options.proxy }),
    ...(options.noProxy !== undefined && { noProxy: options.noProxy }),
    connections: options.connections ?? 16,
    headersTimeout: options.headersTimeoutMs ?? 60_000,
    bodyTimeout: options.bodyTimeoutMs ?? 30_000,
    connect,
    requestTls: connect,
    proxyTls: connect,
    // The proxy's own answer to CONNECT must come as fast as a connection.
    clientFactory: (origin, opts) => new Pool(origin, { ...opts, headersTimeout: connectTimeout }),
  })
}
