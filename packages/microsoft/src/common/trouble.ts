import { GraphProblem, signInErrors, type Wait } from '@siembridge/azure'
import { type ErrorName, SiembridgeError, type StreamReport } from '@siembridge/core'
import { minute } from './duration.ts'

/** What an error means for a stream. `signIn`: all streams of the tenant have it. */
export interface Trouble {
  readonly state: Exclude<StreamReport['state'], 'connected'>
  readonly code: string
  readonly message: string
  readonly help?: string
  /** How long to wait before the next look, in milliseconds; undefined where no look can help. */
  readonly retryMs: number | undefined
  readonly signIn: boolean
}

const parked: ReadonlySet<string> = new Set<ErrorName>([
  'PermissionMissing',
  'LicenceMissing',
  'StreamMissing',
  'CloudLacks',
  'AuditingOff',
  'SubscriptionDisabled',
  'FeedRefused',
])

/** Someone has to act, and is not quicker than this; a service that fails may be back sooner. */
const parkedMs = 15 * minute
const signInMs = 5 * minute
const failingMs = minute

function kindOf(code: string): Pick<Trouble, 'state' | 'retryMs' | 'signIn'> {
  if (code === 'PositionUnknown') return { state: 'parked', retryMs: undefined, signIn: false }
  if (signInErrors.has(code)) return { state: 'error', retryMs: signInMs, signIn: true }
  if (parked.has(code)) return { state: 'parked', retryMs: parkedMs, signIn: false }
  return { state: code === 'Throttled' ? 'throttled' : 'error', retryMs: failingMs, signIn: false }
}

const helpOf = (lines: readonly string[]): string | undefined =>
  lines.find((line) => line.trim().startsWith('do:'))?.replace(/^\s*do:\s*/, '')

export function troubleOf(error: unknown): Trouble {
  const [message = '', ...lines] = (error instanceof Error ? error.message : String(error)).split('\n')
  const code = error instanceof SiembridgeError ? error.code : 'Unexpected'
  const help = helpOf(lines)
  return { ...kindOf(code), code, message, ...(help !== undefined && { help }) }
}

/** A window or record whose own fault it may be, rather than the service's: worth taking apart. */
const partial: readonly string[] = [
  'ServiceFailing',
  'AnswerTooLarge',
  'AnswerTruncated',
  'AnswerLate',
  'PageUnreadable',
  'NextLinkLoop',
]
export const mayBePartial = (error: unknown): boolean =>
  error instanceof SiembridgeError && partial.includes(error.code)

/** Whether Graph refused a request, with words that fit. */
export const refusedFor = (error: unknown, words: RegExp): error is GraphProblem =>
  error instanceof GraphProblem && error.httpStatus === 400 && words.test(`${error.graphCode} ${error.graphMessage}`)

/** Reports that a stream waits because the service limits its requests. */
export function throttled({ why, ms }: Wait, subject: string, report: (report: StreamReport) => void): void {
  if (why !== 'throttled') return
  const message = `${subject}: the service limits the requests; the next one in ${Math.ceil(ms / 1000)} s`
  report({ state: 'throttled', error: { code: 'Throttled', message } })
}
