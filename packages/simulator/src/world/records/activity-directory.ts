import { activityKind } from './activity-common.ts'
import { textOr } from './hostile.ts'
import { anyAddress, anyPerson, anyUserAgent } from './people.ts'
import type { RecordContext } from '../record.ts'
import type { ActivityParts } from './activity-common.ts'

function logon(context: RecordContext): ActivityParts {
  const { random, tenantId } = context
  const { upn, id } = anyPerson(context)
  const failed = random.chance(0.4)
  const address = anyAddress(random)
  return {
    Operation: failed ? 'UserLoginFailed' : 'UserLoggedIn',
    RecordType: 15,
    // It tells that the request was answered, not that the logon was good.
    ResultStatus: 'Succeeded',
    Workload: 'AzureActiveDirectory',
    ClientIP: address,
    ActorIpAddress: address,
    ObjectId: '00000002-0000-0ff1-ce00-000000000000',
    UserId: upn,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [
      { Name: 'ResultStatusDetail', Value: failed ? 'UserError' : 'Redirect' },
      { Name: 'UserAgent', Value: textOr(context, anyUserAgent(random)) },
      { Name: 'RequestType', Value: 'OAuth2:Authorize' },
    ],
    ModifiedProperties: [],
    Actor: [
      { ID: id, Type: 0 },
      { ID: upn, Type: 5 },
    ],
    ActorContextId: tenantId,
    InterSystemsId: random.guid(),
    IntraSystemId: random.guid(),
    SupportTicketId: '',
    Target: [{ ID: '00000002-0000-0ff1-ce00-000000000000', Type: 0 }],
    TargetContextId: tenantId,
    ApplicationId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    DeviceProperties: [
      { Name: 'OS', Value: 'Windows10' },
      { Name: 'BrowserType', Value: 'Edge' },
      { Name: 'SessionId', Value: random.guid() },
    ],
    ErrorNumber: failed ? '50126' : '0',
    ErrorCode: failed ? random.pick(['50126', 50_126]) : '0',
    ...(failed ? { LogonError: 'InvalidUserNameOrPassword' } : {}),
  }
}

function groupChange(context: RecordContext): ActivityParts {
  const { random, tenantId } = context
  const [actor, member] = [anyPerson(context), anyPerson(context)]
  return {
    Operation: random.pick(['Add member to group.', 'Remove member from group.', 'Update user.']),
    RecordType: 8,
    ResultStatus: 'Success',
    Workload: 'AzureActiveDirectory',
    ObjectId: member.upn,
    UserId: actor.upn,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [{ Name: 'additionalDetails', Value: '{}' }],
    ModifiedProperties: [{ Name: 'Group.DisplayName', NewValue: `"${textOr(context, 'Finance')}"`, OldValue: '' }],
    Actor: [{ ID: actor.upn, Type: 5 }],
    ActorContextId: tenantId,
    InterSystemsId: random.guid(),
    IntraSystemId: random.guid(),
    SupportTicketId: '',
    Target: [{ ID: `User_${member.id}`, Type: 2 }],
    TargetContextId: tenantId,
  }
}

/** Content of `Audit.AzureActiveDirectory`: record types 8 and 15. */
export const directoryActivityKind = activityKind([logon, logon, groupChange])
