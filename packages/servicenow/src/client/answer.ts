/** What an answer of ServiceNow means for the bridge. */
export type Answer =
  | {
      readonly is: 'ok'
      readonly status: number
      readonly result: unknown
      readonly next?: string
      readonly body: unknown
    }
  /** Try again later. `maybe`: the request may have taken effect. */
  | { readonly is: 'later'; readonly reason: string; readonly maybe: boolean; readonly afterMs?: number }
  /** Nothing can be done before a person mends something; the request had no effect. */
  | { readonly is: 'configuration'; readonly reason: string; readonly help: string }
  /** This record is refused: by a rule, a policy, or for what it holds. No effect. */
  | { readonly is: 'refused'; readonly reason: string; readonly status: number }
  /** There is no such record, or an ACL hides it. */
  | { readonly is: 'missing'; readonly reason: string }

export type Failure = Exclude<Answer, { readonly is: 'ok' }>

interface Raw {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/**
 * Reads an answer ("Table API", "REST API HTTP response codes", "Inbound REST API rate limiting"). A status of 2xx alone means nothing:
 * a sleeping instance and a single sign-on answer 200 with a page, and 200 can hold an error.
 */
export function readAnswer({ status, headers, text }: Raw, write: boolean, nowMs: number): Answer {
  if (status === 204) return { is: 'ok', status, result: {}, body: {} }
  if (status === 429)
    return { is: 'later', reason: limitReason(text, headers), maybe: false, ...waitOf(headers, nowMs) }
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '')
  const body = isJson ? json(text) : undefined
  const { message, detail } = errorOf(body)
  if (status >= 200 && status < 300 && body !== undefined && message === undefined) {
    const { result } = object(body)
    if (result !== undefined && result !== null) return { is: 'ok', status, result, body, ...nextOf(headers) }
    if (isImport(body)) return { is: 'ok', status, result: body, body }
  }
  if (status === 401) return unauthorized(headers)
  if (message !== undefined) return failed(status, message, detail, write)
  if (status === 503)
    return {
      is: 'later',
      reason: 'ServiceNow is in maintenance or overloaded (503)',
      maybe: write,
      ...waitOf(headers, nowMs),
    }
  if (status >= 500 || status === 408) return { is: 'later', reason: `ServiceNow answers ${status}`, maybe: write }
  if (isJson && body === undefined)
    return { is: 'later', reason: `ServiceNow answers ${status} with JSON that ends too early`, maybe: write }
  if (status < 400) return page(status, write)
  return failed(status, `HTTP ${status}`, '', write)
}

const isImport = (body: unknown): boolean => 'import_set' in object(body) || 'serviced_requests' in object(body)

/** A page where JSON was asked for: asleep, or somebody stands before the API. */
const page = (status: number, write: boolean): Answer => ({
  is: 'later',
  reason: `ServiceNow answers ${status} with a page instead of JSON: the instance sleeps, or a sign-in page stands before the API`,
  maybe: write,
})

function errorOf(body: unknown): { readonly message?: string; readonly detail: string } {
  const { error } = object(body)
  if (error === undefined) return { detail: '' }
  if (typeof error === 'string') return { message: error, detail: '' }
  const { message, detail } = object(error)
  const text = typeof message === 'string' ? message : 'an error without a message'
  return { message: text, detail: typeof detail === 'string' ? detail : '' }
}

/** Texts of ServiceNow's errors that tell what kind of refusal it is, whatever the status says. */
const kinds: readonly (readonly [RegExp, (reason: string, write: boolean, status: number) => Failure])[] = [
  // A transaction that was cut may have written its record before.
  [
    /transaction cancel|maximum execution time|semaphore|too many/i,
    (reason, write) => ({ is: 'later', reason, maybe: write }),
  ],
  [
    /user not authenticated|invalid.*token|required to provide auth/i,
    (reason) => ({ is: 'configuration', reason, help: 'Correct the credentials under auth.' }),
  ],
  [/data policy|mandatory|business rule|abort/i, (reason, _write, status) => ({ is: 'refused', reason, status })],
  [
    /invalid table/i,
    (reason) => ({
      is: 'configuration',
      reason,
      help: 'Activate the plugin that has the table, or give the user a role that may read it; `siembridge check` says which.',
    }),
  ],
  [/no record found|record doesn't exist|acl restricts the record/i, (reason) => ({ is: 'missing', reason })],
  [
    /security constraint|insufficient rights|acl|not authorized|requires.*role|access to.*denied/i,
    (reason) => ({
      is: 'configuration',
      reason,
      help: 'Give the user of the bridge the role itil (incident) or sn_si.analyst (sn_si_incident); `siembridge check` says which is missing.',
    }),
  ],
]

function failed(status: number, message: string, detail: string, write: boolean): Failure {
  const reason = `ServiceNow answers ${status}: ${[message, detail]
    .filter((text) => text !== '')
    .join(': ')
    .slice(0, 500)}`
  const kind = kinds.find(([form]) => form.test(`${message} ${detail}`))
  if (kind) return kind[1](reason, write, status)
  if (status === 403)
    return {
      is: 'configuration',
      reason,
      help: 'Give the user of the bridge the role itil; `siembridge check` says what is missing.',
    }
  if (status === 404) return { is: 'missing', reason }
  if (status >= 500 || status < 400) return { is: 'later', reason, maybe: write }
  return { is: 'refused', reason, status }
}

function unauthorized(headers: Raw['headers']): Failure {
  const mfa = headers['x-mfa_token'] !== undefined
  return {
    is: 'configuration',
    reason: mfa
      ? 'ServiceNow refuses the credentials (401): the user needs a second factor'
      : 'ServiceNow refuses the credentials (401)',
    help: mfa
      ? 'Use OAuth client credentials or JWT, or take multi-factor authentication off the integration user.'
      : 'Correct the credentials under auth; the user must be active and not locked out.',
  }
}

function limitReason(text: string, headers: Raw['headers']): string {
  const { detail } = errorOf(json(text))
  const rule = headers['x-ratelimit-rule']
  return `ServiceNow's rate rule is used up (429)${detail === '' ? '' : `: ${detail}`}${rule === undefined ? '' : `; rule ${rule}`}`
}

/** Windows of rate rules have an hour ("Inbound REST API rate limiting"). */
const longestWindowMs = 3_600_000

/**
 * The prose of the documents writes "Retry After"; X-RateLimit-Reset is a Unix time, which a clock that is wrong puts into the past or
 * far away. No wait is told where none would be: the caller's own grows.
 */
function waitOf(headers: Raw['headers'], nowMs: number): { afterMs?: number } {
  const text = headers['retry-after'] ?? headers['retry after']
  const seconds = text === undefined ? NaN : Number(text)
  if (text !== '' && Number.isFinite(seconds)) return waiting(seconds * 1000)
  const date = text === undefined ? NaN : Date.parse(text)
  if (Number.isFinite(date)) return waiting(date - nowMs)
  const reset = Number(headers['x-ratelimit-reset'])
  return reset > 0 ? waiting(Math.min(longestWindowMs, reset * 1000 - nowMs)) : {}
}

const waiting = (ms: number): { afterMs?: number } => (ms > 0 ? { afterMs: ms } : {})

/** Address of the next page: `<url>;rel="next"`. */
function nextOf(headers: Raw['headers']): { next?: string } {
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(headers['link'] ?? '')?.[1]
  return next === undefined ? {} : { next }
}
