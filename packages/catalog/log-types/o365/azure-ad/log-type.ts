import {
  all,
  boolean,
  defineLogType,
  dissect,
  first,
  keyword,
  keywords,
  literal,
  long,
  objects,
  table,
  text,
  when,
} from '../../../src/build.ts'
import {
  activityShape,
  extendedProperties,
  modifiedProperties,
  o365Fields,
  resultOutcome,
  severityByOperation,
  withCommon,
} from '../common.ts'
import { directoryEventTypes, identityTypes, trustTypes } from '../enums.ts'
import { directoryOperations, logons, raised } from './operations.ts'

// AADSTS codes by which a sign-in waits for the user and is neither good nor bad yet: MFA, password change, consent,
// "keep me signed in" (learn.microsoft.com/entra/identity-platform/reference-error-codes). Entra's own sign-in log
// says the same of them.
const interrupts = [
  '50055',
  '50058',
  '50072',
  '50074',
  '50076',
  '50079',
  '50097',
  '50125',
  '50127',
  '50129',
  '50140',
  '50144',
  '65001',
  '16000',
  '81010',
]

const errorCode = first('ErrorCode', 'ErrorNumber')
const failure = table(errorCode, Object.fromEntries(interrupts.map((code) => [code, 'unknown'])), literal('failure'))

/**
 * ResultStatus of a logon only says that the HTTP call worked (common schema): the operation, LogonError and the code
 * decide, in that order. "0" is a successful logon; LoginStatus is the code of the deprecated OrgId logon.
 */
const logonOutcome = when(
  { Operation: '*LoginFailed' },
  first(failure, literal('failure')),
  when(
    { LogonError: '*' },
    first(failure, literal('failure')),
    first(
      when({ ErrorCode: '0' }, literal('success')),
      failure,
      table('LoginStatus', { 0: 'success' }, literal('failure')),
      when({ Operation: ['UserLoggedIn', 'UserLoggedOff'] }, literal('success'), resultOutcome('unknown')),
    ),
  ),
)

const isLogon = { RecordType: ['9', '15'] }

/** `User_<guid>` among the target's ids: how the directory writes the object id beside its kind. */
const idOf = (kind: string, list: 'Actor' | 'Target') => dissect(`${list}[Type=2].ID`, [`${kind}_%{id}`], 'id')
const changedTo = (name: string) =>
  first(`ModifiedProperties[Name=${name}].NewValue`, `ModifiedProperties[Name=${name}].OldValue`)
const extended = (name: string) => `ExtendedProperties[Name=${name}].Value`
const device = (name: string) => `DeviceProperties[Name=${name}].Value`

export const logType = defineLogType({
  id: 'o365.azure-ad',
  version: 1,
  title: 'Entra ID in the Office 365 audit log',
  product: 'Office 365 Azure Active Directory',
  shapes: { activity: activityShape('Entra directory operations and logons', '8', '9', '15') },
  uniqueKey: true,
  time: 'CreationTime',
  severity: when(
    { LogonError: '*' },
    literal('low'),
    when({ LoginStatus: '-*' }, literal('low'), severityByOperation(raised)),
  ),
  signature: { id: 'Operation', name: 'Operation', category: 'Workload', known: [...logons, ...directoryOperations] },
  fields: withCommon({
    'event.category': when(
      isLogon,
      literal('authentication'),
      when(
        { Operation: ['*application*', '*policy.', '*domain*', '*company*', '*DirSync*'] },
        literal('configuration'),
        literal('iam'),
      ),
    ),
    'event.type': when(
      isLogon,
      when({ Operation: 'UserLoggedOff' }, literal('end'), literal('start')),
      all(
        // To put a member or an owner into something changes that, and creates neither.
        when(
          { Operation: ['* member *', '* owner *'] },
          literal('change'),
          when(
            { Operation: ['Add *', 'Invite *', 'Restore *'] },
            literal('creation'),
            when({ Operation: ['Delete *', 'Remove *', 'Hard Delete *'] }, literal('deletion'), literal('change')),
          ),
        ),
        when({ Operation: '* role.' }, literal('admin')),
        when({ Operation: ['* user.', '* user *', '*account.'] }, literal('user')),
        when({ Operation: ['* group.', '* group *'] }, literal('group')),
      ),
    ),
    'event.outcome': when(isLogon, logonOutcome, resultOutcome('success')),
    'user.name': first('UserId', 'Actor[Type=5].ID'),
    'user.id': first('AppAccessContext[].UserObjectId', idOf('User', 'Actor'), 'Actor[Type=0].ID'),
    'event.reason': 'LogonError',
    'error.code': errorCode,
    'user.target.name': 'Target[Type=5].ID',
    'user.target.id': idOf('User', 'Target'),
    'user.target.roles': changedTo('Role.DisplayName'),
    'group.name': first(
      changedTo('Group.DisplayName'),
      when({ Operation: ['* group.', '* group *'] }, 'Target[Type=1].ID'),
    ),
    'group.id': first(changedTo('Group.ObjectID'), idOf('Group', 'Target')),
    'microsoft.app.id': first('ApplicationId', 'AppAccessContext[].ClientAppId'),
    'microsoft.app.name': first('Application', 'AppAccessContext[].ClientAppName'),
    'user_agent.original': first(extended('UserAgent'), `${extended('additionalDetails')}~.User-Agent`),
    'user_agent.os.name': device('OS'),
    'user_agent.name': device('BrowserType'),
    'host.name': device('DisplayName'),
    'device.id': device('Id'),
    'microsoft.device.compliant': device('IsCompliant'),
    'microsoft.azure_ad.compliant_and_managed': device('IsCompliantAndManaged'),
    'microsoft.device.trust_type': table(first(device('TrustType'), device('DeviceTrustType')), trustTypes),
    ...modifiedProperties,
    'microsoft.azure_ad.role_id': changedTo('Role.ObjectID'),
    'microsoft.azure_ad.role_template_id': changedTo('Role.TemplateId'),
    'microsoft.azure_ad.target_name': 'Target[Type=1].ID',
    'service.id': when({ RecordType: '15' }, 'Target[Type=0].ID'),
    'microsoft.azure_ad.actor_name': 'Actor[Type=1].ID',
    'microsoft.service_principal.id': idOf('ServicePrincipal', 'Actor'),
    'microsoft.service_principal.name': 'Actor[Type=4].ID',
    'microsoft.session_id': first(device('SessionId'), 'AppAccessContext[].AADSessionId'),
    'microsoft.correlation_id': first('InterSystemsId', 'AppAccessContext[].CorrelationId'),
    'microsoft.request_id': 'IntraSystemsId|IntraSystemId',
    'microsoft.home_tenant_id': 'ActorContextId',
    'microsoft.resource.tenant_id': 'TargetContextId',
    'microsoft.result_signature': extended('ResultStatusDetail'),
    'microsoft.o365.request_type': extended('RequestType'),
    'microsoft.category': extended('extendedAuditEventCategory'),
    'microsoft.azure_ad.authentication_method': extended('UserAuthenticationMethod'),
    'microsoft.azure_ad.keep_me_signed_in': extended('KeepMeSignedIn'),
    'microsoft.azure_ad.additional_details': extended('additionalDetails'),
    'microsoft.azure_ad.event_type': table('AzureActiveDirectoryEventType', directoryEventTypes),
    'microsoft.azure_ad.event_type_id': 'AzureActiveDirectoryEventType',
    'microsoft.azure_ad.actor_ip': 'ActorIpAddress',
    'microsoft.azure_ad.actor_ids': 'Actor[].ID',
    'microsoft.azure_ad.actor_types': table('Actor[].Type', identityTypes),
    'microsoft.azure_ad.target_ids': 'Target[].ID',
    'microsoft.azure_ad.target_types': table('Target[].Type', identityTypes),
    'microsoft.azure_ad.support_ticket': 'SupportTicketId',
    'microsoft.azure_ad.client': 'Client',
    'microsoft.azure_ad.login_status': 'LoginStatus',
    'microsoft.azure_ad.user_domain': 'UserDomain',
    'microsoft.azure_ad.actors': 'Actor[]',
    'microsoft.azure_ad.targets': 'Target[]',
    'microsoft.azure_ad.device_properties': 'DeviceProperties[]',
    'microsoft.azure_ad.device_property_names': 'DeviceProperties[].Name',
    ...extendedProperties,
  }),
  dictionary: {
    ...o365Fields,
    'microsoft.azure_ad.compliant_and_managed': boolean('Device is compliant and managed'),
    'microsoft.azure_ad.role_id': keyword('Role that was given or taken'),
    'microsoft.azure_ad.role_template_id': keyword('Template of that role'),
    'microsoft.azure_ad.target_name': keyword('Display name of what it was done to'),
    'microsoft.azure_ad.actor_name': keyword('Display name of who did it'),
    'microsoft.azure_ad.authentication_method': keyword('Authentication method, a bit mask without documentation'),
    'microsoft.azure_ad.keep_me_signed_in': boolean('The user stays signed in'),
    'microsoft.azure_ad.additional_details': text('Additional details, JSON in a string'),
    'microsoft.azure_ad.event_type': keyword('AccountLogon or AzureApplicationAuditEvent'),
    'microsoft.azure_ad.event_type_id': long('AzureActiveDirectoryEventType, its number'),
    'microsoft.azure_ad.actor_ip': keyword('Address of the actor as the directory writes it'),
    'microsoft.azure_ad.actor_ids': keywords('Every id and name of who did it'),
    'microsoft.azure_ad.actor_types': keywords('Kinds of these ids'),
    'microsoft.azure_ad.target_ids': keywords('Every id and name of what it was done to'),
    'microsoft.azure_ad.target_types': keywords('Kinds of these ids'),
    'microsoft.azure_ad.support_ticket': keyword('Support ticket of an action on behalf of the customer'),
    'microsoft.azure_ad.client': text('Device, system and browser of the client'),
    'microsoft.azure_ad.login_status': long('LoginStatus of the deprecated OrgId logon'),
    'microsoft.azure_ad.user_domain': keyword('Tenant identity information of the user'),
    'microsoft.azure_ad.actors': objects('Who did it: ids with their kinds'),
    'microsoft.azure_ad.targets': objects('What it was done to: ids with their kinds'),
    'microsoft.azure_ad.device_properties': objects('Properties of the device: name and value'),
    'microsoft.azure_ad.device_property_names': keywords('Names of the device properties'),
  },
})
