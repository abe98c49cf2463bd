import { networkInterfaces } from 'node:os'
import { createHttp, type Http, type HttpAnswer, HttpFailure, type HttpRequest } from '@siembridge/core/http'
import type { ServerFacts } from './document.ts'

/** One object as splunkd lists it. */
export interface Listed {
  readonly name: string
  readonly content: Readonly<Record<string, unknown>>
}

/** An answer of splunkd that is a refusal. */
export class SplunkdRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'SplunkdRefusal'
    this.status = status
  }
}

export interface SplunkdRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Below the add-on's namespace, each part encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly signal?: AbortSignal
}

/**
 * Splunkd's certificate is its own, made at its installation; over the network it has to be one that is trusted. Where the
 * management port is bound to an address of this machine (SPLUNK_BINDIP), inputs are told that address.
 */
export function isThisMachine(uri: string): boolean {
  const host = (URL.parse(uri)?.hostname ?? '').replace(/^\[(.*)\]$/, '$1')
  if (/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host)) return true
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === host))
}

/** splunkd's REST interface in the namespace of one app, with the key that it started the input with (Splunk, REST API Reference). */
export class Splunkd {
  private readonly http: Http
  private readonly server: ServerFacts
  private readonly app: string

  constructor(server: ServerFacts, app: string) {
    this.server = server
    this.app = app
    this.http = createHttp({ noProxy: '*', verify: !isThisMachine(server.uri) })
  }

  /** Throws SplunkdRefusal, or what the network does. */
  async ask({ method = 'GET', path, query = {}, json, signal }: SplunkdRequest): Promise<unknown> {
    const { uri, sessionKey } = this.server
    const search = new URLSearchParams({ output_mode: 'json', ...query })
    const answer = await this.twice({
      method,
      url: `${uri}/servicesNS/nobody/${this.app}/${path}?${search.toString()}`,
      headers: {
        authorization: `Splunk ${sessionKey}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      deadlineMs: 30_000,
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    })
    const said = answer.body.toString('utf8')
    if (answer.status >= 400) throw new SplunkdRefusal(answer.status, `${answer.status} ${reasonOf(said)}`)
    return said === '' ? undefined : JSON.parse(said)
  }

  /** A connection that was kept may be closed by splunkd as it is used again; whatever is asked here may be asked twice. */
  private async twice(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.http.request(request)
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error
      return this.http.request(request)
    }
  }

  /** Objects below a path, all of them. */
  async list(path: string): Promise<readonly Listed[]> {
    const { entry = [] } = (await this.ask({ path, query: { count: '0' } })) as { entry?: readonly Listed[] }
    return entry
  }

  close(): Promise<void> {
    return this.http.close()
  }
}

function reasonOf(body: string): string {
  try {
    const { messages = [] } = JSON.parse(body) as { messages?: readonly { readonly text?: string }[] }
    return messages.map(({ text }) => text).join('; ')
  } catch {
    return body.slice(0, 200)
  }
}
