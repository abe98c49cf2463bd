import { defineLogType, first, ip, keyword, literal, lower, strip } from '../../../src/build.ts'
import { agentDictionary, ext, headerSeverity, milliseconds } from '../common.ts'

/**
 * Activities as the Cloud App Security SIEM agent writes them (Defender for Cloud Apps, "Generic SIEM integration": sample activity
 * logs and field table).
 */
export const logType = defineLogType({
  id: 'mdca.activity',
  version: 1,
  title: 'Defender for Cloud Apps activities, from the SIEM agent',
  product: 'Microsoft Defender for Cloud Apps',
  shapes: {
    agent: {
      title: 'CEF of the SIEM agent: MCAS, SIEM_Agent, EVENT_CATEGORY_…',
      rank: 70,
      when: { has: ['cef'], is: ['cef.product', 'SIEM_Agent'], also: ['cef.classId', 'EVENT_CATEGORY_*'] },
      space: 'mdca.activity',
      key: [ext('externalId')],
      tenant: literal(''),
    },
  },
  uniqueKey: false, // the agent sends the last two days again when it connects for the first time
  time: first(milliseconds('rt'), milliseconds('start')),
  severity: headerSeverity,
  signature: {
    id: 'cef.classId',
    name: first('cef.name', ext('msg')),
    category: literal('cloud-app'),
    known: ['LOGOUT', 'VIEW_REPORT', 'DELETE_OBJECT', 'CREATE_USER', 'DELETE_USER'].map((c) => `EVENT_CATEGORY_${c}`),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('web'),
    'event.type': literal('info'),
    'event.action': lower(strip('cef.classId', 'EVENT_CATEGORY_')),
    'event.id': ext('externalId'),
    'event.start': milliseconds('start'),
    'event.end': milliseconds('end'),
    message: ext('msg'),
    'user.name': ext('suser'),
    'source.ip': first(ip(ext('dvc')), ip(ext('c6a1'))),
    'user_agent.original': ext('requestClientApplication'),
    'service.name': ext('destinationServiceName'),
    'event.url': ext('cs1'),
    'microsoft.mdca.class': 'cef.classId',
    'microsoft.mdca.app_ids': ext('cs2'),
    'microsoft.mdca.target_objects': ext('cs3'),
    'microsoft.mdca.policy_ids': ext('cs4'),
  },
  dictionary: {
    ...agentDictionary,
    'microsoft.mdca.target_objects': keyword('Objects that were acted on, with commas (targetObjects)'),
  },
})
