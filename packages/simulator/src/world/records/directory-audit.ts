import { timeAt } from '../record.ts'
import { textOr } from './hostile.ts'
import { anyAddress, anyPerson } from './people.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

const activities = [
  ['Add member to group', 'GroupManagement', 'Assign', 'Core Directory'],
  ['Update user', 'UserManagement', 'Update', 'Core Directory'],
  ['Add service principal credentials', 'ApplicationManagement', 'Update', 'Core Directory'],
  ['Add member to role', 'RoleManagement', 'Assign', 'Core Directory'],
  ['Consent to application', 'ApplicationManagement', 'Assign', 'Core Directory'],
  ['Reset password (self-service)', 'UserManagement', 'Update', 'Self-service Password Management'],
] as const

function create(context: RecordContext): Made {
  const { random } = context
  const [activityDisplayName, category, operationType, loggedByService] = random.pick(activities)
  const id = idOf(context, loggedByService)
  const result = random.pick(['success', 'success', 'success', 'failure'])
  const fields: Fields = {
    id,
    category,
    correlationId: random.guid(),
    result,
    resultReason: result === 'failure' ? textOr(context, 'Insufficient privileges to complete the operation.') : '',
    activityDisplayName,
    activityDateTime: timeAt(context),
    loggedByService,
    operationType,
    initiatedBy: initiator(context),
    targetResources: [target(context)],
    additionalDetails: [{ key: 'User-Agent', value: textOr(context, 'EvoSTS') }],
  }
  return { id, fields }
}

// Ids are opaque: GUIDs for some services, names with a GUID inside for others.
function idOf({ random }: RecordContext, service: string): string {
  if (service !== 'Core Directory')
    return `SSPR_${random.guid()}_${random.hex(5).toUpperCase()}_${random.below(90_000_000)}`
  return random.chance(0.2)
    ? random.guid()
    : `Directory_${random.guid()}_${random.hex(5).toUpperCase()}_${random.below(90_000_000)}`
}

function initiator(context: RecordContext): Fields {
  const { random } = context
  if (random.chance(0.05)) return { user: null, app: null }
  if (random.chance(0.3)) {
    const app = { appId: null, displayName: 'Microsoft Approval Management', servicePrincipalId: random.guid() }
    return { user: null, app: { ...app, servicePrincipalName: null } }
  }
  const { id, name, upn } = anyPerson(context)
  const home = { userType: 'Member', homeTenantId: null, homeTenantName: null }
  return { app: null, user: { id, displayName: name, userPrincipalName: upn, ipAddress: anyAddress(random), ...home } }
}

function target(context: RecordContext): Fields {
  const { id, name, upn } = anyPerson(context)
  const oldValue = JSON.stringify([textOr(context, 'Sales')])
  return {
    id,
    displayName: name,
    type: 'User',
    userPrincipalName: upn,
    groupType: null,
    modifiedProperties: [
      { displayName: 'Department', oldValue, newValue: '["Marketing"]' },
      { displayName: 'Included Updated Properties', oldValue: null, newValue: '"Department"' },
    ],
  }
}

/** `microsoft.graph.directoryAudit`. */
export const directoryAuditKind: RecordKind = { timeField: 'activityDateTime', create }
