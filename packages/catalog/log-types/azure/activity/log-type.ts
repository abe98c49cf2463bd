import {
  all,
  defineLogType,
  first,
  ip,
  join,
  keyword,
  literal,
  lower,
  part,
  port,
  table,
  when,
} from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import {
  claim,
  claimNames,
  claimsDictionary,
  definitionsOf,
  envelopeDictionary,
  exprsOf,
  groupOf,
  nameOf,
  nanoseconds,
  type Own,
  plainIdentity,
  providerOf,
  subscriptionOf,
  tenantOfLog,
  typeOf,
} from '../envelope.ts'
import * as byCategory from './properties.ts'
import {
  category,
  httpStatus,
  listed,
  onOperation,
  operation,
  outcome,
  property,
  severity,
  signature,
  status,
} from './vocabulary.ts'

/** A claim, at its place in either door. */
const claimOf = (...names: readonly string[]): Expr =>
  first(...names.map((name) => `claims~."${name}"`), claim(...names))

/** REST names the caller; event hubs leave it to the claims (sources: table of REST and Event Hub). */
const caller = first(
  'caller',
  plainIdentity(claimOf(claimNames.upn, 'upn', 'unique_name', claimNames.name, claimNames.email, 'name', 'appid')),
  claimOf(claimNames.upn),
)

const alertName = first(property('alertDisplayName'), property('RuleName'))

const categories = {
  Administrative: 'configuration',
  Policy: 'configuration',
  Autoscale: 'configuration',
  Recommendation: 'configuration',
  Security: 'intrusion_detection',
  ServiceHealth: 'host',
  ResourceHealth: 'host',
  Alert: 'host',
}

const accessControl = [
  'microsoft.authorization/roleassignments/*',
  'microsoft.authorization/roledefinitions/*',
  'microsoft.authorization/elevateaccess/*',
  'microsoft.authorization/classicadministrators/*',
  'microsoft.managedidentity/*',
]

const authorization = (path: string): Expr => first(`authorization~.${path}`, `identity~.authorization~.${path}`)

const access: Own = {
  'microsoft.activity.authorization.action': [authorization('action'), keyword('Action that was authorised')],
  'microsoft.activity.authorization.scope': [authorization('scope'), keyword('Scope of the authorisation')],
  'microsoft.activity.authorization.role': [
    first(authorization('role'), authorization('evidence.role')),
    keyword('Role that allowed it'),
  ],
  'microsoft.activity.authorization.role_assignment_id': [
    authorization('evidence.roleAssignmentId'),
    keyword('Role assignment that allowed it'),
  ],
  'microsoft.activity.authorization.role_assignment_scope': [
    authorization('evidence.roleAssignmentScope'),
    keyword('Scope of that role assignment'),
  ],
  'microsoft.activity.authorization.role_definition_id': [
    authorization('evidence.roleDefinitionId'),
    keyword('Role definition that allowed it'),
  ],
  'microsoft.activity.authorization.principal_id': [
    authorization('evidence.principalId'),
    keyword('Principal that holds the role'),
  ],
  'microsoft.activity.authorization.principal_type': [
    authorization('evidence.principalType'),
    keyword('User, Group or ServicePrincipal'),
  ],
}

const state: Own = {
  'microsoft.activity.status': [
    status,
    keyword('Started, Accepted, Succeeded, Failed, Active, Resolved…: one word for both doors'),
  ],
}

const own: Own = {
  ...byCategory.administrative,
  ...access,
  ...byCategory.policy,
  ...byCategory.security,
  ...byCategory.serviceHealth,
  ...byCategory.resourceHealth,
  ...byCategory.alert,
  ...byCategory.autoscale,
  ...byCategory.recommendation,
  ...byCategory.envelopeExtras,
}

export const logType = defineLogType({
  id: 'azure.activity',
  version: 1,
  title: 'Azure activity log',
  product: 'Azure Activity Log',
  shapes: {
    rest: {
      title: 'REST: Microsoft.Insights/eventtypes/management/values',
      rank: 40,
      when: {
        has: [
          'eventTimestamp',
          'operationName|eventName|category',
          'eventDataId|correlationId|resourceId|subscriptionId',
        ],
        lacks: ['time'],
      },
      space: 'azure.activity',
      key: ['eventDataId'],
      tenant: first('tenantId', claimOf(claimNames.tenantId, 'tid')),
    },
    // Entra's audit log has a category Policy too: it ranks before this one, by what only it has in its properties.
    'event-hub': {
      title: 'Diagnostic settings and log profiles: Event Hub or Storage',
      rank: 60,
      when: {
        has: ['category', 'operationName', 'time|timeStamp'],
        is: [
          'category',
          'Administrative',
          'ServiceHealth',
          'ResourceHealth',
          'Alert',
          'Autoscale',
          'Security',
          'Recommendation',
          'Policy',
          'Write',
          'Delete',
          'Action',
        ],
      },
      space: 'azure.activity',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // event hubs carry no id: the bytes of the record are its key (sources: Event Hub record)
  objects: [
    { kind: 'azure-resource', id: lower('resourceId') },
    // correlationId, eventDataId and operationId of an echoed alert are its systemAlertId (activity-log-schema.md,
    // Security)
    { kind: 'alert', id: onOperation(['microsoft.security/locations/alerts/*'], 'correlationId') },
  ],
  time: first('eventTimestamp', 'time|timeStamp', 'submissionTimestamp'),
  severity,
  signature,
  fields: {
    'event.kind': table(category, { Security: 'alert', Alert: 'alert' }, literal('event')),
    'event.category': onOperation(accessControl, literal('iam'), table(category, categories, literal('configuration'))),
    'event.type': onOperation(
      ['microsoft.authorization/policies/deny/*'],
      literal('denied'),
      table(part(operation, '/', -1), { write: 'change', delete: 'deletion', read: 'access' }, literal('info')),
    ),
    'event.action': lower(operation),
    'event.outcome': outcome,
    'user.name': caller,
    'source.ip': first(ip('httpRequest.clientIpAddress|clientIpAddress'), ip('callerIpAddress'), claimOf('ipaddr')),
    'source.port': when({ callerIpAddress: '*:*' }, port('callerIpAddress')),
    // An alert's own id names a place only; what it is about stands beside it.
    'microsoft.resource.name': first(property('compromisedEntity'), nameOf('resourceId')),
    'microsoft.resource.type': first(lower('resourceType.value'), typeOf('resourceId')),
    'microsoft.resource.group': first(groupOf('resourceId'), lower('resourceGroupName')),
    'cloud.account.id': first(subscriptionOf('resourceId'), lower('subscriptionId')),
    ...exprsOf(state),
    'rule.name': first(
      property('policies~[].policyDefinitionDisplayName'),
      property('policies~[].policyDefinitionName'),
      alertName,
    ),
    'rule.id': first(property('policies~[].policyDefinitionId'), property('RuleUri')),
    'rule.description': property('RuleDescription'),
    'user.id': first(claimOf(claimNames.objectId, 'oid'), authorization('evidence.principalId')),
    'user.full_name': claimOf('name'),
    'user.email': claimOf(claimNames.email, 'email'),
    'user.roles': all(authorization('role'), authorization('evidence.role')),
    'microsoft.app.id': claimOf('appid'),
    'error.message': first(property('statusMessage'), when({ resultType: 'Fail*' }, 'resultDescription')),
    'event.reason': first('resultDescription', 'description', property('message')),
    'threat.tactic.name': listed('intent'),
    'microsoft.alert.remediation': join(listed('remediationSteps'), ' '),
    'process.name': property('processName'),
    'process.pid': property('processId'),
    'process.command_line': property('commandLine'),
    'file.path': property('filePath'),
    'user.target.name': property('userName'),
    'user.target.id': property('UserSID'),
    'microsoft.correlation_id': 'correlationId',
    'microsoft.operation': operation,
    'microsoft.category': category,
    'microsoft.result': first('status.value', 'resultType'),
    'microsoft.result_signature': first('subStatus.value', 'resultSignature'),
    'http.request.method': 'httpRequest.method',
    'http.response.status_code': httpStatus,
    'url.original': 'httpRequest.uri',
    'http.request.id': 'httpRequest.clientRequestId',
    'event.id': 'eventDataId',
    'microsoft.request_id': first('operationId', property('operationId')),
    'organization.id': first('tenantId', claimOf(claimNames.tenantId, 'tid')),
    'cloud.provider': literal('azure'),
    'cloud.region': first(property('resourceLocation'), property('region'), 'location'),
    'event.url': property('recommendationResourceLink'),
    'log.level': 'level',
    'microsoft.resource.provider': first(lower('resourceProviderName.value'), providerOf('resourceId')),
    'microsoft.resource.id': 'resourceId',
    'event.ingested': 'submissionTimestamp',
    'event.duration': nanoseconds('durationMs'),
    'microsoft.duration_ms': 'durationMs',
    'microsoft.operation_version': 'operationVersion',
    'microsoft.session_id': claimOf('uti'),
    ...exprsOf(own),
    'microsoft.claims': first('claims~', 'identity~.claims|claim'),
    'microsoft.properties': 'properties~',
  },
  dictionary: {
    ...definitionsOf(state),
    ...definitionsOf(own),
    ...envelopeDictionary,
    ...claimsDictionary,
  },
})
