export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  readonly signal?: AbortSignal | undefined
  /** For the whole exchange, connecting and the last byte of the answer included, in milliseconds; 120 000 unless told. */
  readonly deadlineMs?: number
  /** Largest body of an answer, counted after decompression; 64 MiB unless told. */
  readonly maxBytes?: number
}

export interface HttpAnswer {
  /** Any status is an answer; redirects are not followed. */
  readonly status: number
  /** Names in lower case; a header that came several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** An answer whose body comes bit by bit. Leaving the loop over `body` gives the connection up. */
export interface HttpStream extends Omit<HttpAnswer, 'body'> {
  readonly body: AsyncIterable<Buffer>
}

/**
 * A client with kept-alive connections. Both calls reject with `HttpFailure` for what the network does, and with the signal's reason
 * when it is aborted.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpAnswer>
  open(request: HttpRequest): Promise<HttpStream>
  /** Ends the connections; calls under way are broken off. */
  close(): Promise<void>
}

export interface HttpOptions {
  /** `http://USER:PASSWORD@HOST:PORT`; without it HTTPS_PROXY and HTTP_PROXY of the environment are obeyed. */
  readonly proxy?: string | undefined
  /** Hosts that are reached directly, separated by commas; without it NO_PROXY of the environment. */
  readonly noProxy?: string | undefined
  /** Certificates in PEM that are trusted besides those that Node.js and the system trust. */
  readonly ca?: string | Buffer | undefined
  /** Client certificate and key in PEM. */
  readonly clientCert?:
    | { readonly cert: string | Buffer; readonly key: string | Buffer; readonly passphrase?: string }
    | undefined
  /** Milliseconds until a connection, TLS included, must stand; 10 000 unless told. */
  readonly connectTimeoutMs?: number
  /** Milliseconds until the headers of the answer must be there; 60 000 unless told. */
  readonly headersTimeoutMs?: number
  /** Longest pause within a body, in milliseconds; 30 000 unless told. */
  readonly bodyTimeoutMs?: number
  /** Connections to one origin at most; 16 unless told. */
  readonly connections?: number
  /** `false` takes any certificate. For tests against a receiver of one's own. */
  readonly verify?: boolean
}
