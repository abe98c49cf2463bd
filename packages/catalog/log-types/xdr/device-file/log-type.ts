import { address, boolean, concat, defineLogType, first, keyword, literal, lower, table } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import {
  accountName,
  container,
  deviceKey,
  envelope,
  envelopeFields,
  hostFields,
  streaming,
  timeOfRow,
} from '../common.ts'
import { actorFields, initiating } from '../process.ts'

const own: Own = {
  'microsoft.device_file.previous_name': ['PreviousFileName', keyword('Name before the file was renamed')],
  'microsoft.device_file.previous_path': ['PreviousFolderPath', keyword('Path before the file was moved')],
  'microsoft.device_file.share': ['ShareName', keyword('Share that holds the file')],
  'microsoft.device_file.origin_ip': ['FileOriginIP', address('Address that the file came from', { related: 'ip' })],
  'microsoft.device_file.request_protocol': ['RequestProtocol', keyword('Local, SMB or NFS')],
  'microsoft.device_file.request_account': ['RequestAccountName', keyword('Remote account, without domain')],
  'microsoft.device_file.request_domain': ['RequestAccountDomain', keyword('Domain of the remote account')],
  'microsoft.device_file.request_sid': ['RequestAccountSid', keyword('SID of the remote account')],
  'microsoft.device_file.label': ['SensitivityLabel', keyword('Sensitivity label')],
  'microsoft.device_file.sub_label': ['SensitivitySubLabel', keyword('Sensitivity sub-label')],
  'microsoft.device_file.encrypted': ['IsAzureInfoProtectionApplied', boolean('Information protection encrypts it')],
  ...initiating,
  ...container,
  ...envelope,
}

const names = {
  FileCreated: 'File created',
  FileModified: 'File modified',
  FileDeleted: 'File deleted',
  FileRenamed: 'File renamed',
}

/** Advanced hunting table DeviceFileEvents. */
export const logType = defineLogType({
  id: 'xdr.device-file',
  version: 1,
  title: 'Defender XDR streaming: files on devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceFileEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: 'ActionType',
    name: table('ActionType', names),
    category: literal('file'),
    known: Object.keys(names),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('file'),
    'event.type': table('ActionType', { FileCreated: 'creation', FileDeleted: 'deletion' }, literal('change')),
    'event.action': 'ActionType',
    'event.outcome': literal('success'),
    'file.name': 'FileName',
    // The column is called folder, and holds the path with the name of the file.
    'file.path': 'FolderPath',
    'file.hash.sha256': 'SHA256',
    'file.hash.sha1': 'SHA1',
    'file.hash.md5': 'MD5',
    ...hostFields,
    // A remote account acts through the process that serves the share.
    'user.name': first(
      concat('RequestAccountDomain', literal('\\'), 'RequestAccountName'),
      'RequestAccountName',
      accountName('InitiatingProcess'),
    ),
    'user.id': first('RequestAccountSid', 'InitiatingProcessAccountObjectId', 'InitiatingProcessAccountSid'),
    ...actorFields,
    'source.ip': 'RequestSourceIP',
    'source.port': 'RequestSourcePort',
    'network.protocol': table(lower('RequestProtocol'), { unknown: '', local: '' }),
    'file.size': 'FileSize',
    'url.original': 'FileOriginUrl',
    'http.request.referrer': 'FileOriginReferrerUrl',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
