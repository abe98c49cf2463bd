import { SiembridgeError } from '@siembridge/core'
import type { Answer } from '../http/send.ts'

/** One page of a list, as it came. */
export interface Page {
  readonly bytes: Buffer
  /** The same, parsed: for the few members that a reader needs. */
  readonly value: readonly unknown[]
  /** When the server made it, milliseconds since 1970; undefined where it did not say. */
  readonly dateMs: number | undefined
}

interface List {
  readonly value?: unknown
  readonly '@odata.nextLink'?: unknown
}

/** Whether an answer with status 200 can be used. A gateway's HTML and a page that is broken off cannot. */
export const isPage = ({ json }: Answer): boolean => typeof json === 'object' && json !== null && !Array.isArray(json)

export function pageOf({ body, json, headers }: Answer, subject: string): Page & { link: string | undefined } {
  const { value, '@odata.nextLink': next } = json as List
  // An empty list has been seen as `null`, and as no member at all.
  if (value !== undefined && value !== null && !Array.isArray(value))
    throw new SiembridgeError('PageUnreadable', subject)
  const dateMs = Date.parse(headers['date'] ?? '')
  return {
    bytes: body,
    value: (value as unknown[] | undefined | null) ?? [],
    dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
    link: typeof next === 'string' && next !== '' ? next : undefined,
  }
}
