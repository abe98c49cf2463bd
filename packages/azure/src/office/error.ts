import type { Answer, Verdict } from '../http/send.ts'
import { feedCodes } from './codes.ts'

export interface FeedError {
  /** `AF20022`; empty where the API did not give one. */
  readonly code: string
  readonly message: string
}

interface ErrorBody {
  readonly error?: { readonly code?: unknown; readonly message?: unknown }
  readonly message?: unknown
  readonly Message?: unknown
}

const text = (part: unknown): string => (typeof part === 'string' ? part : '')

/** The error in an answer: as JSON, in the single-quoted form that throttling has been seen in, or as a plain sentence of .NET. */
export function feedError({ body, json }: Answer): FeedError {
  const { error, message, Message } = (json ?? {}) as ErrorBody
  const plain = body.subarray(0, 2000).toString()
  const code = text(error?.code) || /\bAF\d{3,5}\b/.exec(plain)?.[0] || ''
  return { code, message: text(error?.message) || text(message) || text(Message) || plain.slice(0, 300) }
}

/** What an answer calls for. "Too many requests" comes with status 403. */
export function officeVerdict(answer: Answer): Verdict {
  if (answer.status === 429) return 'throttled'
  if (answer.status >= 200 && answer.status < 300) return usable(answer) ? 'done' : 'again'
  const action = feedCodes[feedError(answer).code]?.action
  if (action === 'throttled' || action === 'again') return action
  if (action !== undefined || auditingOff(answer)) return 'done'
  return answer.status >= 500 || answer.status === 408 ? 'again' : 'done'
}

/** An empty body answers a stop; everything else is JSON. */
const usable = ({ json, body }: Answer): boolean => json !== undefined || body.length === 0

/** What the feed says of a tenant that exists, but whose audit log is switched off. */
export const auditingOff = (answer: Answer): boolean =>
  /Tenant [^ ]* does not exist/i.test(answer.body.subarray(0, 2000).toString())
