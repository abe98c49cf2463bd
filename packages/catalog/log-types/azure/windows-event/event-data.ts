import { first, ip, keyword, literal, number, part, port, strip, table, text, when } from '../../../src/build.ts'
import type { Expr, Field } from '../../../src/model.ts'
import { authenticationIds, logonTypes, statusTexts } from './events.ts'

/** How a shape finds one named value of EventData. */
type Data = (name: string) => Expr

/** Members of an object, JSON in a string, or columns of the record. */
export const fromJson: Data = (name) => first(`EventData~.${name}`, name)

/** `<Data Name="X">value</Data>`, with either quote; cut, not dissected, because values may hold line ends. */
const cut = (xml: string, name: string): Expr =>
  first(part(part(xml, `Name='${name}'>`, 1), '<', 0), part(part(xml, `Name="${name}">`, 1), '<', 0))
export const fromEither: Data = (name) => first(fromJson(name), cut('EventData', name), cut('RawXml', name))

/** By event id, at the place of any shape. */
export const onEvent = (ids: readonly string[], then: Expr, otherwise?: Expr): Expr =>
  when({ EventID: ids }, then, when({ 'System.EventID': ids }, then, otherwise))

const processCreated = ['4688', '4696']
const serviceEvents = ['7034', '7036', '7040', '7045']
const groupEvents = ['4727', '4728', '4729', '4731', '4732', '4733', '4735', '4737', '4756', '4757', '4799']

/** Logons are about their target; else the subject acts, and the target is whom it is done to. */
const actor = (d: Data, name: 'UserName' | 'DomainName' | 'UserSid', ...more: readonly string[]): Expr => {
  const subject = d(`Subject${name}`)
  const target = first(d(`Target${name}`), ...more.map(d))
  return onEvent(authenticationIds, first(target, subject), first(subject, `UserData~.LogFileCleared.Subject${name}`))
}
/** Whom it is done to; of a group event that is the member, and the target is the group. */
const other = (d: Data, name: string, member?: string): Expr =>
  onEvent(
    authenticationIds,
    literal(''),
    onEvent(groupEvents, member === undefined ? literal('') : d(member), d(`Target${name}`)),
  )

/** Fields of the well-known EventData (learn.microsoft.com, audit event pages), for a way of finding a value. */
export const eventDataFields = (d: Data): Record<string, Expr> => ({
  'user.name': actor(d, 'UserName'),
  'user.domain': actor(d, 'DomainName'),
  'user.id': actor(d, 'UserSid'),
  'user.target.name': other(d, 'UserName', 'MemberName'),
  'user.target.domain': other(d, 'DomainName'),
  'user.target.id': first(other(d, 'UserSid', 'MemberSid'), other(d, 'Sid', 'MemberSid')),
  'source.ip': first(ip(d('IpAddress')), ip(d('ClientAddress')), ip(d('SourceAddress')), ip(d('SourceNetworkAddress'))),
  'source.port': first(port(d('IpPort')), port(d('SourcePort'))),
  'source.domain': first(d('WorkstationName'), d('Workstation'), d('ClientName')),
  'destination.ip': ip(d('DestAddress')),
  'destination.port': port(d('DestPort')),
  'microsoft.windows.logon_type': table(d('LogonType'), logonTypes),
  'event.reason': first(
    table(d('SubStatus'), statusTexts, literal('')),
    table(d('Status'), statusTexts, literal('')),
    d('FailureReason'),
  ),
  'process.executable': onEvent(
    processCreated,
    d('NewProcessName'),
    first(d('ProcessName'), d('NewProcessName'), d('Application')),
  ),
  'process.command_line': d('CommandLine'),
  'process.pid': number(onEvent(processCreated, d('NewProcessId'), first(d('ProcessId'), d('ProcessID')))),
  'process.parent.executable': d('ParentProcessName'),
  'process.parent.pid': number(onEvent(processCreated, d('ProcessId'))),
  'process.elevation': table(d('TokenElevationType'), {
    '%%1936': 'default',
    '%%1937': 'full',
    '%%1938': 'limited',
  }),
  'process.integrity_level': d('MandatoryLabel'),
  'service.name': first(d('ServiceName'), onEvent(serviceEvents, d('param1'))),
  'microsoft.windows.service_file': first(d('ServiceFileName'), d('ImagePath')),
  'microsoft.windows.service_account': first(d('ServiceAccount'), d('AccountName')),
  'microsoft.windows.task_name': d('TaskName'),
  'microsoft.windows.task_content': first(d('TaskContent'), d('TaskContentNew')),
  'microsoft.windows.script': d('ScriptBlockText'),
  'microsoft.windows.object.name': d('ObjectName'),
  'microsoft.windows.object.type': d('ObjectType'),
  'microsoft.windows.object.server': d('ObjectServer'),
  'file.path': first(d('RelativeTargetName'), when({ 'EventData.ObjectType': 'File' }, d('ObjectName')), d('Path')),
  'microsoft.windows.share': d('ShareName'),
  'registry.value': d('ObjectValueName'),
  'group.name': onEvent(groupEvents, d('TargetUserName')),
  'group.domain': onEvent(groupEvents, d('TargetDomainName')),
  'group.id': onEvent(groupEvents, d('TargetSid')),
  'microsoft.windows.member': d('MemberName'),
  'threat.indicator.name': d('Threat Name'),
  'microsoft.windows.status': d('Status'),
  'microsoft.windows.sub_status': d('SubStatus'),
  'microsoft.windows.failure_reason': d('FailureReason'),
  'microsoft.windows.authentication_package': first(d('AuthenticationPackageName'), d('PackageName')),
  'microsoft.windows.logon_process': strip(d('LogonProcessName'), '', ' '),
  'microsoft.windows.lm_package': d('LmPackageName'),
  'microsoft.windows.key_length': d('KeyLength'),
  'microsoft.windows.elevated_token': d('ElevatedToken'),
  'microsoft.windows.impersonation_level': d('ImpersonationLevel'),
  'microsoft.windows.subject.name': d('SubjectUserName'),
  'microsoft.windows.subject.domain': d('SubjectDomainName'),
  'microsoft.windows.subject.sid': d('SubjectUserSid'),
  'microsoft.windows.subject.logon_id': d('SubjectLogonId'),
  'microsoft.windows.target.name': d('TargetUserName'),
  'microsoft.windows.target.domain': d('TargetDomainName'),
  'microsoft.windows.target.sid': first(d('TargetUserSid'), d('TargetSid')),
  'microsoft.windows.target.logon_id': d('TargetLogonId'),
  'microsoft.windows.logon_guid': d('LogonGuid'),
  'microsoft.windows.target_server': d('TargetServerName'),
  'microsoft.windows.ticket_options': d('TicketOptions'),
  'microsoft.windows.ticket_encryption': d('TicketEncryptionType'),
  'microsoft.windows.privileges': d('PrivilegeList'),
  'microsoft.windows.access_mask': d('AccessMask'),
  'microsoft.windows.access_list': d('AccessList'),
  'microsoft.windows.process_name': d('ProcessName'),
})

export const eventDataDictionary: Readonly<Record<string, Field>> = {
  'microsoft.windows.logon_type': keyword('Kind of logon, in words'),
  'microsoft.windows.service_file': text('Program of the service'),
  'microsoft.windows.service_account': keyword('Account of the service'),
  'microsoft.windows.task_name': keyword('Scheduled task'),
  'microsoft.windows.task_content': text('Scheduled task, XML'),
  'microsoft.windows.script': text('PowerShell script block'),
  'microsoft.windows.object.name': keyword('Object'),
  'microsoft.windows.object.type': keyword('Kind of object'),
  'microsoft.windows.object.server': keyword('Subsystem that holds the object'),
  'microsoft.windows.share': keyword('Network share'),
  'microsoft.windows.member': keyword('Member that was added or removed, as a distinguished name'),
  'microsoft.windows.status': keyword('NTSTATUS or Kerberos result'),
  'microsoft.windows.sub_status': keyword('NTSTATUS in detail'),
  'microsoft.windows.failure_reason': keyword('Reason, as a message id (%%2313) or text'),
  'microsoft.windows.authentication_package': keyword('NTLM, Kerberos, Negotiate…'),
  'microsoft.windows.logon_process': keyword('Logon process'),
  'microsoft.windows.lm_package': keyword('NTLM version'),
  'microsoft.windows.key_length': keyword('Length of the session key, bits'),
  'microsoft.windows.elevated_token': keyword('%%1842: elevated; %%1843: not'),
  'microsoft.windows.impersonation_level': keyword('Impersonation level, as a message id'),
  'microsoft.windows.subject.name': keyword('Account that acted', { related: 'user' }),
  'microsoft.windows.subject.domain': keyword('Domain of the account that acted'),
  'microsoft.windows.subject.sid': keyword('SID of the account that acted'),
  'microsoft.windows.subject.logon_id': keyword('Logon session of the account that acted'),
  'microsoft.windows.target.name': keyword('Account that it was about', { related: 'user' }),
  'microsoft.windows.target.domain': keyword('Domain of the account that it was about'),
  'microsoft.windows.target.sid': keyword('SID of the account that it was about'),
  'microsoft.windows.target.logon_id': keyword('Logon session of the account that it was about'),
  'microsoft.windows.logon_guid': keyword('Logon across computers'),
  'microsoft.windows.target_server': keyword('Server that was logged on to'),
  'microsoft.windows.ticket_options': keyword('Kerberos ticket options'),
  'microsoft.windows.ticket_encryption': keyword('Kerberos encryption: 0x17 is RC4'),
  'microsoft.windows.privileges': keyword('Privileges'),
  'microsoft.windows.access_mask': keyword('Access that was asked for, as a mask'),
  'microsoft.windows.access_list': keyword('Access that was asked for, as message ids'),
  'microsoft.windows.process_name': keyword('Process that asked'),
}
