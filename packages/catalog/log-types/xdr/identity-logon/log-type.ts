import { defineLogType, keyword, literal, lower, table } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { account, envelope, envelopeFields, streaming, timeOfRow, userFields } from '../common.ts'

const own: Own = {
  'microsoft.identity_logon.type': ['LogonType', keyword('Resource access, Interactive, Credentials validation…')],
  'microsoft.identity_logon.target_device': [
    'TargetDeviceName',
    keyword('Device that was logged on to', { related: 'hosts' }),
  ],
  'microsoft.identity_logon.location': ['Location', keyword('City, country or other place')],
  ...account,
  ...envelope,
}

const names = {
  LogonSuccess: 'Logon succeeded',
  LogonFailed: 'Logon failed',
  LogonAttempted: 'Logon attempted',
}

/** Advanced hunting table IdentityLogonEvents: Active Directory, and Entra ID as Defender for Cloud Apps sees it. */
export const logType = defineLogType({
  id: 'xdr.identity-logon',
  version: 1,
  title: 'Defender XDR streaming: logons of identities',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('IdentityLogonEvents', ['ReportId', 'Timestamp']) },
  uniqueKey: false,
  objects: [{ kind: 'user', id: 'AccountObjectId' }],
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: 'ActionType',
    name: table('ActionType', names),
    category: literal('authentication'),
    known: Object.keys(names),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('authentication'),
    'event.type': literal('start'),
    'event.action': 'ActionType',
    'event.outcome': table('ActionType', { LogonSuccess: 'success', LogonFailed: 'failure' }, literal('unknown')),
    'event.reason': 'FailureReason',
    ...userFields,
    'user.full_name': 'AccountDisplayName',
    'source.ip': 'IPAddress',
    'source.port': 'Port',
    'source.domain': 'DeviceName',
    'destination.ip': 'DestinationIPAddress',
    'destination.port': 'DestinationPort',
    'destination.domain': 'DestinationDeviceName',
    'service.name': 'Application',
    'network.protocol': lower('Protocol'),
    'user.target.full_name': 'TargetAccountDisplayName',
    'host.name': 'DeviceName',
    'host.type': 'DeviceType',
    'host.os.platform': 'OSPlatform',
    'source.as.organization.name': 'ISP',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
