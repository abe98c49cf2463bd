import type { Answer, OfficeTransport, Wait } from '@siembridge/azure'
import { SiembridgeError } from '@siembridge/core'
import type { ServerTime } from '../common/server-time.ts'
import { feedProblem } from './problem.ts'

/** One entry of a listing. */
export interface Content {
  readonly contentId: string
  readonly contentUri: string
  /** When it became available; not when anything in it happened. */
  readonly contentCreated: string
  readonly contentExpiration?: string
}

export interface FeedOptions {
  readonly office: OfficeTransport
  /** As the API spells it. */
  readonly type: string
  readonly publisher: string
  /** For sentences of errors. */
  readonly subject: string
  readonly time: ServerTime
  readonly signal: AbortSignal
  readonly onWait: (wait: Wait) => void
}

/** `YYYY-MM-DDTHH:MM:SS`, the only form with seconds that the API takes; UTC. */
const seconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19)

/** The Management Activity API for one content type. */
export class Feed {
  readonly #options: FeedOptions
  constructor(options: FeedOptions) {
    this.#options = options
  }

  /** Whether a subscription is there and enabled. */
  async enabled(): Promise<boolean> {
    const { office, type } = this.#options
    const { json } = await this.#request('GET', `${office.feed}/subscriptions/list`)
    const list = Array.isArray(json) ? (json as { contentType?: string; status?: string }[]) : []
    const own = list.find(({ contentType }) => contentType?.toLowerCase() === type.toLowerCase())
    // The status is not always there.
    return own !== undefined && own.status?.toLowerCase() !== 'disabled'
  }

  async start(): Promise<void> {
    const { office, type } = this.#options
    await this.#request('POST', `${office.feed}/subscriptions/start?contentType=${encodeURIComponent(type)}`)
  }

  /** Pages of a listing. Bounds in milliseconds since 1970, at most 24 hours apart; whole seconds around them are asked for. */
  async *list(fromMs: number, toMs: number): AsyncGenerator<readonly Content[]> {
    const { office, type, subject } = this.#options
    const [from, to] = [Math.floor(fromMs / 1000) * 1000, Math.ceil(toMs / 1000) * 1000]
    let next: string | undefined =
      `${office.feed}/subscriptions/content?contentType=${encodeURIComponent(type)}&startTime=${seconds(from)}&endTime=${seconds(to)}`
    const seen = new Set<string>()
    while (next !== undefined) {
      seen.add(next)
      const { json, headers }: Answer = await this.#request('GET', next)
      if (!Array.isArray(json)) throw new SiembridgeError('PageUnreadable', subject)
      yield json as Content[]
      // The documents spell the header NextPageUri and NextPageUrl.
      next = headers['nextpageuri'] || headers['nextpageurl'] || undefined
      if (next !== undefined && seen.has(next)) throw new SiembridgeError('NextLinkLoop', subject)
    }
  }

  /** A blob. Rejects with a `FeedProblem` whose action is `gone` where it is lost. */
  async blob({ contentUri }: Content): Promise<{ bytes: Buffer; json: readonly unknown[] }> {
    const { body, json } = await this.#request('GET', contentUri)
    if (!Array.isArray(json)) throw new SiembridgeError('PageUnreadable', this.#options.subject)
    return { bytes: body, json }
  }

  async #request(method: 'GET' | 'POST', url: string): Promise<Answer> {
    const { office, subject, time, signal, onWait } = this.#options
    if (URL.parse(url)?.origin !== office.origin)
      throw new SiembridgeError('ContentForeign', subject, URL.parse(url)?.host)
    const answer = await office.request({ method, url: this.#published(url), signal, onWait })
    const dateMs = Date.parse(answer.headers['date'] ?? '')
    time.see(Number.isNaN(dateMs) ? undefined : dateMs)
    if (answer.status >= 300) throw feedProblem(answer, subject)
    return answer
  }

  /** Requests without PublisherIdentifier share the quota of all who leave it out. The rest of the address stays as it is. */
  #published(url: string): string {
    if (/[?&]PublisherIdentifier=/i.test(url)) return url
    return `${url}${url.includes('?') ? '&' : '?'}PublisherIdentifier=${this.#options.publisher}`
  }
}
