import { defineLogType, first, ip, keyword, literal, long, lower, strip } from '../../../src/build.ts'
import { agentDictionary, ext, headerSeverity, milliseconds } from '../common.ts'

/**
 * Alerts as the Cloud App Security SIEM agent writes them (Defender for Cloud Apps, "Generic SIEM integration": sample alerts and
 * field table).
 */
export const logType = defineLogType({
  id: 'mdca.alert',
  version: 1,
  title: 'Defender for Cloud Apps alerts, from the SIEM agent',
  product: 'Microsoft Defender for Cloud Apps',
  shapes: {
    agent: {
      title: 'CEF of the SIEM agent: MCAS, SIEM_Agent, ALERT_…',
      rank: 70,
      when: { has: ['cef'], is: ['cef.product', 'SIEM_Agent'], also: ['cef.classId', 'ALERT_*'] },
      space: 'mdca.alert',
      key: [ext('externalId')],
      tenant: literal(''),
    },
  },
  uniqueKey: false, // the agent sends the last two days again when it connects for the first time
  objects: [{ kind: 'alert', id: ext('externalId') }],
  time: first(milliseconds('rt'), milliseconds('start')),
  severity: headerSeverity,
  signature: {
    id: 'cef.classId',
    name: first('cef.name', ext('msg')),
    category: literal('alert'),
    known: ['ALERT_CABINET_EVENT_MATCH_AUDIT'],
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': literal('threat'),
    'event.type': literal('indicator'),
    'event.action': lower(strip('cef.classId', 'ALERT_')),
    'event.id': ext('externalId'),
    'event.start': milliseconds('start'),
    'event.end': milliseconds('end'),
    message: ext('msg'),
    'user.name': ext('suser'),
    'source.ip': first(ip(ext('src')), ip(ext('c6a1'))),
    'service.name': ext('destinationServiceName'),
    'event.url': ext('cs1'),
    'microsoft.mdca.class': 'cef.classId',
    'microsoft.mdca.app_ids': ext('cs2'),
    'microsoft.mdca.related_audits': ext('cs3'),
    'microsoft.mdca.policy_ids': ext('cs4'),
    'microsoft.mdca.risk_score': ext('cn1'),
  },
  dictionary: {
    ...agentDictionary,
    'microsoft.mdca.related_audits': keyword('Activities that the alert is about, with commas (relatedAudits)'),
    'microsoft.mdca.risk_score': long('Risk score of the alert'),
  },
})
