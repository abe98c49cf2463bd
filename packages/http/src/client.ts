import type { Secrets } from '@siembridge/core'
import { createHttp, type Http, type HttpAnswer } from '@siembridge/core/http'
import type { HttpTargetOptions } from './options.ts'

const reference = /^(env|file|keyvault|splunk):/

/** Requests to one address. Secrets are read before the first and again after `forget`. */
export class Client {
  private readonly options: HttpTargetOptions
  private readonly secrets: Secrets
  private opened: Promise<{ http: Http; headers: Record<string, string> }> | undefined

  constructor(options: HttpTargetOptions, secrets: Secrets) {
    this.options = options
    this.secrets = secrets
  }

  /** Rejects with `HttpFailure` for what the network does, with `SiembridgeError` where a secret is missing. */
  async send(body: Buffer, gzipped: boolean, signal: AbortSignal): Promise<HttpAnswer> {
    const { method, url, timeout, body: form } = this.options
    const { http, headers } = await (this.opened ??= this.open())
    const type = form === 'array' ? 'application/json' : 'application/x-ndjson'
    const own = { 'content-type': type, ...(gzipped && { 'content-encoding': 'gzip' }), ...headers }
    return http.request({ method, url, headers: own, body, signal, deadlineMs: timeout })
  }

  /** Asks without sending anything: whatever the answer is, something answers. */
  async probe(): Promise<HttpAnswer> {
    const { http, headers } = await (this.opened ??= this.open())
    return http.request({ method: 'HEAD', url: this.options.url, headers, deadlineMs: this.options.timeout })
  }

  forget(): void {
    const opened = this.opened
    this.opened = undefined
    void opened?.then(({ http }) => http.close()).catch(() => undefined)
  }

  private async open(): Promise<{ http: Http; headers: Record<string, string> }> {
    const { options } = this
    try {
      const read = async (name?: string) => (name === undefined ? undefined : this.secrets.read(name))
      const [ca, cert, key] = await Promise.all([options.ca, options.cert, options.key].map(read))
      const clientCert = cert !== undefined && key !== undefined ? { cert, key } : undefined
      const headers = { ...(await this.authorization()), ...(await this.extra()) }
      return { http: createHttp({ ca, clientCert, proxy: options.proxy, headersTimeoutMs: options.timeout }), headers }
    } catch (error) {
      this.opened = undefined
      throw error
    }
  }

  private async authorization(): Promise<Record<string, string>> {
    const { bearer, basic } = this.options
    if (bearer !== undefined) return { authorization: `Bearer ${await this.secrets.read(bearer)}` }
    if (basic === undefined) return {}
    const pair = `${basic.user}:${await this.secrets.read(basic.password)}`
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  }

  private async extra(): Promise<Record<string, string>> {
    const pairs = Object.entries(this.options.headers).map(
      async ([name, value]) =>
        [name.toLowerCase(), reference.test(value) ? await this.secrets.read(value) : value] as const,
    )
    return Object.fromEntries(await Promise.all(pairs))
  }
}
