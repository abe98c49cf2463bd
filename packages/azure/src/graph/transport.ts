import { Client, ResponseType } from '@microsoft/microsoft-graph-client'
import { type Budgets, type Clock, SiembridgeError } from '@siembridge/core'
import type { Http } from '@siembridge/core/http'
import { authorized } from '../http/authorized.ts'
import { budgeted } from '../http/budgeted.ts'
import { sendJson } from '../http/json.ts'
import { retrying } from '../http/retry.ts'
import type { Answer, Verdict, Wait } from '../http/send.ts'
import type { Tokens } from '../identity/tokens.ts'
import { accountOf, type ApiName } from '../throttling.ts'
import { Links } from './links.ts'
import { Call, Entrance, Exit, LayerMiddleware } from './middleware.ts'
import { isPage, type Page, pageOf } from './page.ts'
import { graphProblem } from './problem.ts'

export interface GraphAsk {
  readonly version: 'v1.0' | 'beta'
  /** Path after the version: `/security/alerts_v2`. */
  readonly path: string
  /** OData options by name (`$filter`), not encoded. */
  readonly query?: Readonly<Record<string, string>>
  /** Row of the throttling table. */
  readonly api: ApiName
  /** For sentences: `alerts of tenant contoso (permission SecurityAlert.Read.All)`. */
  readonly subject: string
  /** Attempts in all, where fewer than usual make sense. */
  readonly attempts?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onWait?: ((wait: Wait) => void) | undefined
}

export interface GraphTransport {
  /** Pages of a list, one in memory at a time; the caller may stop at any. Rejects with rows of the error table. */
  pages(ask: GraphAsk): AsyncGenerator<Page>
  /** One object, as it came. */
  one(ask: GraphAsk): Promise<Buffer>
}

export interface GraphOptions {
  readonly name: string
  readonly origin: string
  readonly tenantId: string
  readonly clientId: string
  readonly tokens: Tokens
  readonly budgets: Budgets
  readonly clock: Clock
  readonly http: Http
}

/**
 * Statuses of Graph. 500 and 502 are worth trying again for reading, although the SDK does not. A 200 whose body cannot be read is a failure too.
 */
function verdict(answer: Answer): Verdict {
  if (answer.status === 429) return 'throttled'
  if (answer.status >= 500 || answer.status === 408) return 'again'
  return answer.status === 200 && !isPage(answer) ? 'again' : 'done'
}

/** Members of the enumerations that came after Graph v1.0 was fixed would else read `unknownFutureValue`. */
const headers = { accept: 'application/json', prefer: 'include-unknown-enum-members' }

/** A page of a thousand alerts with a hundred pieces of evidence each is about 30 MB. */
const limits = { maxBytes: 128 * 1024 * 1024, deadlineMs: 180_000 }

/** Reading from Microsoft Graph, over its SDK with a chain of our own. */
export function createGraph(options: GraphOptions): GraphTransport {
  const clients = new Map<ApiName, Client>()
  const clientOf = (api: ApiName): Client => {
    const made = clients.get(api) ?? createClient(options, api)
    clients.set(api, made)
    return made
  }
  const get = async (ask: GraphAsk, link?: string): Promise<Answer & { url: string }> => {
    const { signal, onWait, attempts } = ask
    const call = new Call(
      { method: 'GET', url: link ?? '', headers, ...limits, signal, onWait, attempts },
      link !== undefined,
    )
    const request = clientOf(ask.api)
      .api(ask.path)
      .version(ask.version)
      .responseType(ResponseType.RAW)
      .middlewareOptions([call])
    // The SDK puts values into the address as they are: `&`, `#` and `+` would cut them.
    for (const [name, value] of Object.entries(ask.query ?? {})) request.query({ [name]: encodeURIComponent(value) })
    await request.get()
    if (call.failure !== undefined) throw call.failure
    const answer = call.answer as Answer
    if (answer.status !== 200) throw graphProblem(answer, ask.subject)
    return { ...answer, url: call.ask.url }
  }
  return {
    one: async (ask) => (await get(ask)).body,
    async *pages(ask) {
      const links = new Links(options.origin, ask.subject)
      let next: string | undefined
      do {
        const answer = await get(ask, next)
        const { link, ...page } = pageOf(answer, ask.subject)
        yield page
        next = link === undefined ? undefined : links.follow(link, answer.url)
      } while (next !== undefined)
    },
  }
}

/**
 * The chain: retry around budget around token, so that each attempt is paid for and has a token that is valid when it is made. The SDK's
 * own parts know no quota, fetch the token once before all attempts, and obey Retry-After up to three minutes only.
 */
function createClient(
  { name, origin, tenantId, clientId, tokens, budgets, clock, http }: GraphOptions,
  api: ApiName,
): Client {
  if (!origin.startsWith('https://')) throw new SiembridgeError('CloudLacks', `Microsoft Graph of tenant ${name}`)
  const account = accountOf(api, tenantId, clientId)
  const pause = (ms: number) => budgets.pause(account, api, ms)
  return Client.initWithMiddleware({
    baseUrl: `${origin}/`,
    middleware: [
      new Entrance(),
      new LayerMiddleware(retrying({ clock, service: `Microsoft Graph of tenant ${name}`, verdict, pause })),
      new LayerMiddleware(budgeted(budgets, account, api)),
      new LayerMiddleware(authorized(tokens, origin)),
      new Exit(sendJson(http)),
    ],
  })
}
