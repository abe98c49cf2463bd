import {
  all,
  concat,
  defineLogType,
  first,
  keyword,
  keywords,
  literal,
  long,
  pairs,
  table,
} from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { definitionsOf, exprsOf, type Own, resourceFields, tenantOfLog } from '../envelope.ts'
import { eventDataDictionary, eventDataFields, fromEither, fromJson } from './event-data.ts'
import { categories, severities, titles, types } from './events.ts'

const eventId = first('EventID', 'System.EventID')
const channel = first('Channel', 'System.Channel')
const reference = concat(channel, literal(':'), eventId)

const provider = first('ProviderName', 'Provider', 'SourceName', 'Source', 'System.Provider.Name')
const computer = first('Computer', 'System.Computer', pairs('RawXml', 'Computer'))
const recordId = first(
  'EventRecordID',
  'EventRecordId',
  'RecordId',
  'System.EventRecordID',
  pairs('RawXml', 'EventRecordID'),
)
const keywordsOf = all('Keywords[]', 'System.Keywords', 'RenderingInfo.Keywords[]', pairs('RawXml', 'Keywords'))

/**
 * Two bits of the 64-bit keywords: audit success and audit failure; hexadecimal, or the decimal of either sign that
 * JSON writers make of it, or the words of the rendered event.
 */
const outcomes: Readonly<Record<string, string>> = {
  '0x8020000000000000': 'success',
  '9232379236109516800': 'success',
  '-9214364837600034816': 'success',
  'Audit Success': 'success',
  '0x8010000000000000': 'failure',
  '9227875636482146304': 'failure',
  '-9218868437227405312': 'failure',
  'Audit Failure': 'failure',
}
const none = literal('unknown')
const outcome = first(
  table(
    first('Keywords', 'System.Keywords', pairs('RawXml', 'Keywords')),
    outcomes,
    first(table('RenderingInfo.Keywords[]', outcomes, none), none),
  ),
  table('RenderingInfo.Keywords[]', outcomes, none),
  none,
)

/** Words of levels and their numbers; audits have level 0 and come with a severity of their own. */
const levels = {
  0: 'informational',
  1: 'critical',
  2: 'medium',
  3: 'low',
  4: 'informational',
  5: 'informational',
  Critical: 'critical',
  Error: 'medium',
  Warning: 'low',
}
const byLevel = first(
  table(first('Level', 'System.Level', 'RenderingInfo.Level'), levels, literal('informational')),
  literal('informational'),
)

const own: Own = {
  'microsoft.windows.channel': [channel, keyword('Event log')],
  'microsoft.windows.record_id': [recordId, keyword('Number of the record in its log')],
  'microsoft.windows.task': [first('Task', 'System.Task'), keyword('Task, number or word')],
  'microsoft.windows.opcode': [first('Opcode', 'System.Opcode'), keyword('Opcode')],
  'microsoft.windows.keywords': [keywordsOf, keywords('Keywords, as the record writes them')],
  'microsoft.windows.version': [first('Version', 'System.Version'), keyword('Version of the event')],
  'microsoft.windows.event_id_qualifiers': [
    first('EventIDQualifiers', 'System.EventIDQualifiers'),
    keyword('Qualifiers of the event id'),
  ],
  'microsoft.windows.provider_guid': [first('ProviderGuid', 'System.Provider.Guid'), keyword('Provider, as a GUID')],
  'microsoft.windows.event_source': ['System.Provider.EventSourceName', keyword('Classic source of the event')],
  'microsoft.windows.activity_id': [
    first('ActivityID', 'CorrelationActivityID', 'System.Correlation.ActivityID'),
    keyword('Activity'),
  ],
  'microsoft.windows.related_activity_id': [
    'System.Correlation.RelatedActivityID',
    keyword('Activity that this one came from'),
  ],
  'microsoft.windows.execution.pid': [
    first('Pid', 'SystemProcessId', 'System.Execution.ProcessID'),
    long('Process that wrote the event'),
  ],
  'microsoft.windows.execution.tid': [
    first('Tid', 'SystemThreadId', 'System.Execution.ThreadID'),
    long('Thread that wrote the event'),
  ],
  'microsoft.windows.user_sid': [
    first('UserID', 'UserSid', 'SystemUserId', 'System.UserID'),
    keyword('Account that the event was written under'),
  ],
  'microsoft.windows.rendered.level': ['RenderingInfo.Level', keyword('Level in words')],
  'microsoft.windows.rendered.task': ['RenderingInfo.Task', keyword('Task in words')],
  'microsoft.windows.rendered.opcode': ['RenderingInfo.Opcode', keyword('Opcode in words')],
  'microsoft.windows.rendered.channel': ['RenderingInfo.Channel', keyword('Event log in words')],
  'microsoft.windows.rendered.provider': ['RenderingInfo.Provider', keyword('Provider in words')],
  'microsoft.windows.rendered.culture': ['RenderingInfo.Culture', keyword('Language of the words')],
  'microsoft.windows.collector': ['OpenWEC', { type: 'object', many: false, meaning: 'What the collector adds' }],
  'microsoft.windows.management_group': [
    first('ManagementGroupName', 'AgentResourceId'),
    keyword('Agent that sent it'),
  ],
  'microsoft.windows.wad.role': ['Role', keyword('Role of the cloud service')],
  'microsoft.windows.wad.role_instance': ['RoleInstance', keyword('Instance of the role')],
  'microsoft.windows.wad.deployment': ['DeploymentId', keyword('Deployment')],
  'microsoft.windows.wad.ticks': ['EventTickCount', keyword('Time in .NET ticks')],
  'microsoft.windows.wad.partition': ['PartitionKey', keyword('Partition key of the row')],
  'microsoft.windows.wad.row': ['RowKey', keyword('Row key')],
  'microsoft.windows.wad.inserted': ['Timestamp', { type: 'date', many: false, meaning: 'When the row was written' }],
  'microsoft.windows.raw_xml': ['RawXml', { type: 'text', many: false, meaning: 'The event, XML' }],
  'microsoft.windows.user_data': ['UserData~', { type: 'object', many: false, meaning: 'UserData, whole' }],
  'microsoft.windows.event_data': [
    first('EventData~', 'EventData'),
    { type: 'object', many: false, meaning: 'EventData, whole' },
  ],
}

const key: readonly Expr[] = [computer, channel, recordId, first('TimeCreated', 'TimeGenerated', 'System.TimeCreated')]

export const logType = defineLogType({
  id: 'azure.windows-event',
  version: 1,
  title: 'Windows events from Azure',
  product: 'Microsoft Windows',
  shapes: {
    // The payload is not documented (azure-monitor-agent-send-data-to-event-hubs-and-storage.md): known by its keys.
    ama: {
      title: 'Azure Monitor agent: Event Hub or Storage',
      rank: 30,
      when: {
        has: ['EventID', 'Computer', 'Channel', 'EventData|RawXml|TimeCreated|TimeGenerated|RenderedDescription'],
        lacks: ['PreciseTimeStamp|EventTickCount|PartitionKey|System'],
      },
      space: 'azure.windows-event',
      key,
      tenant: tenantOfLog,
      fields: eventDataFields(fromEither),
    },
    wad: {
      title: 'Azure Diagnostics: WADWindowsEventLogsTable; rows of the Azure Monitor agent in a table',
      rank: 31,
      when: { has: ['EventId', 'Channel', 'PreciseTimeStamp|EventTickCount|PartitionKey'] },
      space: 'azure.windows-event.wad',
      key: ['PartitionKey', 'RowKey'],
      tenant: tenantOfLog,
      fields: eventDataFields(fromEither),
    },
    openwec: {
      title: 'OpenWEC, and others that turn the XML into JSON its way',
      rank: 32,
      when: { has: ['System', 'EventData|UserData|RenderingInfo'], lacks: ['EventID'] },
      space: 'azure.windows-event',
      key,
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // record ids start anew when a log is cleared
  time: first(
    'PreciseTimeStamp',
    'TimeCreated',
    'System.TimeCreated',
    'System.TimeCreated.SystemTime',
    'TimeGenerated',
    'time|timestamp',
  ),
  severity: first(table(reference, severities, byLevel), byLevel),
  signature: {
    id: reference,
    name: table(reference, titles, first('RenderingInfo.Task', concat(literal('Windows event '), eventId))),
    category: channel,
    known: Object.keys(titles),
  },
  fields: {
    'event.kind': literal('event'),
    'event.code': eventId,
    'event.category': table(reference, categories, literal('host')),
    'event.type': table(reference, types, literal('info')),
    'event.action': table(reference, titles, eventId),
    'event.outcome': outcome,
    'host.name': computer,
    ...eventDataFields(fromJson),
    message: first('RenderedDescription', 'Description', 'Message', 'RenderingInfo.Message'),
    'event.provider': provider,
    'log.level': first('Level', 'LevelDisplayName', 'System.Level'),
    'event.sequence': recordId,
    'event.created': first('TimeCreated', 'System.TimeCreated', 'System.TimeCreated.SystemTime'),
    'event.ingested': first('TimeGenerated', '^.time'),
    'organization.id': tenantOfLog,
    ...resourceFields('_ResourceId|resourceId'),
    'cloud.provider': literal('azure'),
    ...exprsOf(own),
  },
  dictionary: { ...eventDataDictionary, ...definitionsOf(own) },
})
