import { type Clock, SiembridgeError } from '@siembridge/core'
import type { Http, HttpAnswer } from '@siembridge/core/http'

export type JsonRow = Readonly<Record<string, unknown>>

/** An answer that is an error of the API's own. */
export class ConsoleError extends Error {
  readonly status: number
  /** Unique code of the endpoint ("1008"), or 0. */
  readonly code: number
  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Whether an error is the API's own with this status and code. */
export const isCode = (error: unknown, status: number, code: number): boolean =>
  error instanceof ConsoleError && error.status === status && error.code === code

export interface ConsoleApiOptions {
  /** `https://CONSOLE`, without a path. */
  readonly url: string
  readonly token: string
  readonly http: Http
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds that an answer may take. */
  readonly deadlineMs: number
}

/** Rows a page; the API pages by a header. */
const pageSize = 500
const attempts = 4

/** IBM QRadar's REST API, as far as it concerns event parsing. Every call throws SiembridgeError or ConsoleError. */
export class ConsoleApi {
  private readonly options: ConsoleApiOptions
  private version: string | undefined
  constructor(options: ConsoleApiOptions) {
    this.options = options
  }

  /** Takes the newest version that the console has, for all further calls. */
  async chooseVersion(): Promise<string> {
    const versions = await this.list('/help/versions')
    const known = versions.filter((row) => row['removed'] !== true).map((row) => String(row['version']))
    this.version = known.toSorted((a, b) => Number(b) - Number(a))[0]
    return this.version ?? 'unknown'
  }

  /** Every row of a collection. `filter` is in the API's own language. */
  async list(path: string, filter?: string): Promise<readonly JsonRow[]> {
    const query = filter === undefined ? '' : `?filter=${encodeURIComponent(filter)}`
    const rows: JsonRow[] = []
    for (;;) {
      const range = { range: `items=${rows.length}-${rows.length + pageSize - 1}` }
      const { json, headers } = await this.call('GET', `${path}${query}`, undefined, range)
      if (!Array.isArray(json)) throw new SiembridgeError('ApplyAnswerOdd', `GET ${path} gave no list`)
      rows.push(...(json as JsonRow[]))
      // An answer that does not say which part it is, is the whole.
      if (json.length < pageSize || headers['content-range'] === undefined) return rows
    }
  }

  /** Lets time pass; ends when the run is stopped. */
  async rest(ms: number): Promise<void> {
    await this.options.clock.sleep(ms, this.options.signal)
  }

  async get(path: string): Promise<JsonRow> {
    return (await this.call('GET', path)).json as JsonRow
  }

  async post(path: string, body: JsonRow): Promise<JsonRow> {
    return (await this.call('POST', path, body)).json as JsonRow
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body?: JsonRow,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly json: unknown; readonly headers: HttpAnswer['headers'] }> {
    const { url, token, http, signal, deadlineMs, clock } = this.options
    for (let attempt = 1; ; attempt++) {
      const answer = await http.request({
        method,
        url: `${url}/api${path}`,
        headers: {
          sec: token,
          accept: 'application/json',
          ...(this.version !== undefined && { version: this.version }),
          ...(body && { 'content-type': 'application/json' }),
          ...more,
        },
        ...(body && { body: JSON.stringify(body) }),
        signal,
        deadlineMs,
      })
      // 503 and 429: the request was not taken up, so that it can be made again whatever it is.
      if ((answer.status !== 503 && answer.status !== 429) || attempt === attempts)
        return { json: read(answer, `${method} ${path.replace(/\?.*/, '')}`), headers: answer.headers }
      await clock.sleep(1000 * 2 ** attempt, signal)
    }
  }
}

function read({ status, headers, body }: HttpAnswer, endpoint: string): unknown {
  const json = parse(body)
  if (status === 401 || status === 403)
    throw new SiembridgeError('ApplyRefused', `${endpoint}: ${status}`, messageOf(json))
  if (json === undefined) {
    const kind = headers['content-type'] ?? 'no content type'
    if (status === 503 || status === 429 || status >= 500)
      throw new SiembridgeError('ApplyUnavailable', `${endpoint}: ${status}`)
    throw new SiembridgeError('ApplyAnswerOdd', `${endpoint}: ${status}, ${kind}`)
  }
  if (status === 503 || status === 429 || status >= 500)
    throw new SiembridgeError('ApplyUnavailable', `${endpoint}: ${status}`, messageOf(json))
  if (status >= 300)
    throw new ConsoleError(
      status,
      codeOf(json),
      `${endpoint}: ${status}/${codeOf(json)} ${messageOf(json) ?? ''}`.trim(),
    )
  return json
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const member = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null ? (json as JsonRow)[name] : undefined
const codeOf = (json: unknown): number => Number(member(json, 'code') ?? 0) || 0
const messageOf = (json: unknown): string | undefined => {
  const message = member(json, 'message')
  return typeof message === 'string' ? message.slice(0, 300) : undefined
}

/** A text as a filter takes it. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`
