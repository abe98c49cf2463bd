import type { Version } from '../world/version.ts'

/** What decides which bytes a client gets for a record. */
export interface TextOptions {
  readonly beta: boolean
  /** The client sent `Prefer: include-unknown-enum-members`. */
  readonly unknownMembers: boolean
}

// Members of `signIn` that v1.0 does not have (Graph metadata, v1.0 CSDL against beta).
const betaMembers = new Set([
  'userType',
  'servicePrincipalCredentialKeyId',
  'signInEventTypes',
  'authenticationRequirement',
  'authenticationProtocol',
  'incomingTokenType',
  'clientCredentialType',
  'uniqueTokenIdentifier',
  'autonomousSystemNumber',
  'crossTenantAccessType',
  'processingTimeInMilliseconds',
  'sessionLifetimePolicies',
  'managedServiceIdentity',
])

/** The text that stands in the response for this version. */
export function textFor(version: Version, { beta, unknownMembers }: TextOptions): string {
  const text = unknownMembers ? version.text : version.foldedText
  if (beta || !version.stream.startsWith('signIns.')) return text
  const record = JSON.parse(text) as object
  return JSON.stringify(Object.fromEntries(Object.entries(record).filter(([name]) => !betaMembers.has(name))))
}

/** The incident with its alerts, as `$expand=alerts` gives it; the alerts keep their bytes. */
export function expanded(incident: string, alerts: readonly string[]): string {
  return `${incident.slice(0, -1)},"alerts":[${alerts.join(',')}]}`
}
