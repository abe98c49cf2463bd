import { defineLogType, first, literal, strip } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { account, container, envelope, envelopeFields, hostFields, timeOfRow, userFields } from '../common.ts'

const own: Own = { ...account, ...container, ...envelope }

const table = strip('^.category', 'AdvancedHunting-')

/** Tables that Defender XDR streams and no type of this folder maps column by column. */
const tables = [
  'BehaviorEntities',
  'BehaviorInfo',
  'CampaignInfo',
  'CloudAuditEvents',
  'CloudDnsEvents',
  'CloudProcessEvents',
  'CloudStorageAggregatedEvents',
  'DataSecurityBehaviors',
  'DataSecurityEvents',
  'DeviceFileCertificateInfo',
  'DeviceImageLoadEvents',
  'DeviceInfo',
  'DeviceNetworkInfo',
  'FileMaliciousContentInfo',
  'GraphApiAuditEvents',
  'IdentityDirectoryEvents',
  'IdentityEvents',
  'IdentityInfo',
  'IdentityQueryEvents',
  'MessageEvents',
  'MessagePostDeliveryEvents',
  'MessageUrlInfo',
  'OAuthAppInfo',
]

/** Any other table of the Streaming API: the columns that tables share, and the row whole (sources-azure §6). */
export const logType = defineLogType({
  id: 'xdr.streaming',
  version: 1,
  title: 'Defender XDR streaming: other tables',
  product: 'Microsoft Defender XDR',
  generic: true,
  shapes: {
    streaming: {
      title: 'Streaming API: any other table',
      when: { has: ['category', 'properties'], is: ['category', 'AdvancedHunting-*'] },
      rank: 105,
      root: 'properties~',
      space: 'xdr.streaming',
      // Rows have no id of their own, and what is unique differs by table: the bytes of the record are the key.
      key: [],
      tenant: '^.tenantId',
    },
  },
  uniqueKey: false,
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: table,
    name: table,
    category: literal('hunting'),
    known: tables,
  },
  fields: {
    'event.kind': literal('event'),
    'event.type': literal('info'),
    'event.action': first('ActionType', table),
    ...userFields,
    'user.full_name': 'AccountDisplayName',
    ...hostFields,
    'source.ip': first('IPAddress', 'LocalIP', 'RemoteIP'),
    'file.name': 'FileName',
    'file.path': 'FolderPath',
    'file.hash.sha256': 'SHA256',
    'file.hash.sha1': 'SHA1',
    'process.name': 'InitiatingProcessFileName',
    'process.command_line': 'InitiatingProcessCommandLine',
    'service.name': 'Application',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
    'microsoft.properties': '.',
  },
  dictionary: definitionsOf(own),
})
