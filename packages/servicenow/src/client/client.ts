import type { Clock, Secrets } from '@siembridge/core'
import { createHttp, type Http, type HttpAnswer, HttpFailure } from '@siembridge/core/http'
import type { ServiceNowOptions } from '../options.ts'
import { type Answer, readAnswer } from './answer.ts'
import { Authenticator, SignInFailed } from './auth.ts'
import { HourlyLimit } from './hourly-limit.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Below the instance, or a whole address of the same instance (next pages). */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Bytes to send as they are, and their type. */
  readonly bytes?: { readonly content: Buffer; readonly type: string }
  readonly headers?: Readonly<Record<string, string>>
}

type Options = Pick<
  ServiceNowOptions,
  'url' | 'auth' | 'ca' | 'cert' | 'key' | 'proxy' | 'timeout' | 'in_flight' | 'requests_per_hour'
>

/**
 * Requests to one instance. Never rejects: what went wrong is an answer. While ServiceNow told to wait, nothing is sent and the
 * answer says how long: a rate rule counts for the whole destination.
 */
export class Client {
  readonly options: Options
  private readonly secrets: Secrets
  private readonly clock: Clock
  private readonly authenticator: Authenticator
  private readonly limit: HourlyLimit
  private opened: Promise<Http> | undefined
  private pausedUntil = 0
  private pauseReason = ''
  private stopped = false
  /** Requests that were sent. */
  requests = 0

  constructor(options: Options, secrets: Secrets, clock: Clock) {
    this.options = options
    this.secrets = secrets
    this.clock = clock
    this.authenticator = new Authenticator(options.url, options.auth, secrets, clock)
    this.limit = new HourlyLimit(options.requests_per_hour, clock)
  }

  async call(call: Call, signal?: AbortSignal): Promise<Answer> {
    const first = await this.once(call, signal)
    // A token may have been withdrawn before its time: one with a new token tells.
    if (first.is !== 'configuration' || !first.reason.includes('401') || this.options.auth.method === 'basic')
      return first
    this.authenticator.forget()
    return this.once(call, signal)
  }

  /** From now on nothing is sent any more; what is under way gets its answer. */
  stop(): void {
    this.stopped = true
  }

  /** Ends the connections; secrets and certificates are read again at the next call. */
  async close(): Promise<void> {
    const opened = this.opened
    this.opened = undefined
    await opened?.then((http) => http.close()).catch(() => undefined)
  }

  private async once(call: Call, signal: AbortSignal | undefined): Promise<Answer> {
    if (this.stopped) return { is: 'later', reason: 'the agent stops', maybe: false }
    const waits = this.pausedUntil - this.clock.elapsed()
    if (waits > 0) return { is: 'later', reason: this.pauseReason, maybe: false, afterMs: waits }
    const limited = this.limit.take()
    if (limited > 0) return { is: 'later', reason: 'requests_per_hour is used up', maybe: false, afterMs: limited }
    let sent = false
    try {
      const http = await (this.opened ??= this.open())
      const headers = await this.authenticator.headers(http, this.options.timeout)
      sent = true
      this.requests++
      return this.judged(await this.send(http, headers, call, signal), call)
    } catch (error) {
      return this.failed(error as Error, call, sent, signal)
    }
  }

  private async send(http: Http, auth: Record<string, string>, call: Call, signal?: AbortSignal): Promise<HttpAnswer> {
    const { method, path, query, body, bytes, headers } = call
    const address = path.startsWith('http') ? path : this.options.url + path
    const search = query ? `?${new URLSearchParams(query).toString()}` : ''
    const content = bytes?.content ?? (body === undefined ? undefined : JSON.stringify(body))
    const type = bytes?.type ?? (body === undefined ? undefined : 'application/json')
    return http.request({
      method,
      url: address + search,
      headers: { accept: 'application/json', ...(type !== undefined && { 'content-type': type }), ...auth, ...headers },
      ...(content !== undefined && { body: content }),
      signal,
      deadlineMs: this.options.timeout,
    })
  }

  private judged({ status, headers, body }: HttpAnswer, { method, path }: Call): Answer {
    const write = method !== 'GET'
    const answer = readAnswer({ status, headers, text: body.toString('utf8') }, write, this.clock.now())
    if (answer.is === 'later' && answer.afterMs !== undefined) this.pause(answer.afterMs, answer.reason)
    if (answer.is === 'ok' && answer.next !== undefined && !this.isOwn(answer.next))
      return {
        is: 'configuration',
        reason: `ServiceNow's next page of ${path} is at another host`,
        help: 'Correct url, or the base URL of the instance (glide.servlet.uri).',
      }
    return answer
  }

  /** Credentials go to the configured instance alone. */
  private isOwn(address: string): boolean {
    return URL.parse(address)?.origin === new URL(this.options.url).origin
  }

  private pause(ms: number, reason: string): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.elapsed() + ms)
    this.pauseReason = reason
  }

  private failed(error: Error, { method }: Call, sent: boolean, signal: AbortSignal | undefined): Answer {
    const write = method !== 'GET'
    const reason = error.message.split('\n', 1)[0] ?? ''
    if (error instanceof SignInFailed && !error.passing) return { is: 'configuration', reason, help: error.help }
    if (signal?.aborted) return { is: 'later', reason: 'stopped', maybe: write && sent }
    const failure = error instanceof HttpFailure ? error : undefined
    if (!failure || failure.kind === 'tls') void this.close()
    if (failure?.kind === 'tls')
      return {
        is: 'configuration',
        reason,
        help: 'Correct ca, cert and key; the instance must take the client certificate.',
      }
    if (!failure && !(error instanceof SignInFailed))
      return { is: 'configuration', reason, help: helpOf(error) ?? 'Correct the secrets of the target.' }
    return { is: 'later', reason, maybe: write && sent && (failure?.maybeArrived ?? false) }
  }

  private async open(): Promise<Http> {
    const { ca, cert, key, proxy, timeout, in_flight: connections } = this.options
    try {
      const read = async (name?: string) => (name === undefined ? undefined : this.secrets.read(name))
      const [authority, certificate, privateKey] = await Promise.all([ca, cert, key].map(read))
      const clientCert =
        certificate !== undefined && privateKey !== undefined ? { cert: certificate, key: privateKey } : undefined
      return createHttp({ ca: authority, clientCert, proxy, headersTimeoutMs: timeout, connections: connections + 1 })
    } catch (error) {
      this.opened = undefined
      throw error
    }
  }
}

const helpOf = (error: Error): string | undefined =>
  error.message
    .split('\n')
    .map((line) => /^ *do: *(.*)$/.exec(line)?.[1])
    .find((line) => line !== undefined)
