import { all, defineLogType, first, keyword, keywords, literal, objects, table } from '../../../src/build.ts'
import type { Expr, Shape } from '../../../src/model.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { auditOutcome, diagnosticShape, envelopeDictionary, envelopeFields } from '../common.ts'
import { everyday, sensitive } from './activities.ts'

const result = first('result', '^.result', '^.resultType')
const operation = first('operationName', '^.operationName')
const activity = first('activityDisplayName', operation)

/** Categories about people and what they may do; all others are about the directory itself. */
const iam = [
  'UserManagement',
  'GroupManagement',
  'RoleManagement',
  'ApplicationManagement',
  'Authentication',
  'Authorization',
]

const target = (type: string, member: string): string => `targetResources[type=${type}].${member}`
const detail = (...keys: readonly string[]): Expr => first(...keys.map((key) => `additionalDetails[key=${key}].value`))

/** Roles, applications and devices among the targets; users and groups have places in ECS. */
const targets: Own = {
  'microsoft.audit.target_types': ['targetResources[].type', keywords('Kinds of what was acted on')],
  'microsoft.audit.target_ids': ['targetResources[].id', keywords('Ids of what was acted on')],
  'microsoft.audit.target_names': [
    all('targetResources[].displayName', 'targetResources[].userPrincipalName'),
    keywords('Names of what was acted on'),
  ],
  'microsoft.audit.role.id': [target('Role', 'id'), keyword('Role')],
  'microsoft.audit.role.name': [
    first(target('Role', 'displayName'), detail('RoleName', 'Role.DisplayName')),
    keyword('Role by name'),
  ],
  'microsoft.audit.application.id': [
    first(target('Application', 'id'), target('ServicePrincipal', 'id')),
    keyword('Application or service principal that was acted on'),
  ],
  'microsoft.audit.application.name': [
    first(target('Application', 'displayName'), target('ServicePrincipal', 'displayName')),
    keyword('The same by name'),
  ],
  'microsoft.audit.group_types': ['targetResources[].groupType', keywords('unifiedGroups or azureAD')],
  'microsoft.audit.administrative_units': ['targetResources[].administrativeUnits[]', objects('Administrative units')],
}

const initiator: Own = {
  'microsoft.audit.initiator.roles': ['initiatedBy.user.roles[]', keywords('Roles of who did it')],
  'microsoft.audit.initiator.tenant_name': ['initiatedBy.user.homeTenantName', keyword('Home tenant by name')],
  'microsoft.audit.initiator.linkable': ['initiatedBy.linkableIdentifiers', objects('Ids to join with sign-ins')],
  'microsoft.audit.performed_by': ['performedBy', objects('Agent that did it')],
  'microsoft.audit.operation_type': ['operationType', keyword('Add, Update, Delete, Assign…')],
}

const own: Own = { ...targets, ...initiator }

const diagnostic: Shape = {
  ...diagnosticShape('entra.directory-audit', ['id'], 'AuditLogs'),
  fields: {
    ...envelopeFields,
    'microsoft.result': result,
    'microsoft.operation': operation,
    'microsoft.audit.tenant_geo': 'tenantGeo',
  },
}

const byCategory: Shape = {
  ...diagnostic,
  title: 'Diagnostic settings, with the category of the activity in the envelope',
  // Some pipelines write the audit's own category (Policy, UserManagement…) into the envelope. The activity log claims
  // Policy too, and knows nothing of activityDisplayName: this one goes first.
  rank: 59,
  when: {
    has: ['category', 'properties'],
    is: ['properties~.activityDisplayName', '*'],
    also: ['resourceId', '*microsoft.aadiam*'],
  },
}

/** Graph `microsoft.graph.directoryAudit` (sources-graph §2.1), through Graph and through diagnostic settings. */
export const logType = defineLogType({
  id: 'entra.directory-audit',
  version: 1,
  title: 'Entra ID audit log',
  product: 'Entra ID',
  shapes: {
    graph: {
      title: 'Graph auditLogs/directoryAudits',
      rank: 16,
      when: { has: ['activityDateTime', 'activityDisplayName|loggedByService'], lacks: ['riskEventType'] },
      space: 'entra.directory-audit',
      key: ['id'],
      tenant: 'tenantId',
    },
    // Intune writes AuditLogs too, with ActivityDate and Actor: not ours.
    diagnostic: {
      ...diagnostic,
      rank: 58,
      when: {
        has: ['category', 'properties'],
        is: ['properties~.activityDateTime|activityDisplayName', '*'],
        also: ['category', 'AuditLogs'],
      },
    },
    'diagnostic-by-category': byCategory,
  },
  uniqueKey: false, // ids are opaque, and nothing says that they are never used again (sources-graph §2.1)
  objects: [
    { kind: 'user', id: target('User', 'id') },
    { kind: 'group', id: target('Group', 'id') },
    { kind: 'application', id: first(target('Application', 'id'), target('ServicePrincipal', 'id')) },
  ],
  time: first('activityDateTime', '^.time'),
  severity: first(
    table(activity, Object.fromEntries(sensitive.map((name) => [name, 'medium'])), literal('informational')),
    literal('informational'),
  ),
  signature: {
    id: activity,
    name: activity,
    category: first('category', '^.category'),
    known: [...sensitive, ...everyday],
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': first(
      table('category', Object.fromEntries(iam.map((c) => [c, 'iam'])), literal('configuration')),
      table('^.category', Object.fromEntries(iam.map((c) => [c, 'iam'])), literal('configuration')),
    ),
    'event.type': all(
      first(
        table(
          'operationType',
          {
            Add: 'creation',
            Create: 'creation',
            Delete: 'deletion',
            Update: 'change',
            Assign: 'change',
            Unassign: 'change',
          },
          literal('info'),
        ),
        literal('info'),
      ),
      table('category', { UserManagement: 'user', GroupManagement: 'group', RoleManagement: 'admin' }, literal('')),
    ),
    'event.action': activity,
    'event.outcome': auditOutcome(first(result, '^.resultSignature')),
    'event.reason': first('resultReason', 'resultDescription'),
    'user.name': first(
      'initiatedBy.user.userPrincipalName',
      'initiatedBy.app.servicePrincipalName',
      'initiatedBy.app.displayName',
    ),
    'user.id': first('initiatedBy.user.id', 'initiatedBy.app.servicePrincipalId', 'initiatedBy.app.appId'),
    'source.ip': first('initiatedBy.user.ipAddress', '^.callerIpAddress', '^.ipAddress', detail('ipaddr', 'IpAddress')),
    'user.target.name': first(target('User', 'userPrincipalName'), target('User', 'displayName')),
    'user.target.id': target('User', 'id'),
    'group.name': target('Group', 'displayName'),
    'group.id': target('Group', 'id'),
    'microsoft.resource.name': 'targetResources[].displayName',
    'microsoft.resource.type': 'targetResources[].type',
    'microsoft.resource.id': 'targetResources[].id',
    'microsoft.changed': 'targetResources[].modifiedProperties[].displayName',
    'microsoft.changed_from': 'targetResources[].modifiedProperties[].oldValue',
    'microsoft.changed_to': 'targetResources[].modifiedProperties[].newValue',
    'microsoft.category': first('category', '^.category'),
    'microsoft.workload': 'loggedByService',
    'user.full_name': first('initiatedBy.user.displayName', 'initiatedBy.app.displayName'),
    'user_agent.original': first('userAgent', detail('User-Agent', 'UserAgent', 'userAgent')),
    'microsoft.app.name': 'initiatedBy.app.displayName',
    'microsoft.app.id': 'initiatedBy.app.appId',
    'microsoft.service_principal.id': 'initiatedBy.app.servicePrincipalId',
    'microsoft.service_principal.name': 'initiatedBy.app.servicePrincipalName',
    'microsoft.correlation_id': first('correlationId', '^.correlationId'),
    'user.target.full_name': target('User', 'displayName'),
    'device.id': target('Device', 'id'),
    'host.name': target('Device', 'displayName'),
    'microsoft.user_type': 'initiatedBy.user.userType',
    'microsoft.home_tenant_id': 'initiatedBy.user.homeTenantId',
    'microsoft.result': result,
    'event.id': 'id',
    'event.provider': 'loggedByService',
    ...exprsOf(own),
    'microsoft.details': 'additionalDetails[]',
    'microsoft.changes': 'targetResources[].modifiedProperties[]',
  },
  dictionary: {
    ...definitionsOf(own),
    ...envelopeDictionary,
    'microsoft.audit.tenant_geo': keyword('Region of the tenant'),
  },
})
