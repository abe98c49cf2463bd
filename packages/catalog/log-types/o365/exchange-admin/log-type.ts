import { all, boolean, date, defineLogType, first, keyword, keywords, literal, long, strip, when } from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { exchangeFields } from '../areas.ts'
import { activityShape, cmdletParameters, modifiedProperties, o365Fields, severityByOperation, withCommon } from '../common.ts'
import { cmdlets, raised } from './operations.ts'

const parameter = (name: string) => `Parameters[Name=${name}].Value`
const parameters = (...names: readonly string[]): Expr => all(...names.map(parameter))

/** By these a mailbox, an inbox rule or a transport rule sends copies elsewhere. */
const forwardingParameters = [
  'ForwardingSmtpAddress',
  'ForwardingAddress',
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'RedirectMessageTo',
  'BlindCopyTo',
  'CopyTo',
]

const onMailbox = { Operation: ['*-Mailbox*', '*-CASMailbox', '*-RecipientPermission', '*-MailUser'] }
const onRule = { Operation: ['*-InboxRule', '*-TransportRule', '*-JournalRule', '*-ComplianceRule', '*-MalwareFilterRule'] }

export const logType = defineLogType({
  id: 'o365.exchange-admin',
  version: 1,
  title: 'Exchange and compliance cmdlets',
  product: 'Office 365 Exchange',
  shapes: { activity: activityShape('administrator cmdlets of Exchange and Security & Compliance', '1', '10', '18') },
  uniqueKey: true,
  sensitive: [
    'Password',
    'NewPassword',
    'OldPassword',
    'RoomMailboxPassword',
    'Credential',
    'RemoteCredential',
    'SourceCredential',
    'Pin',
    'AzureSharedAccessSignatureToken',
    'PrivateKey',
  ].map(parameter),
  time: 'CreationTime',
  // Mail that is sent elsewhere is the usual trace of a taken mailbox, whatever the cmdlet.
  severity: forwardingParameters.reduceRight<Expr>(
    (otherwise, name) => when({ [parameter(name)]: '*' }, literal('medium'), otherwise),
    severityByOperation(raised),
  ),
  signature: { id: 'Operation', name: 'Operation', category: 'Workload', known: cmdlets },
  fields: withCommon({
    'event.category': when({ Operation: ['*Role*', '*Permission', '*Member'] }, all(literal('iam'), literal('configuration')), literal('configuration')),
    'event.type': all(
      when(
        { Operation: ['New-*', 'Add-*'] },
        literal('creation'),
        when({ Operation: 'Remove-*' }, literal('deletion'), when({ Operation: ['Get-*', 'Search-*', 'Test-*'] }, literal('access'), literal('change'))),
      ),
      literal('admin'),
    ),
    'user.id': first('AppAccessContext[].UserObjectId', 'TokenObjectId', when({ UserId: 'S-1-*' }, 'UserId')),
    'user.target.name': when(onMailbox, first(parameter('Identity'), parameter('Mailbox')), first(parameter('Mailbox'), parameter('Member'))),
    'microsoft.exchange.modified_object': 'ModifiedObjectResolvedName',
    'microsoft.exchange.identity': parameter('Identity'),
    // `smtp:` is how Exchange writes the type of an address.
    'microsoft.exchange.forwarding': strip(parameters(...forwardingParameters), 'smtp:'),
    'microsoft.exchange.trustees': parameters('User', 'Trustee', 'Member', 'Members', 'GrantSendOnBehalfTo'),
    'microsoft.exchange.access_rights': parameter('AccessRights'),
    'microsoft.exchange.roles': parameters('Role', 'Roles'),
    'rule.name': when(onRule, first(parameter('Name'), parameter('Identity'))),
    'microsoft.exchange.delete_message': parameter('DeleteMessage'),
    'microsoft.exchange.move_to_folder': parameter('MoveToFolder'),
    'microsoft.exchange.deliver_and_forward': parameter('DeliverToMailboxAndForward'),
    'microsoft.exchange.rule_conditions': parameters(
      'From',
      'FromAddressContainsWords',
      'SubjectContainsWords',
      'SubjectOrBodyContainsWords',
      'BodyContainsWords',
      'SentTo',
    ),
    ...cmdletParameters,
    ...modifiedProperties,
    'microsoft.o365.external_access': 'ExternalAccess',
    'microsoft.o365.originating_server': 'OriginatingServer',
    'organization.name': 'OrganizationName',
    'device.id': 'DeviceId',
    'microsoft.app.id': first('ClientAppId', 'AppId', 'AppAccessContext[].ClientAppId'),
    'microsoft.app.name': first('ClientApplication', 'AppAccessContext[].ClientAppName'),
    'microsoft.exchange.app_id': 'AppId',
    'microsoft.exchange.client_app_id': 'ClientAppId',
    'microsoft.exchange.app_pool': 'AppPoolName',
    'microsoft.o365.token_object_id': 'TokenObjectId',
    'microsoft.o365.token_tenant_id': 'TokenTenantId',
    'microsoft.session_id': first('SessionId', 'AppAccessContext[].AADSessionId'),
    'microsoft.request_id': first('ClientRequestId', 'RequestId'),
    'event.start': 'StartTime',
    'microsoft.exchange.cmdlet_version': 'CmdletVersion',
    'microsoft.exchange.effective_organization': 'EffectiveOrganization',
    'microsoft.exchange.user_service_plan': 'UserServicePlan',
    'microsoft.exchange.compliance_event_type': 'SecurityComplianceCenterEventType',
    'microsoft.exchange.datacenter_event_type': 'DataCenterSecurityEventType',
    'microsoft.exchange.elevation_time': 'ElevationTime',
    'microsoft.exchange.elevation_approver': 'ElevationApprover',
    'microsoft.exchange.elevation_approved': 'ElevationApprovedTime',
    'microsoft.exchange.elevation_request_id': 'ElevationRequestId',
    'microsoft.exchange.elevation_role': 'ElevationRole',
    'microsoft.exchange.elevation_duration': 'ElevationDuration',
    'microsoft.exchange.generic_info': 'GenericInfo',
  }),
  dictionary: {
    ...o365Fields,
    ...exchangeFields,
    'microsoft.exchange.modified_object': keyword('Friendly name of the object that the cmdlet changed'),
    'microsoft.exchange.identity': keyword('Object that the cmdlet was given'),
    'microsoft.exchange.forwarding': keywords('Addresses that mail is forwarded, redirected or copied to'),
    'microsoft.exchange.trustees': keywords('Who is given or loses access'),
    'microsoft.exchange.access_rights': keyword('Rights that are given or taken'),
    'microsoft.exchange.roles': keywords('Management roles'),
    'microsoft.exchange.delete_message': boolean('The rule deletes what it finds'),
    'microsoft.exchange.move_to_folder': keyword('Folder that the rule moves mail to'),
    'microsoft.exchange.deliver_and_forward': boolean('Forwarded mail stays in the mailbox too'),
    'microsoft.exchange.rule_conditions': keywords('Words and addresses that the rule looks for'),
    'microsoft.exchange.app_pool': keyword('Front end that ran the cmdlet'),
    'microsoft.exchange.cmdlet_version': keyword('Build of the cmdlet'),
    'microsoft.exchange.effective_organization': keyword('Organisation that the cmdlet was run on'),
    'microsoft.exchange.user_service_plan': keyword('Service plan of who ran it'),
    'microsoft.exchange.compliance_event_type': keyword('Kind of event in Security & Compliance'),
    'microsoft.exchange.datacenter_event_type': keyword('Kind of data centre event'),
    'microsoft.exchange.elevation_time': date('When Microsoft’s elevation began'),
    'microsoft.exchange.elevation_approver': keyword('Manager at Microsoft who approved it'),
    'microsoft.exchange.elevation_approved': date('When it was approved'),
    'microsoft.exchange.elevation_request_id': keyword('Request for the elevation'),
    'microsoft.exchange.elevation_role': keyword('Role that was asked for'),
    'microsoft.exchange.elevation_duration': long('How long it was active'),
    'microsoft.exchange.generic_info': keyword('Comments of the data centre'),
  },
})
