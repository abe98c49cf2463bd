import { createHttp, type Http, type HttpAnswer } from '@siembridge/core/http'
import type { TargetContext } from '@siembridge/core'
import { Cookies } from './cookies.ts'
import type { SplunkHecOptions } from './options.ts'

/** An answer with what the collector says in its body. */
export interface CollectorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly code?: number
  readonly text?: string
  readonly ackId?: number
  /** Place of the first bad event in the request. */
  readonly invalid?: number
  readonly acks?: Readonly<Record<string, boolean>>
}

/** Requests to one collector. Token and certificates are read before the first and again after `forget`. */
export class Collector {
  /** Of this run; acknowledgements are kept by channel. */
  readonly channel = crypto.randomUUID()
  private readonly context: Pick<TargetContext<SplunkHecOptions>, 'options' | 'secrets'>
  private readonly cookies = new Cookies()
  private client: Promise<{ http: Http; token: string }> | undefined

  constructor(context: Pick<TargetContext<SplunkHecOptions>, 'options' | 'secrets'>) {
    this.context = context
  }

  /** Rejects with `HttpFailure` for what the network does, with `SiembridgeError` where a secret is missing. */
  async post(path: string, body: Buffer | string, signal?: AbortSignal, gzipped = false): Promise<CollectorAnswer> {
    const { options } = this.context
    const { http, token } = await (this.client ??= this.opened())
    const cookie = this.cookies.header()
    const answer = await http.request({
      method: 'POST',
      url: urlOf(options.url, path),
      headers: {
        authorization: `Splunk ${token}`,
        'content-type': 'application/json',
        ...(gzipped && { 'content-encoding': 'gzip' }),
        ...(options.acknowledge && { 'x-splunk-request-channel': this.channel }),
        ...(cookie !== '' && { cookie }),
      },
      body,
      signal,
      deadlineMs: options.timeout,
    })
    this.cookies.take(answer.headers['set-cookie'])
    return read(answer)
  }

  async health(): Promise<CollectorAnswer> {
    const { http } = await (this.client ??= this.opened())
    const url = urlOf(this.context.options.url, 'health')
    return read(await http.request({ method: 'GET', url, deadlineMs: this.context.options.timeout }))
  }

  /** Token and certificates may have been mended: they are read anew before the next request. */
  forget(): void {
    const client = this.client
    this.client = undefined
    void client?.then(({ http }) => http.close()).catch(() => undefined)
  }

  private async opened(): Promise<{ http: Http; token: string }> {
    const { options, secrets } = this.context
    try {
      const optional = async (name?: string) => (name === undefined ? undefined : secrets.read(name))
      const token = await secrets.read(options.token)
      const [ca, cert, key] = await Promise.all([options.ca, options.cert, options.key].map(optional))
      const clientCert = cert !== undefined && key !== undefined ? { cert, key } : undefined
      const headersTimeoutMs = options.timeout
      return { http: createHttp({ ca, clientCert, proxy: options.proxy, headersTimeoutMs }), token }
    } catch (error) {
      this.client = undefined
      throw error
    }
  }
}

/** Address of one of the collector's services, wherever in the collector `url` points to. */
export function urlOf(url: string, path: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/services\/collector.*$|\/+$/, '')}/services/collector/${path}`
}

function read({ status, headers, body }: HttpAnswer): CollectorAnswer {
  const said = parsed(body)
  const number = (name: string): number | undefined => (typeof said[name] === 'number' ? said[name] : undefined)
  const [code, ackId, invalid] = [number('code'), number('ackId'), number('invalid-event-number')]
  return {
    status,
    headers,
    ...(code !== undefined && { code }),
    ...(typeof said['text'] === 'string' && { text: said['text'] }),
    ...(ackId !== undefined && { ackId }),
    ...(invalid !== undefined && { invalid }),
    ...(typeof said['acks'] === 'object' && said['acks'] && { acks: said['acks'] as Record<string, boolean> }),
  }
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
