import { secondsAt } from '../record.ts'
import { textOr } from './hostile.ts'
import { anyPerson } from './people.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

function create(context: RecordContext): Made {
  const { random } = context
  const id = random.guid()
  const failed = random.chance(0.2)
  const fields: Fields = {
    id,
    activityDateTime: secondsAt(context),
    tenantId: context.tenantId,
    jobId: `scim.${random.hex(12)}.${random.guid()}`,
    cycleId: random.guid(),
    changeId: random.guid(),
    provisioningAction: random.pick(['create', 'update', 'disable', 'other']),
    durationInMilliseconds: 200 + random.below(4000),
    servicePrincipal: { id: random.guid(), displayName: 'Shop SCIM' },
    sourceSystem: { id: random.guid(), displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: { id: random.guid(), displayName: 'Shop', details: { ApplicationId: random.guid() } },
    initiatedBy: { id: '', displayName: 'Microsoft Entra Provisioning Service', initiatorType: 'system' },
    ...identities(context),
    ...outcome(context, failed),
  }
  return { id, fields }
}

function identities(context: RecordContext): Fields {
  const { id, name, upn } = anyPerson(context)
  const modified = { displayName: 'active', oldValue: null, newValue: textOr(context, 'True') }
  return {
    sourceIdentity: { id, displayName: name, identityType: 'User', details: { UserPrincipalName: upn } },
    targetIdentity: { id: '', displayName: '', identityType: 'User', details: {} },
    modifiedProperties: [modified],
  }
}

function outcome(context: RecordContext, failed: boolean): Fields {
  const status = failed ? 'failure' : 'success'
  const error = {
    errorCode: 'DuplicateTargetEntries',
    reason: textOr(context, 'More than one entry matches.'),
    additionalDetails: null,
    errorCategory: 'nonServiceFailure',
    recommendedAction: 'Remove the duplicate.',
  }
  const step = { name: 'EntryImportAdd', provisioningStepType: 'import', status: 'success', details: {} }
  return {
    provisioningStatusInfo: { status, errorInformation: failed ? error : null },
    provisioningSteps: [
      { ...step, description: 'Received a user' },
      { ...step, name: 'EntryExportAdd', provisioningStepType: 'export', status, description: 'Wrote the user' },
    ],
  }
}

/** `microsoft.graph.provisioningObjectSummary`; its times are whole seconds. */
export const provisioningKind: RecordKind = { timeField: 'activityDateTime', create }
