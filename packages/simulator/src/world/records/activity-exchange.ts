import { activityKind, anyClientIp } from './activity-common.ts'
import { textOr } from './hostile.ts'
import { anyPerson } from './people.ts'
import type { RecordContext } from '../record.ts'
import type { ActivityParts } from './activity-common.ts'

function cmdlet(context: RecordContext): ActivityParts {
  const { upn } = anyPerson(context)
  const parameters = [
    { Name: 'Identity', Value: upn },
    { Name: 'ForwardingSmtpAddress', Value: textOr(context, 'smtp:drop@fabrikam.example') },
  ]
  return {
    Operation: context.random.pick(['Set-Mailbox', 'New-InboxRule', 'Add-MailboxPermission']),
    RecordType: 1,
    ResultStatus: 'True',
    Workload: 'Exchange',
    ObjectId: upn,
    UserId: upn,
    AppId: '',
    ClientAppId: '',
    ExternalAccess: false,
    OrganizationName: context.domain,
    OriginatingServer: 'AM6PR0402MB3701 (15.20.9137.017)',
    // Some records have them as one text.
    Parameters: context.random.chance(0.1) ? JSON.stringify(parameters) : parameters,
    SessionId: context.random.guid(),
  }
}

function mailbox(context: RecordContext): ActivityParts {
  const { random } = context
  const { upn, sid } = anyPerson(context)
  return {
    Operation: random.pick(['MailItemsAccessed', 'Send', 'HardDelete']),
    RecordType: random.pick([2, 50]),
    ResultStatus: 'Succeeded',
    Workload: 'Exchange',
    UserId: upn,
    ClientIPAddress: anyClientIp(random),
    ClientInfoString: 'Client=REST;Client=RESTSystem;;',
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: random.pick([0, 1, 2]),
    LogonUserSid: sid,
    MailboxGuid: random.guid(),
    MailboxOwnerSid: sid,
    MailboxOwnerUPN: upn,
    OrganizationName: context.domain,
    OriginatingServer: 'AM6PR0402MB3701 (15.20.9137.017)',
    SessionId: random.guid(),
    Item: {
      Id: `RgAAAA${random.hex(20)}`,
      InternetMessageId: `<${random.hex(10)}@${context.domain}>`,
      ParentFolder: { Id: `LgAAAA${random.hex(20)}`, Path: '\\Inbox' },
      Subject: textOr(context, 'Quarterly numbers'),
    },
  }
}

/** Content of `Audit.Exchange`: record types 1, 2 and 50. */
export const exchangeActivityKind = activityKind([cmdlet, mailbox, mailbox])
