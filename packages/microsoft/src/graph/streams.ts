import type { ApiName, Feature } from '@siembridge/azure'
import { day, hour, minute } from '../common/duration.ts'

/** One list of Microsoft Graph, and how it is collected without loss. Times in milliseconds. */
export interface StreamSpec {
  readonly title: string
  readonly version: 'v1.0' | 'beta'
  readonly path: string
  /** Member that windows are cut by, and whether the API takes `ge` and `le` for it or only `gt` and `lt`. */
  readonly time: string
  readonly bounds?: 'closed' | 'open'
  /** More of the filter. */
  readonly filter?: string
  /** Whether `$orderby` is sent. Nothing relies on it; it makes paging steadier while records change. */
  readonly ordered?: boolean
  readonly pageSize: number
  readonly intervalMs: number
  /** What is read again each time before the point that was reached. */
  readonly overlapMs: number
  /** Distance to the present: records younger than this are still coming in, out of order. */
  readonly lagMs: number
  /** What is read again now and then, for records that come later than the overlap. */
  readonly sweepMs: number
  readonly sweepEveryMs: number
  /** A single record can be read at `path/id`. */
  readonly single: boolean
  readonly feature: Feature
  readonly api: ApiName
  /** Application permission. */
  readonly permission: string
  readonly expects: readonly string[]
  /** A stream that has brought nothing for so long is worth an event. */
  readonly silentMs?: number
}

const daily = { sweepMs: day, sweepEveryMs: hour }
const security = {
  version: 'v1.0',
  feature: 'security',
  api: 'security',
  single: true,
  ordered: true,
  ...daily,
} as const
const logs = { feature: 'auditLogs', api: 'auditLogs', permission: 'AuditLog.Read.All', ...daily } as const

const signIns = (type: string): StreamSpec => ({
  ...logs,
  title: `Entra ID sign-ins, ${type}`,
  // v1.0 returns interactive sign-ins only.
  version: 'beta',
  path: '/auditLogs/signIns',
  time: 'createdDateTime',
  filter: `signInEventTypes/any(t: t eq '${type}')`,
  pageSize: 1000,
  intervalMs: 2 * minute,
  overlapMs: hour,
  lagMs: 2 * minute,
  single: true,
  expects: ['entra.sign-in'],
})

const { filter: _, ...interactive } = signIns('interactiveUser')

/**
 * Intervals, overlaps and lags: no document promises how late a record can come. Published latencies of Entra's logs end at the 99th
 * percentile with 5 minutes, users report more than 10, and offline risk detections are days late; so everything is read again.
 */
export const streams = {
  alerts: {
    ...security,
    title: 'Defender XDR alerts',
    path: '/security/alerts_v2',
    time: 'lastUpdateDateTime',
    pageSize: 250,
    intervalMs: minute,
    overlapMs: 15 * minute,
    lagMs: 0,
    permission: 'SecurityAlert.Read.All',
    expects: ['xdr.alert'],
  },
  incidents: {
    ...security,
    title: 'Defender XDR incidents',
    // Without $expand=alerts: with it, incidents of very many alerts answer 500 for ever. Alerts name their incident.
    path: '/security/incidents',
    time: 'lastUpdateDateTime',
    pageSize: 50,
    intervalMs: minute,
    overlapMs: 15 * minute,
    lagMs: 0,
    permission: 'SecurityIncident.Read.All',
    expects: ['xdr.incident'],
  },
  'directory-audits': {
    ...logs,
    title: 'Entra ID audit log',
    version: 'v1.0',
    path: '/auditLogs/directoryAudits',
    time: 'activityDateTime',
    ordered: true,
    pageSize: 999,
    intervalMs: 2 * minute,
    overlapMs: hour,
    lagMs: 2 * minute,
    single: true,
    expects: ['entra.directory-audit'],
    silentMs: day,
  },
  'sign-ins.interactive': {
    ...interactive,
    title: 'Entra ID sign-ins, interactiveUser',
    version: 'v1.0',
    silentMs: day,
  },
  'sign-ins.non-interactive': signIns('nonInteractiveUser'),
  'sign-ins.service-principal': signIns('servicePrincipal'),
  'sign-ins.managed-identity': signIns('managedIdentity'),
  provisioning: {
    ...logs,
    title: 'Entra ID provisioning log',
    version: 'v1.0',
    path: '/auditLogs/provisioning',
    time: 'activityDateTime',
    bounds: 'open',
    ordered: true,
    pageSize: 500,
    intervalMs: 5 * minute,
    overlapMs: 2 * hour,
    lagMs: 2 * minute,
    single: false,
    permission: 'ProvisioningLog.Read.All',
    expects: ['entra.provisioning'],
  },
  'risk-detections': {
    version: 'v1.0',
    title: 'Entra ID risk detections',
    path: '/identityProtection/riskDetections',
    time: 'lastUpdatedDateTime',
    pageSize: 500,
    intervalMs: 5 * minute,
    overlapMs: day,
    lagMs: 0,
    sweepMs: 7 * day,
    sweepEveryMs: day,
    single: true,
    feature: 'identityProtection',
    api: 'identityProtection',
    permission: 'IdentityRiskEvent.Read.All',
    expects: ['entra.risk-detection'],
  },
  'risky-users': {
    version: 'v1.0',
    title: 'Entra ID risky users',
    path: '/identityProtection/riskyUsers',
    time: 'riskLastUpdatedDateTime',
    pageSize: 500,
    intervalMs: 10 * minute,
    overlapMs: hour,
    lagMs: 0,
    sweepMs: 7 * day,
    sweepEveryMs: day,
    single: true,
    feature: 'identityProtection',
    api: 'identityProtection',
    permission: 'IdentityRiskyUser.Read.All',
    expects: ['entra.risky-user'],
  },
} as const satisfies Readonly<Record<string, StreamSpec>>

export type StreamName = keyof typeof streams
export const streamNames = Object.keys(streams) as StreamName[]
