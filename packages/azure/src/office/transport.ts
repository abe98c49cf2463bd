import type { Budgets, Clock } from '@siembridge/core'
import type { Http, HttpRequest } from '@siembridge/core/http'
import { authorized } from '../http/authorized.ts'
import { budgeted } from '../http/budgeted.ts'
import { sendJson } from '../http/json.ts'
import { retrying } from '../http/retry.ts'
import { type Answer, layered, type Verdict, type Wait } from '../http/send.ts'
import type { Tokens } from '../identity/tokens.ts'
import { accountOf } from '../throttling.ts'

export interface OfficeAsk {
  readonly method: 'GET' | 'POST'
  /** In full; the caller has checked the host. */
  readonly url: string
  readonly signal?: AbortSignal | undefined
  readonly onWait?: ((wait: Wait) => void) | undefined
}

/** The Management Activity API of a tenant: any answer that is not throttled or failing is given back. */
export interface OfficeTransport {
  /** `https://HOST/api/v1.0/TENANT/activity/feed`. */
  readonly feed: string
  readonly origin: string
  request(ask: OfficeAsk): Promise<Answer>
}

export interface OfficeOptions {
  readonly name: string
  readonly origin: string
  readonly tenantId: string
  readonly clientId: string
  readonly tokens: Tokens
  readonly budgets: Budgets
  readonly clock: Clock
  readonly http: Http
  /** What an answer calls for: the API says "too many requests" with status 403. */
  readonly verdict: (answer: Answer) => Verdict
}

/** A blob holds many records, and no document says how many. */
const limits: Pick<HttpRequest, 'maxBytes' | 'deadlineMs'> = { maxBytes: 256 * 1024 * 1024, deadlineMs: 180_000 }
const headers = { accept: 'application/json' }

export function createOffice({
  name,
  origin,
  tenantId,
  clientId,
  tokens,
  budgets,
  clock,
  http,
  verdict,
}: OfficeOptions): OfficeTransport {
  const account = accountOf('office365', tenantId, clientId)
  const pause = (ms: number) => budgets.pause(account, 'office365', ms)
  const send = layered(
    sendJson(http),
    retrying({ clock, service: `the Management Activity API of tenant ${name}`, verdict, pause }),
    budgeted(budgets, account, 'office365'),
    authorized(tokens, origin),
  )
  return {
    origin,
    feed: `${origin}/api/v1.0/${tenantId}/activity/feed`,
    request: (ask) => send({ ...ask, headers, ...limits }),
  }
}
