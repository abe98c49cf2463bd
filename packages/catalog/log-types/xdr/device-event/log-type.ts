import { address, concat, defineLogType, first, literal, part, table, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import {
  account,
  accountId,
  accountName,
  container,
  deviceKey,
  envelope,
  envelopeFields,
  hostFields,
  streaming,
  timeOfRow,
} from '../common.ts'
import { actorFields, created, createdColumns, initiating } from '../process.ts'
import { detections, observations } from './actions.ts'

const own: Own = {
  'microsoft.device_event.origin_ip': ['FileOriginIP', address('Address that the file came from', { related: 'ip' })],
  ...account,
  ...createdColumns,
  ...created,
  ...initiating,
  ...container,
  ...envelope,
}

const detected = Object.fromEntries(detections.map((action) => [action, 'medium']))

/** What a control stopped is done with; what it only audited or warned of is not. */
const outcome = when({ ActionType: ['*Blocked', '*Prevented'] }, literal('success'), literal('unknown'))

const inbound = { ActionType: ['*Inbound*', 'RemoteDesktopConnection', 'RemoteWmiOperation', 'NetworkShare*'] }

/** Advanced hunting table DeviceEvents: everything of devices that has no table of its own. */
export const logType = defineLogType({
  id: 'xdr.device-event',
  version: 1,
  title: 'Defender XDR streaming: other events of devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
  time: timeOfRow,
  severity: table('ActionType', detected, literal('informational')),
  signature: {
    id: 'ActionType',
    name: 'ActionType',
    category: literal('host'),
    known: [...detections, ...observations],
  },
  fields: {
    'event.kind': table('ActionType', { AntivirusDetection: 'alert' }, literal('event')),
    'event.category': when(
      { ActionType: ['Antivirus*'] },
      literal('malware'),
      when(
        { ActionType: ['Asr*', 'Exploit*', 'SmartScreen*', 'TamperingAttempt'] },
        literal('intrusion_detection'),
        when({ ActionType: ['Dns*', 'Firewall*', 'Network*'] }, literal('network'), literal('host')),
      ),
    ),
    'event.type': when({ ActionType: '*Blocked' }, literal('denied'), literal('info')),
    'event.action': 'ActionType',
    'event.outcome': outcome,
    ...hostFields,
    'user.name': first(accountName(), accountName('InitiatingProcess')),
    'user.id': first(accountId(), accountId('InitiatingProcess')),
    'file.name': 'FileName',
    'file.path': 'FolderPath',
    'file.hash.sha256': 'SHA256',
    'file.hash.sha1': 'SHA1',
    'file.hash.md5': 'MD5',
    'threat.indicator.name': 'AdditionalFields~.ThreatName',
    ...actorFields,
    'source.ip': when(inbound, 'RemoteIP', 'LocalIP'),
    'source.port': when(inbound, 'RemotePort', 'LocalPort'),
    'source.domain': when(inbound, 'RemoteDeviceName'),
    'destination.ip': when(inbound, 'LocalIP', 'RemoteIP'),
    'destination.port': when(inbound, 'LocalPort', 'RemotePort'),
    'destination.domain': when(inbound, 'DeviceName', 'RemoteDeviceName'),
    'url.original': first('RemoteUrl', 'FileOriginUrl'),
    'registry.path': first(concat('RegistryKey', literal('\\'), 'RegistryValueName'), 'RegistryKey'),
    'registry.key': 'RegistryKey',
    'registry.hive': part('RegistryKey', '\\', 0),
    'registry.value': 'RegistryValueName',
    'registry.data.strings': 'RegistryValueData',
    'process.session_leader.entity_id': first('LogonId', 'InitiatingProcessLogonId'),
    'file.size': 'FileSize',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
