import type { Answer, OfficeAsk, OfficeTransport, Tenant, Tenants } from '@siembridge/azure'
import type { SourceContext } from '@siembridge/core'
import type { ContentName } from '../src/office/content-types.ts'
import { type OfficeOptions, officeOptions } from '../src/office/options.ts'
import { createOfficeSource } from '../src/office/source.ts'
import { TestAgent } from './agent.ts'
import type { TestClock } from './clock.ts'
import { tenantId, tenantsOf } from './stream.ts'

export interface ModelBlob {
  readonly id: string
  /** When it became available by its own word, and when it is really listed; milliseconds since 1970. */
  readonly createdMs: number
  readonly listedMs?: number
  readonly records: readonly object[]
  readonly host?: string
  readonly expiration?: string
}

const ok = (json: unknown, nowMs: number, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { date: new Date(nowMs).toUTCString(), ...headers },
  body: Buffer.from(JSON.stringify(json)),
  json,
})

/** An error of the API. */
export const refusal = (code: string, status = 400, message = 'told by the test'): Answer => {
  const json = { error: { code, message } }
  return { status, headers: {}, body: Buffer.from(JSON.stringify(json)), json }
}

/** The Management Activity API for one content type, without a network. */
export class ModelOffice implements OfficeTransport {
  readonly origin = 'https://manage.office.com'
  readonly feed = `https://manage.office.com/api/v1.0/${tenantId}/activity/feed`
  readonly blobs: ModelBlob[] = []
  readonly asked: string[] = []
  subscribed: 'enabled' | 'disabled' | 'absent' = 'enabled'
  pageSize = 2
  /** Name of the header with the next page. */
  nextPage = 'nextpageuri'
  /** In place of the model's own answer. */
  before: (ask: OfficeAsk) => Answer | undefined = () => undefined
  readonly #now: () => number
  constructor(now: () => number) {
    this.#now = now
  }

  count(part: string): number {
    return this.asked.filter((url) => url.includes(part)).length
  }

  async request(ask: OfficeAsk): Promise<Answer> {
    await Promise.resolve()
    this.asked.push(`${ask.method} ${ask.url}`)
    return this.before(ask) ?? this.#answer(new URL(ask.url))
  }

  #answer({ pathname, searchParams }: URL): Answer {
    if (pathname.endsWith('/subscriptions/list')) return this.#list()
    if (pathname.endsWith('/subscriptions/start')) return this.#start()
    if (pathname.includes('/audit/')) return this.#blob(decodeURIComponent(pathname.split('/').at(-1) ?? ''))
    return this.subscribed === 'enabled'
      ? this.#content(searchParams)
      : refusal(this.subscribed === 'absent' ? 'AF20022' : 'AF20023')
  }

  #list(): Answer {
    const own = { contentType: 'Audit.Exchange', status: this.subscribed, webhook: null }
    return ok(this.subscribed === 'absent' ? [] : [own], this.#now())
  }

  #start(): Answer {
    if (this.subscribed === 'enabled') return refusal('AF20024')
    this.subscribed = 'enabled'
    return ok({ contentType: 'Audit.Exchange', status: 'enabled', webhook: null }, this.#now())
  }

  #content(query: URLSearchParams): Answer {
    const [from, to] = ['startTime', 'endTime'].map((name) => Date.parse(`${query.get(name)}Z`)) as [number, number]
    const now = this.#now()
    if (!(from < to) || to - from > 86_400_000) return refusal('AF20030')
    if (from < now - 7 * 86_400_000) return refusal('AF20055')
    const listed = this.blobs.filter(
      ({ createdMs, listedMs = createdMs }) => listedMs <= now && createdMs >= from && createdMs < to,
    )
    const page = Number(query.get('nextPage') ?? 0)
    const entries = listed.slice(page * this.pageSize, (page + 1) * this.pageSize).map((blob) => this.#entry(blob))
    if ((page + 1) * this.pageSize >= listed.length) return ok(entries, now)
    query.set('nextPage', String(page + 1))
    return ok(entries, now, {
      [this.nextPage]: `${this.feed}/subscriptions/content?${query}`.replace('/v1.0/', '/v1/'),
    })
  }

  #entry({ id, createdMs, host = this.origin, expiration }: ModelBlob) {
    const expires = expiration ?? new Date(createdMs + 7 * 86_400_000).toISOString()
    return {
      contentType: 'Audit.Exchange',
      contentId: id,
      contentUri: `${host}/api/v1.0/${tenantId}/activity/feed/audit/${id}`,
      contentCreated: new Date(createdMs).toISOString(),
      contentExpiration: expires,
    }
  }

  #blob(id: string): Answer {
    const blob = this.blobs.find((blob) => blob.id === id)
    return blob ? ok(blob.records, this.#now()) : refusal('AF20050', 404)
  }
}

/** Runs the source over one content type. */
export function runOffice(
  office: OfficeTransport,
  clock: TestClock,
  {
    agent = new TestAgent(clock),
    options = {},
    ...more
  }: { agent?: TestAgent; options?: object } & Omit<Partial<SourceContext<OfficeOptions>>, 'options'> = {},
) {
  const controller = new AbortController()
  const streams: ContentName[] = ['audit.exchange']
  const parsed = officeOptions.parse({ tenant: 'contoso', streams, ...options })
  const tenants: Tenants = tenantsOf({} as Tenant['graph'], { office })
  const context = agent.context(parsed, controller.signal, more)
  const ended = createOfficeSource(tenants).run(context)
  ended.catch(() => {})
  const stop = async (): Promise<void> => {
    controller.abort(new Error('stopped'))
    await ended.catch(() => {})
  }
  return { agent, stop, ended }
}
