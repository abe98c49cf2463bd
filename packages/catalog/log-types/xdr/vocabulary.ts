import { all, concat, first, keyword, literal, lower, part, strip, table } from '../../src/build.ts'
import type { Expr } from '../../src/model.ts'
import type { Own } from '../azure/envelope.ts'

/** serviceSource, as Graph's enum and as the streaming tables spell it, to one short word (sources-graph §1.1). */
const services: Readonly<Record<string, string>> = {
  microsoftDefenderForEndpoint: 'endpoint',
  'Microsoft Defender for Endpoint': 'endpoint',
  microsoftDefenderForIdentity: 'identity',
  'Microsoft Defender for Identity': 'identity',
  microsoftDefenderForCloudApps: 'cloud-apps',
  'Microsoft Defender for Cloud Apps': 'cloud-apps',
  'Microsoft Cloud App Security': 'cloud-apps',
  microsoftDefenderForOffice365: 'office-365',
  'Microsoft Defender for Office 365': 'office-365',
  microsoft365Defender: 'xdr',
  'Microsoft 365 Defender': 'xdr',
  'Microsoft Defender XDR': 'xdr',
  azureAdIdentityProtection: 'entra-id-protection',
  'AAD Identity Protection': 'entra-id-protection',
  'Microsoft Entra ID Protection': 'entra-id-protection',
  microsoftAppGovernance: 'app-governance',
  'App Governance': 'app-governance',
  'Microsoft App Governance': 'app-governance',
  dataLossPrevention: 'data-loss-prevention',
  'Microsoft Data Loss Prevention': 'data-loss-prevention',
  microsoftDefenderForCloud: 'cloud',
  'Microsoft Defender for Cloud': 'cloud',
  microsoftSentinel: 'sentinel',
  'Microsoft Sentinel': 'sentinel',
  microsoftInsiderRiskManagement: 'insider-risk',
  'Microsoft Insider Risk Management': 'insider-risk',
  microsoftThreatIntelligence: 'threat-intelligence',
  'Microsoft Threat Intelligence': 'threat-intelligence',
  microsoftSecurityForAI: 'security-for-ai',
}

/** Tactics of MITRE ATT&CK, by the word that Microsoft writes without spaces. */
const tactics: Readonly<Record<string, string>> = {
  Reconnaissance: 'Reconnaissance',
  ResourceDevelopment: 'Resource Development',
  InitialAccess: 'Initial Access',
  Execution: 'Execution',
  Persistence: 'Persistence',
  PrivilegeEscalation: 'Privilege Escalation',
  DefenseEvasion: 'Defense Evasion',
  CredentialAccess: 'Credential Access',
  Discovery: 'Discovery',
  LateralMovement: 'Lateral Movement',
  Collection: 'Collection',
  CommandAndControl: 'Command and Control',
  Exfiltration: 'Exfiltration',
  Impact: 'Impact',
}

/** Categories beside the tactics that alerts are known to carry; the rest is `Other`. */
const categories = [
  ...Object.keys(tactics),
  'Malware',
  'Ransomware',
  'Exploit',
  'UnwantedSoftware',
  'SuspiciousActivity',
  'CredentialTheft',
  'Phishing',
  'ThreatManagement',
  'DataLossPrevention',
  'MailFlow',
]

const serviceOf = (service: Expr): Expr => table(service, services, literal('other'))

/** `<service>.<category>`: every alert of one kind of one product, without the unbounded detectors. */
export const alertSignature = (service: Expr, category: Expr): Expr =>
  concat(
    first(serviceOf(service), literal('other')),
    literal('.'),
    first(table(category, Object.fromEntries(categories.map((c) => [c, c])), literal('Other')), literal('Other')),
  )

/** The same with the category as it came. */
export const alertAction = (service: Expr, category: Expr): Expr =>
  concat(first(serviceOf(service), literal('other')), literal('.'), first(category, literal('Other')))

export const alertSignatures: readonly string[] = [...new Set([...Object.values(services), 'other'])].flatMap(
  (service) => [...categories, 'Other'].map((category) => `${service}.${category}`),
)

/** Tactics among the categories. */
export const tacticsOf = (...listed: readonly Expr[]): Expr => table(all(...listed), tactics, literal(''))

/** Id and name out of `Regsvr32 (T1218.010)`, or the id alone (sources-azure §6: AttackTechniques). */
export const techniqueId = (technique: Expr): Expr => strip(part(technique, '(', -1), '', ')')
export const techniqueName = (technique: Expr): Expr => part(technique, ' (', 0)

/** Severity of alerts and incidents; one that Microsoft could not tell is medium, not nothing. */
export const alertSeverity = (severity: Expr): Expr =>
  first(
    table(
      lower(severity),
      { informational: 'informational', low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
      literal('medium'),
    ),
    literal('medium'),
  )

/** ECS category of an alert: malware where Microsoft says so, a detection otherwise. */
export const alertCategory = (category: Expr): Expr =>
  first(
    table(
      category,
      { Malware: 'malware', Ransomware: 'malware', UnwantedSoftware: 'malware', Phishing: 'email', MailFlow: 'email' },
      literal('intrusion_detection'),
    ),
    literal('intrusion_detection'),
  )

/** Determinations by one word, where the page of the alert resource and the API differ (sources-graph §1.1). */
export const determination = (at: Expr): Expr =>
  table(at, {
    compromisedUser: 'compromisedAccount',
    clean: 'notMalicious',
    insufficientData: 'notEnoughDataToValidate',
    confirmedUserActivity: 'confirmedActivity',
  })

/** What both alert tables of the Streaming API carry and Graph has under the same names. */
export const alertColumns: Own = {
  'microsoft.alert.severity': ['Severity', keyword('Severity in the word of the source')],
}
