import type { Limit } from '@siembridge/core/budget'

interface Api extends Limit {
  /** Whether each application of a tenant has a quota of its own, or all share the tenant's. */
  readonly of: 'application' | 'tenant'
}

/**
 * Quotas of Microsoft's APIs (learn.microsoft.com/graph/throttling-limits; Management Activity API reference). `identityProtection`
 * answers 429 without Retry-After.
 */
export const throttling = {
  auditLogs: { requests: 5, perMs: 10_000, of: 'application' },
  security: { requests: 150, perMs: 60_000, of: 'application' },
  identityProtection: { requests: 1, perMs: 1000, of: 'tenant' },
  office365: { requests: 2000, perMs: 60_000, of: 'tenant' },
} as const satisfies Readonly<Record<string, Api>>

export type ApiName = keyof typeof throttling

/** Name of the account that a quota counts by: ids are the same in either case. */
export const accountOf = (api: ApiName, tenantId: string, clientId: string): string =>
  (throttling[api].of === 'tenant' ? tenantId : `${tenantId}/${clientId}`).toLowerCase()
