import type { RetryAfterForm } from '../scenario.ts'

/** What can go wrong with one request, by `kind`; the README tells what each does on the wire. */
export type Fault =
  | { readonly kind: 'throttle'; readonly seconds?: number; readonly retryAfter?: RetryAfterForm }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: string
      readonly headers?: Record<string, string>
    }
  | { readonly kind: 'hang'; readonly seconds: number }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  | { readonly kind: 'next-link-other-host'; readonly host?: string }
  | { readonly kind: 'activity-error'; readonly code: string; readonly status?: number }
  | { readonly kind: SimpleFault }

/** The faults without parameters. */
export const simpleFaults = [
  'unavailable-html',
  'empty-500',
  'bad-gateway',
  'gateway-timeout',
  'reset-before-headers',
  'reset-after-headers',
  'reset-mid-body',
  'truncated-json',
  'html-200',
  'duplicate-page',
  'shuffled-page',
  'next-link-loop',
  'next-link-relative',
  'next-link-null',
  'next-link-expired',
  'value-missing',
  'value-null',
  'claims-challenge',
  'unauthorized',
  'consent-revoked',
  'secret-expired',
  'expand-500',
  'partial-blob',
] as const

export type SimpleFault = (typeof simpleFaults)[number]
export type FaultKind = Fault['kind']

/** All kinds. */
export const faultKinds: readonly FaultKind[] = [
  ...simpleFaults,
  'throttle',
  'status',
  'hang',
  'slow-body',
  'next-link-other-host',
  'activity-error',
]
