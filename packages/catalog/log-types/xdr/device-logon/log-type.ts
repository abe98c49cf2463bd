import { boolean, defineLogType, keyword, literal, lower, table } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import {
  account,
  container,
  deviceKey,
  envelope,
  envelopeFields,
  hostFields,
  streaming,
  timeOfRow,
  userFields,
} from '../common.ts'
import { actorFields, initiating } from '../process.ts'

const own: Own = {
  'microsoft.device_logon.type': ['LogonType', keyword('Interactive, Network, RemoteInteractive, Batch, Service…')],
  'microsoft.device_logon.local_admin': ['IsLocalAdmin', boolean('The user is a local administrator')],
  'microsoft.device_logon.remote_ip_type': ['RemoteIPType', keyword('Public, Private, Loopback…')],
  ...account,
  ...initiating,
  ...container,
  ...envelope,
}

const names = {
  LogonSuccess: 'Logon to a device succeeded',
  LogonFailed: 'Logon to a device failed',
  LogonAttempted: 'Logon to a device attempted',
}

/** Advanced hunting table DeviceLogonEvents. */
export const logType = defineLogType({
  id: 'xdr.device-logon',
  version: 1,
  title: 'Defender XDR streaming: logons to devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceLogonEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
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
    ...hostFields,
    'source.ip': 'RemoteIP',
    'source.port': 'RemotePort',
    'source.domain': 'RemoteDeviceName',
    'network.protocol': lower('Protocol'),
    'process.session_leader.entity_id': 'LogonId',
    ...actorFields,
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
