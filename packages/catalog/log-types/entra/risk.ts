import { date, keyword, keywords } from '../../src/build.ts'
import type { Own } from '../azure/envelope.ts'

/** riskEventType, as Identity Protection names its detections. */
export const riskEventTypes: readonly string[] = [
  'unlikelyTravel',
  'anonymizedIPAddress',
  'maliciousIPAddress',
  'maliciousIPAddressValidCredentialsBlockedIP',
  'unfamiliarFeatures',
  'malwareInfectedIPAddress',
  'suspiciousIPAddress',
  'leakedCredentials',
  'investigationsThreatIntelligence',
  'investigationsThreatIntelligenceSigninLinked',
  'generic',
  'adminConfirmedUserCompromised',
  'mcasImpossibleTravel',
  'mcasSuspiciousInboxManipulationRules',
  'mcasFinSuspiciousFileAccess',
  'passwordSpray',
  'impossibleTravel',
  'newCountry',
  'anomalousToken',
  'tokenIssuerAnomaly',
  'suspiciousBrowser',
  'riskyIPAddress',
  'anomalousUserActivity',
  'anomalousAuthActivity',
  'attackerinTheMiddle',
  'attemptedPrtAccess',
  'nationStateIP',
  'suspiciousAPITraffic',
  'suspiciousSendingPatterns',
  'userReportedSuspiciousActivity',
  'suspiciousAuthAppApproval',
  'suspiciousSignins',
  'anomalousServicePrincipalActivity',
  'adminConfirmedServicePrincipalCompromised',
  'leakedCredentialsServicePrincipal',
  'maliciousApplication',
  'suspiciousApplication',
]

/** What all objects of Identity Protection say of their subject. */
export const subject: Own = {
  'microsoft.risk.updated': ['lastUpdatedDateTime|riskLastUpdatedDateTime', date('When the risk was last updated')],
}

/** What a detection says beside its subject. */
export const detection: Own = {
  'microsoft.risk.event_type': ['riskEventType|riskType', keyword('Detection')],
  'microsoft.risk.source': ['source', keyword('Product that detected it')],
  'microsoft.risk.timing': ['detectionTimingType', keyword('realtime, nearRealtime or offline')],
  'microsoft.risk.activity': ['activity', keyword('signin, user or servicePrincipal')],
  'microsoft.risk.key_ids': ['keyIds[]', keywords('Credentials of the service principal')],
}
