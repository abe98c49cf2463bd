import { type ErrorName, SiembridgeError } from '../errors.ts'

/** How an exchange failed. `reset`: the connection broke; `truncated`: it broke within the answer's body. */
export type FailureKind = 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'proxy' | 'truncated' | 'too-large'

const rows: Readonly<Record<FailureKind, ErrorName>> = {
  timeout: 'AnswerLate',
  reset: 'ConnectionBroken',
  refused: 'ConnectionRefused',
  dns: 'HostUnknown',
  tls: 'TlsUntrusted',
  proxy: 'ProxyRefused',
  truncated: 'AnswerTruncated',
  'too-large': 'AnswerTooLarge',
}

/** No answer, or not a whole one. `cause` is what the system said. */
export class HttpFailure extends SiembridgeError {
  readonly kind: FailureKind
  /** Whether the request may have reached the other side: false where no connection came about. */
  readonly maybeArrived: boolean
  constructor(kind: FailureKind, url: string, maybeArrived: boolean, cause: unknown) {
    super(rows[kind], originOf(url), textOf(cause))
    this.name = 'HttpFailure'
    this.kind = kind
    this.maybeArrived = maybeArrived
    this.cause = cause
  }
}

/** Paths and queries may hold secrets: an error names the origin alone. */
const originOf = (url: string): string => URL.parse(url)?.origin ?? 'an address that is no URL'

const textOf = (cause: unknown): string => {
  const { code, message } = cause as { code?: unknown; message?: unknown }
  return [code, message].filter((part) => typeof part === 'string' && part !== '').join(' ') || String(cause)
}

const kinds: readonly (readonly [FailureKind, RegExp])[] = [
  ['dns', /^(ENOTFOUND|EAI_)/],
  ['refused', /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/],
  ['timeout', /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)/],
  ['proxy', /^UND_ERR_PRX/],
  ['tls', /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|CRL_|DEPTH_|SELF_SIGNED|UNABLE_TO|HOSTNAME_|INVALID_|PATH_LENGTH)/],
  ['truncated', /^(UND_ERR_RES_CONTENT_LENGTH|Z_|HPE_)/],
]

/** What kind of failure an error of undici, TLS, DNS or zlib is. `answered`: headers of the answer were there. */
export function kindOf(error: unknown, answered: boolean): FailureKind {
  const { code, message, errors } = error as { code?: unknown; message?: unknown; errors?: unknown }
  // Both address families failed: an AggregateError whose members say why.
  if (Array.isArray(errors) && errors.length > 0) return kindOf(errors[0], answered)
  if (/^Proxy (response|Authentication)/.test(String(message))) return 'proxy'
  const found = kinds.find(([, codes]) => codes.test(String(code)))?.[0]
  return found ?? (answered ? 'truncated' : 'reset')
}
