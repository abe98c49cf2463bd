import { all, defineLogType, first, keyword, keywords, literal, object, table } from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { diagnosticShape, envelopeDictionary, locationFields, riskSeverity } from '../common.ts'
import { detection, riskEventTypes, subject } from '../risk.ts'

/** additionalInfo: a list of Key and Value, as JSON inside a string. */
const info = (...keys: readonly string[]): Expr => first(...keys.map((key) => `additionalInfo~[Key=${key}].Value`))

const type = first('riskEventType', 'riskType')

const own: Own = {
  ...detection,
  ...subject,
  'microsoft.risk.reasons': ['additionalInfo~[Key=riskReasons].Value[]', keywords('Why it is a risk')],
  'microsoft.risk.malware': [info('malwareName'), keyword('Malware that was found')],
  'microsoft.risk.related_user_agent': [info('relatedUserAgent'), keyword('User agent of the related sign-in')],
  'microsoft.risk.additional_info': [
    first('additionalInfo~', 'additionalInfo'),
    object('Further data of the detection'),
  ],
}

const detected = first('detectedDateTime', 'activityDateTime', '^.time')

/** Graph riskDetection and servicePrincipalRiskDetection (sources-graph §2.4), Graph and diagnostic settings. */
export const logType = defineLogType({
  id: 'entra.risk-detection',
  version: 1,
  title: 'Entra ID Protection risk detections',
  product: 'Entra ID Protection',
  shapes: {
    graph: {
      title: 'Graph identityProtection/riskDetections and servicePrincipalRiskDetections',
      rank: 18,
      when: { has: ['riskEventType', 'activityDateTime|detectedDateTime'], lacks: ['RecordType'] },
      space: 'entra.risk-detection',
      key: ['id'],
      tenant: 'tenantId',
    },
    diagnostic: diagnosticShape('entra.risk-detection', ['id'], 'UserRiskEvents', 'ServicePrincipalRiskEvents'),
  },
  uniqueKey: false,
  revision: 'lastUpdatedDateTime',
  objects: [
    { kind: 'risk-detection', id: 'id' },
    { kind: 'user', id: 'userId' },
    { kind: 'service-principal', id: 'servicePrincipalId' },
  ],
  significant: ['riskState', 'riskLevel', 'riskDetail'],
  // Offline detections are found days after the activity (sources-graph §2.5): the activity is what happened.
  time: first('activityDateTime', 'detectedDateTime', '^.time'),
  severity: riskSeverity('riskLevel'),
  signature: {
    id: type,
    name: table(type, {
      anonymizedIPAddress: 'Sign-in from an anonymous address',
      unlikelyTravel: 'Atypical travel',
      impossibleTravel: 'Impossible travel',
      unfamiliarFeatures: 'Unfamiliar sign-in properties',
      leakedCredentials: 'Leaked credentials',
      passwordSpray: 'Password spray',
      maliciousIPAddress: 'Sign-in from a malicious address',
      anomalousToken: 'Anomalous token',
      generic: 'Additional risk detected',
    }),
    category: literal('risk'),
    known: riskEventTypes,
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': literal('intrusion_detection'),
    'event.type': literal('info'),
    'event.action': type,
    'user.name': first('userPrincipalName', 'servicePrincipalDisplayName'),
    'user.id': first('userId', 'servicePrincipalId'),
    'user.full_name': first('userDisplayName', 'servicePrincipalDisplayName'),
    'source.ip': first('ipAddress', info('clientIp')),
    'microsoft.risk.level': 'riskLevel',
    'microsoft.risk.state': 'riskState',
    'microsoft.risk.detail': 'riskDetail',
    'user_agent.original': info('userAgent', 'relatedUserAgent'),
    ...locationFields('location'),
    'microsoft.app.id': 'appId',
    'microsoft.service_principal.id': 'servicePrincipalId',
    'microsoft.service_principal.name': 'servicePrincipalDisplayName',
    'threat.technique.id': all('mitreTechniqueId', 'additionalInfo~[Key=mitreTechniques].Value'),
    'threat.software.name': info('malwareName'),
    'event.url': info('alertUrl'),
    'microsoft.correlation_id': first('correlationId', info('correlationId')),
    'microsoft.request_id': first('requestId', info('requestId')),
    'microsoft.token_issuer.type': 'tokenIssuerType',
    'event.id': 'id',
    'event.provider': 'source',
    'event.start': 'activityDateTime',
    'event.created': detected,
    ...exprsOf(own),
  },
  dictionary: { ...definitionsOf(own), ...envelopeDictionary },
})
