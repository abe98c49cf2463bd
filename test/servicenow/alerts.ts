/** What an alert of these tests says; everything else is made up from its number. */
export interface AlertSpec {
  readonly number: number
  /** Revision, from 0: a minute each. */
  readonly revision?: number
  readonly severity?: 'informational' | 'low' | 'medium' | 'high'
  readonly status?: 'new' | 'inProgress' | 'resolved'
  readonly title?: string
  readonly description?: string
  readonly incident?: string
  readonly host?: string
  readonly classification?: string
  readonly comments?: readonly string[]
}

export const tenantId = '11111111-2222-4333-8444-555555555555'
const beganMs = Date.parse('2026-03-02T08:00:00Z')

export const nativeId = (number: number): string => `da${String(number).padStart(12, '0')}_1`

/** Time of a revision as Graph writes it: seven digits. */
export const revisionTime = (revision: number): string =>
  new Date(beganMs + revision * 60_000).toISOString().replace('Z', '1234Z')

/** A Graph alert (`alerts_v2`), one line of JSON. */
export function alert(spec: AlertSpec): string {
  const { number, revision = 0, severity = 'high', status = 'new', title = `Suspicious sign-in ${number}` } = spec
  return JSON.stringify({
    id: nativeId(number),
    providerAlertId: nativeId(number),
    incidentId: spec.incident ?? String(1000 + number),
    status,
    severity,
    classification: spec.classification ?? 'unknown',
    determination: 'unknown',
    serviceSource: 'microsoftDefenderForEndpoint',
    detectionSource: 'antivirus',
    tenantId,
    title,
    description: spec.description ?? `Something happened at host ${number}.`,
    category: 'CredentialAccess',
    alertWebUrl: `https://security.example.com/alerts/${nativeId(number)}`,
    createdDateTime: '2026-03-02T08:00:00.1234567Z',
    firstActivityDateTime: '2026-03-02T07:59:00Z',
    lastActivityDateTime: '2026-03-02T07:59:30Z',
    lastUpdateDateTime: revisionTime(revision),
    comments: (spec.comments ?? []).map((comment) => ({ comment, createdByDisplayName: 'analyst' })),
    evidence: [
      {
        '@odata.type': '#microsoft.graph.security.deviceEvidence',
        deviceDnsName: spec.host ?? `host${number}.contoso.com`,
        verdict: 'suspicious',
        roles: ['attacked'],
      },
      {
        '@odata.type': '#microsoft.graph.security.userEvidence',
        userAccount: { accountName: `user${number}`, userPrincipalName: `user${number}@contoso.com` },
      },
    ],
  })
}

/** A Graph incident, one line of JSON. */
export const incident = (id: string, revision: number, name: string, status = 'active', severity = 'high'): string =>
  JSON.stringify({
    id,
    displayName: name,
    status,
    severity,
    tenantId,
    classification: 'unknown',
    determination: 'unknown',
    createdDateTime: '2026-03-02T08:00:00Z',
    lastUpdateDateTime: revisionTime(revision),
    incidentWebUrl: `https://security.example.com/incidents/${id}`,
  })

export const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('')
