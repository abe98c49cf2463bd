import { defineLogType, first, literal, table, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf } from '../../azure/envelope.ts'
import { envelopeFields, streaming, timeOfRow } from '../common.ts'
import { actions } from './actions.ts'
import { own } from './columns.ts'

/** Advanced hunting table CloudAppEvents: what the SIEM agent of Defender for Cloud Apps sent as activities. */
export const logType = defineLogType({
  id: 'xdr.cloud-app',
  version: 1,
  title: 'Defender XDR streaming: activities in cloud applications',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('CloudAppEvents', ['ReportId']) },
  uniqueKey: false,
  objects: [
    { kind: 'user', id: 'AccountObjectId' },
    { kind: 'object', id: 'ObjectId' },
  ],
  time: timeOfRow,
  severity: table('ActionType', { FileMalwareDetected: 'medium', AlertTriggered: 'medium' }, literal('informational')),
  signature: { id: 'ActionType', name: 'ActionType', category: 'ActivityType', known: actions },
  fields: {
    'event.kind': literal('event'),
    'event.category': table(
      'ActionType',
      { LogonSuccess: 'authentication', LogonFailed: 'authentication', FileMalwareDetected: 'malware' },
      when(
        { ActionType: ['File*', 'Folder*', 'Sharing*', '*Link*'] },
        literal('file'),
        when(
          { ActionType: ['*user.', '*group.', '*role.', '*account.', '*password.'] },
          literal('iam'),
          literal('web'),
        ),
      ),
    ),
    'event.type': when(
      { ActionType: ['*Deleted', '*Delete', 'Delete *', 'Remove*'] },
      literal('deletion'),
      when({ ActionType: ['*Created', 'New-*', 'Create*'] }, literal('creation'), literal('info')),
    ),
    'event.action': 'ActionType',
    'event.outcome': table('ActionType', { LogonFailed: 'failure' }, literal('success')),
    'user.name': first(
      when({ AccountId: '*@*' }, 'AccountId'),
      'RawEventData~.UserId',
      'AccountDisplayName',
      'AccountId',
    ),
    'user.id': first('AccountObjectId', 'AccountId'),
    'user.full_name': 'AccountDisplayName',
    'source.ip': 'IPAddress',
    'service.name': 'Application',
    'service.id': 'ApplicationId',
    'user_agent.original': 'UserAgent',
    'microsoft.object_id': first('ObjectId', 'ObjectName'),
    'microsoft.app.name': 'Application',
    'microsoft.app.id': 'ApplicationId',
    'source.geo.country_iso_code': 'CountryCode',
    'source.geo.city_name': 'City',
    'source.as.organization.name': 'ISP',
    'user_agent.os.name': 'OSPlatform',
    'user_agent.device.name': 'DeviceType',
    'microsoft.user_type': 'AccountType',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
