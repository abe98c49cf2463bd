import {
  concat,
  defineLogType,
  first,
  keyword,
  keywords,
  literal,
  long,
  lower,
  object,
  objects,
  table,
  text,
} from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { diagnosticShape, envelopeDictionary } from '../common.ts'

/** Beta keeps the deprecated `action` and `statusInfo` beside their successors. */
const error = (member: string): Expr =>
  first(`provisioningStatusInfo.errorInformation.${member}`, `statusInfo.${member}`)
const action = lower(first('provisioningAction', 'action'))
const status = lower(first('provisioningStatusInfo.status', 'statusInfo.status'))

/** Source and target: system and identity, with what each adds as it says it. */
const side = (name: 'source' | 'target'): Own => ({
  [`microsoft.provisioning.${name}_system.id`]: [`${name}System.id`, keyword(`System of the ${name}`)],
  [`microsoft.provisioning.${name}_system.name`]: [`${name}System.displayName`, keyword('The same by name')],
  [`microsoft.provisioning.${name}_system.details`]: [`${name}System.details`, object(`What the ${name} system adds`)],
  [`microsoft.provisioning.${name}_identity.id`]: [`${name}Identity.id`, keyword(`Identity in the ${name}`)],
  [`microsoft.provisioning.${name}_identity.name`]: [`${name}Identity.displayName`, keyword('The same by name')],
  [`microsoft.provisioning.${name}_identity.type`]: [`${name}Identity.identityType`, keyword('User, Group…')],
  [`microsoft.provisioning.${name}_identity.details`]: [
    `${name}Identity.details`,
    object(`What the ${name} knows of it`),
  ],
})

const own: Own = {
  'microsoft.provisioning.action': [action, keyword('create, update, delete, disable, stageddelete or other')],
  'microsoft.provisioning.status': [status, keyword('success, failure, skipped or warning')],
  'microsoft.provisioning.job_id': ['jobId', keyword('Job')],
  'microsoft.provisioning.cycle_id': ['cycleId', keyword('Cycle of the job')],
  'microsoft.provisioning.change_id': ['changeId', keyword('Change within the cycle')],
  ...side('source'),
  ...side('target'),
  'microsoft.provisioning.initiator_type': [
    'initiatedBy.initiatorType|initiatingType',
    keyword('user, application or system'),
  ],
  'microsoft.provisioning.error_category': [error('errorCategory'), keyword('failure, nonServiceFailure or success')],
  'microsoft.provisioning.error_details': [error('additionalDetails'), text('Details of the error')],
  'microsoft.provisioning.recommended_action': [error('recommendedAction'), text('What to do about it')],
  'microsoft.provisioning.step_names': ['provisioningSteps[].name', keywords('Steps that were taken')],
  'microsoft.provisioning.duration_ms': ['durationInMilliseconds', long('Duration, milliseconds')],
  'microsoft.provisioning.steps': ['provisioningSteps[]', objects('Each step with its status and details')],
}

const user: Expr = first('targetIdentity.displayName', 'sourceIdentity.displayName')

/** Graph `microsoft.graph.provisioningObjectSummary` (sources-graph §2.3), through Graph and diagnostic settings. */
export const logType = defineLogType({
  id: 'entra.provisioning',
  version: 1,
  title: 'Entra ID provisioning',
  product: 'Entra ID',
  shapes: {
    graph: {
      title: 'Graph auditLogs/provisioning',
      rank: 17,
      when: {
        has: ['activityDateTime', 'provisioningAction|provisioningSteps|provisioningStatusInfo'],
        lacks: ['activityDisplayName|loggedByService'],
      },
      space: 'entra.provisioning',
      key: ['id'],
      tenant: 'tenantId',
    },
    diagnostic: diagnosticShape('entra.provisioning', ['id'], 'ProvisioningLogs'),
  },
  uniqueKey: false,
  objects: [{ kind: 'user', id: first('sourceIdentity.id', 'targetIdentity.id') }],
  time: first('activityDateTime', '^.time'),
  severity: table(status, { failure: 'low', warning: 'low' }, literal('informational')),
  signature: {
    id: concat(literal('provisioning.'), action),
    name: concat(literal('Provisioning: '), action),
    category: literal('provisioning'),
    known: ['create', 'update', 'delete', 'disable', 'stageddelete', 'other'].map((a) => `provisioning.${a}`),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('iam'),
    'event.type': table(
      action,
      { create: 'creation', delete: 'deletion', stageddelete: 'deletion' },
      literal('change'),
    ),
    'event.action': concat(literal('provisioning.'), action),
    'event.outcome': table(status, { success: 'success', failure: 'failure' }, literal('unknown')),
    'event.reason': first(error('reason'), 'resultDescription'),
    'user.target.name': user,
    'user.target.id': first('targetIdentity.id', 'sourceIdentity.id'),
    'user.name': first('initiatedBy.displayName', 'initiatedBy.id'),
    'user.id': 'initiatedBy.id',
    'service.name': 'servicePrincipal.displayName',
    'service.id': 'servicePrincipal.id',
    'microsoft.service_principal.name': 'servicePrincipal.displayName',
    'microsoft.service_principal.id': 'servicePrincipal.id',
    'error.code': error('errorCode'),
    'error.message': error('reason'),
    'microsoft.changed': 'modifiedProperties[].displayName',
    'microsoft.changed_from': 'modifiedProperties[].oldValue',
    'microsoft.changed_to': 'modifiedProperties[].newValue',
    'event.id': 'id',
    'organization.id': first('^.tenantId', 'tenantId'),
    ...exprsOf(own),
    'microsoft.changes': 'modifiedProperties[]',
  },
  dictionary: { ...definitionsOf(own), ...envelopeDictionary },
})
