import type { IncomingMessage } from 'node:http'
import type { ServiceName } from '../scenario.ts'

/** A request as a service sees it. */
export interface Call {
  readonly service: ServiceName
  readonly method: string
  /** Decoded path without the query. */
  readonly path: string
  /** Path and query as they came. */
  readonly target: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** `https://host:port` that the client used. */
  readonly base: string
  /** The request's line in the log, which learns tenant and client from the token. */
  readonly entry: RequestEntry
}

/** One request in the log; times are real milliseconds since 1970. */
export interface RequestEntry {
  readonly number: number
  readonly at: number
  readonly service: ServiceName
  readonly method: string
  readonly target: string
  status?: number
  endedAt?: number
  tenant?: string
  clientId?: string
  /** The kind of the fault that was done to it. */
  fault?: string
  /** Whether the answer went out whole. */
  whole?: boolean
}

/** A page of a Graph collection, kept apart so that faults can change it before it becomes a body. */
export interface Page {
  readonly context: string
  readonly count?: number
  /** `undefined` leaves `value` out. */
  readonly items: readonly string[] | null | undefined
  readonly nextLink?: string | null
}

/** An answer. `onServed` runs when all of it went out as it was meant to. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly page?: Page
  readonly onServed?: () => void
}

export type Handler = (call: Call) => Reply | Promise<Reply>

export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** The bytes of a reply: a page is put together from the texts of its records, each of them untouched. */
export function bodyOf({ page, body = '' }: Reply): Buffer {
  if (!page) return Buffer.from(body)
  const members = [`"@odata.context":${JSON.stringify(page.context)}`]
  if (page.count !== undefined) members.push(`"@odata.count":${page.count}`)
  if (page.nextLink !== undefined) members.push(`"@odata.nextLink":${JSON.stringify(page.nextLink)}`)
  if (page.items !== undefined) members.push(`"value":${page.items === null ? 'null' : `[${page.items.join(',')}]`}`)
  return Buffer.from(`{${members.join(',')}}`)
}
