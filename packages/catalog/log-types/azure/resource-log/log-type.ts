import { concat, defineLogType, first, keyword, literal, lower, table, when } from '../../../src/build.ts'
import {
  callerDictionary,
  callerFields,
  claim,
  claimNames,
  claimsDictionary,
  claimsObject,
  definitionsOf,
  envelopeDictionary,
  envelopeFields,
  exprsOf,
  httpOutcome,
  type Own,
  plainIdentity,
  severityOfLog,
  tenantOfLog,
  timeOfLog,
} from '../envelope.ts'

/** Results as Azure's services write them; a number is an HTTP status, 0 the good end of a job. */
const outcome = table(
  'resultType',
  {
    Success: 'success',
    Succeeded: 'success',
    Succeed: 'success',
    OK: 'success',
    Completed: 'success',
    0: 'success',
    Failure: 'failure',
    Failed: 'failure',
    Fail: 'failure',
    Error: 'failure',
    ClientError: 'failure',
    ServerError: 'failure',
    Unauthorized: 'failure',
    Forbidden: 'failure',
    Denied: 'failure',
    Timeout: 'failure',
  },
  httpOutcome('resultType', httpOutcome('resultSignature')),
)

const own: Own = {
  'microsoft.resource_log.status_code': ['statusCode', keyword('Status in the word of the service')],
  'microsoft.resource_log.status_text': ['statusText', keyword('Status text of the service')],
  'microsoft.resource_log.event_name': [
    first('properties~.eventName', 'properties~.action_name', 'properties~.event'),
    keyword('Name that the service gives the event'),
  ],
  'microsoft.resource_log.cloud': ['Cloud', keyword('Azure cloud')],
  'microsoft.resource_log.environment': ['Environment', keyword('Environment of the service')],
  'microsoft.resource_log.cluster': ['ccpNamespace|UnderlayName', keyword('Cluster of the control plane')],
}

/** Whatever no other type of Azure takes: the common envelope (AZDOCS resource-logs-schema.md), properties whole. */
export const logType = defineLogType({
  id: 'azure.resource-log',
  version: 1,
  title: 'Azure resource logs of any service',
  product: 'Azure Monitor',
  generic: true,
  shapes: {
    envelope: {
      title: 'Diagnostic settings: Event Hub or Storage',
      when: { has: ['category|operationName', 'resourceId|time|timeStamp'] },
      rank: 110,
      space: 'azure.resource-log',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // resource logs have no id of their own
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  severity: severityOfLog,
  signature: {
    id: literal('azure.resource-log'),
    name: first(
      concat('category', literal(': '), first('operationName.value', 'operationName')),
      'category',
      'operationName',
    ),
    category: 'category',
    known: [],
  },
  fields: {
    'event.kind': literal('event'),
    'event.action': first('operationName.value', 'operationName', 'category'),
    'event.outcome': first(outcome, httpOutcome('statusCode', httpOutcome('resultSignature'))),
    'user.name': plainIdentity(
      claim(claimNames.upn, 'upn', 'unique_name', claimNames.name, claimNames.email, 'name', 'appid'),
    ),
    ...callerFields,
    ...envelopeFields,
    'user.id': claim(claimNames.objectId, 'oid'),
    'microsoft.app.id': claim('appid'),
    'url.original': first('uri', 'properties~.requestUri'),
    'user_agent.original': first('properties~.userAgent', 'properties~.userAgentHeader', 'properties~.clientInfo'),
    'http.response.status_code': first(
      'properties~.httpStatusCode',
      'statusCode',
      when({ resultSignature: ['1*', '2*', '3*', '4*', '5*'] }, 'resultSignature'),
    ),
    ...exprsOf(own),
    'microsoft.claims': claimsObject,
    'microsoft.identity': 'identity~',
    'microsoft.properties': 'properties~',
  },
  dictionary: {
    ...definitionsOf(own),
    ...envelopeDictionary,
    ...callerDictionary,
    ...claimsDictionary,
    'microsoft.identity': { type: 'object', many: false, meaning: 'Identity of the caller, whole' },
  },
})
