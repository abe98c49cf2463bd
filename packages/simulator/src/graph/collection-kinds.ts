import type { BucketName } from '../scenario.ts'
import type { GraphStream } from '../streams.ts'
import type { Filterable, Operator } from './filter/check.ts'

/** One collection of Graph, with what its page of the reference documents. */
export interface CollectionKind {
  readonly path: string
  readonly entity: string
  /** Streams in the collection; more than one only for sign-ins in the beta version. */
  readonly streams: readonly GraphStream[]
  readonly timeField: string
  readonly bucket: BucketName
  /** One of these application permissions is enough. */
  readonly roles: readonly string[]
  readonly premium: 'none' | 'P1' | 'P2'
  readonly defaultPage: number
  readonly maxPage: number
  /** What happens to a `$top` above `maxPage`. */
  readonly overTop: 'clamp' | 'refuse'
  /** The largest `$skip`; 0 when the option is not allowed. */
  readonly maxSkip: number
  readonly filterable: Filterable
  readonly orderable: readonly string[]
}

const range: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const choice: readonly Operator[] = ['eq', 'ne']
const equal: readonly Operator[] = ['eq']
const closed: readonly Operator[] = ['eq', 'ge', 'le']
const prefix: readonly Operator[] = ['eq', 'startswith']
const provisioning: readonly Operator[] = ['eq', 'contains', 'gt', 'lt']

// "List alerts_v2" and "List incidents". The order is not documented, but works; page limits: "Microsoft Graph security
// API error codes".
const security = {
  bucket: 'security',
  premium: 'none',
  timeField: 'lastUpdateDateTime',
  maxSkip: 500,
  orderable: ['lastUpdateDateTime', 'createdDateTime'],
} as const

const triage: Filterable = {
  assignedTo: choice,
  classification: choice,
  determination: choice,
  createdDateTime: range,
  lastUpdateDateTime: range,
  severity: choice,
  status: choice,
}

const audit = {
  bucket: 'auditLogs',
  roles: ['AuditLog.Read.All'],
  defaultPage: 1000,
  maxPage: 1000,
  overTop: 'refuse',
  maxSkip: 0,
} as const

const risk = {
  bucket: 'identityProtection',
  defaultPage: 20,
  maxPage: 500,
  overTop: 'refuse',
  maxSkip: 0,
} as const

const signInFilters: Filterable = {
  id: equal,
  createdDateTime: closed,
  userId: equal,
  userPrincipalName: prefix,
  userDisplayName: prefix,
  appId: equal,
  appDisplayName: prefix,
  ipAddress: prefix,
  clientAppUsed: equal,
  correlationId: equal,
  conditionalAccessStatus: equal,
  resourceDisplayName: equal,
  riskState: equal,
  riskLevelAggregated: equal,
  riskLevelDuringSignIn: equal,
  'status/errorCode': equal,
}

const alerts: CollectionKind = {
  ...security,
  path: '/security/alerts_v2',
  entity: 'security/alerts_v2',
  streams: ['alerts'],
  roles: ['SecurityAlert.Read.All'],
  defaultPage: 100,
  maxPage: 1000,
  overTop: 'clamp',
  filterable: { ...triage, serviceSource: choice, 'evidence/any': range },
}

const incidents: CollectionKind = {
  ...security,
  path: '/security/incidents',
  entity: 'security/incidents',
  streams: ['incidents'],
  roles: ['SecurityIncident.Read.All'],
  defaultPage: 50,
  maxPage: 50,
  overTop: 'refuse',
  filterable: triage,
}

const directoryAudits: CollectionKind = {
  ...audit,
  path: '/auditLogs/directoryAudits',
  entity: 'auditLogs/directoryAudits',
  streams: ['directoryAudits'],
  timeField: 'activityDateTime',
  premium: 'none',
  orderable: ['activityDateTime', 'createdDateTime'],
  filterable: {
    id: equal,
    activityDateTime: closed,
    activityDisplayName: prefix,
    correlationId: equal,
    loggedByService: equal,
    'initiatedBy/user/id': equal,
    'initiatedBy/user/displayName': equal,
    'initiatedBy/user/userPrincipalName': prefix,
    'initiatedBy/app/appId': equal,
    'initiatedBy/app/displayName': equal,
    'targetResources/any': prefix,
  },
}

const signIns: CollectionKind = {
  ...audit,
  path: '/auditLogs/signIns',
  entity: 'auditLogs/signIns',
  streams: ['signIns.interactiveUser'],
  timeField: 'createdDateTime',
  premium: 'P1',
  orderable: ['createdDateTime'],
  filterable: signInFilters,
}

/** `signIns` in the beta version: all event types, by a lambda. */
export const betaSignIns: CollectionKind = {
  ...signIns,
  streams: [
    'signIns.interactiveUser',
    'signIns.nonInteractiveUser',
    'signIns.servicePrincipal',
    'signIns.managedIdentity',
  ],
  filterable: { ...signInFilters, 'signInEventTypes/any': equal },
}

const provisioningLogs: CollectionKind = {
  ...audit,
  path: '/auditLogs/provisioning',
  entity: 'auditLogs/provisioning',
  streams: ['provisioning'],
  roles: ['ProvisioningLog.Read.All', 'AuditLog.Read.All'],
  timeField: 'activityDateTime',
  premium: 'P1',
  orderable: ['activityDateTime'],
  filterable: {
    id: provisioning,
    activityDateTime: provisioning,
    tenantId: provisioning,
    jobId: provisioning,
    cycleId: provisioning,
    changeId: provisioning,
    provisioningAction: provisioning,
    durationInMilliseconds: provisioning,
    'provisioningStatusInfo/status': provisioning,
    'servicePrincipal/id': provisioning,
    'servicePrincipal/displayName': provisioning,
    'sourceIdentity/id': provisioning,
    'targetIdentity/id': provisioning,
  },
}

const riskDetections: CollectionKind = {
  ...risk,
  path: '/identityProtection/riskDetections',
  entity: 'identityProtection/riskDetections',
  streams: ['riskDetections'],
  timeField: 'lastUpdatedDateTime',
  roles: ['IdentityRiskEvent.Read.All'],
  premium: 'P1',
  orderable: ['lastUpdatedDateTime', 'detectedDateTime', 'activityDateTime'],
  filterable: {
    id: equal,
    activityDateTime: range,
    detectedDateTime: range,
    lastUpdatedDateTime: range,
    detectionTimingType: choice,
    riskEventType: choice,
    riskLevel: choice,
    riskState: choice,
    userId: equal,
    userPrincipalName: equal,
  },
}

const riskyUsers: CollectionKind = {
  ...risk,
  path: '/identityProtection/riskyUsers',
  entity: 'identityProtection/riskyUsers',
  streams: ['riskyUsers'],
  timeField: 'riskLastUpdatedDateTime',
  roles: ['IdentityRiskyUser.Read.All'],
  premium: 'P2',
  orderable: ['riskLastUpdatedDateTime'],
  filterable: {
    id: equal,
    riskLastUpdatedDateTime: range,
    riskLevel: choice,
    riskState: choice,
    userPrincipalName: equal,
  },
}

/** The collections of v1.0. */
export const collectionKinds: readonly CollectionKind[] = [
  alerts,
  incidents,
  directoryAudits,
  signIns,
  provisioningLogs,
  riskDetections,
  riskyUsers,
]
