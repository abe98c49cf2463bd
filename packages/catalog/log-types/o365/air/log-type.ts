import {
  all,
  date,
  defineLogType,
  first,
  keyword,
  keywords,
  literal,
  long,
  object,
  objects,
  table,
  when,
} from '../../../src/build.ts'
import { activityShape, o365Fields, statedSeverity, undocumentedShape, withCommon } from '../common.ts'

const data = (key: string) => `Data~.${key}`

/** Entities of the alert and of the actions. The schema says `mail-message`, records say `mailMessage`. */
const lists = ['Data~.Entities', 'Actions[]~.Entities']
const entity = (kinds: readonly string[], key: string) =>
  all(...lists.flatMap((list) => kinds.map((kind) => `${list}[Type=${kind}].${key}`)))
const mail = (key: string) => entity(['mailMessage', 'mail-message', 'MailMessage'], key)
const cluster = (key: string) => entity(['mailCluster', 'MailCluster'], key)
const hash = (algorithm: string) =>
  all(
    ...lists.flatMap((list) => [
      `${list}[Type=file].FileHashes[Algorithm=${algorithm}].Value`,
      `${list}[Algorithm=${algorithm}].Value`,
    ]),
  )

/** The documented states that end an investigation; in all others it goes on. */
const investigationOutcomes = {
  Remediated: 'success',
  'No threats found': 'success',
  Failed: 'failure',
  'Terminated by System': 'failure',
  'Terminated by throttling': 'failure',
  'Terminated By User': 'failure',
}

export const logType = defineLogType({
  id: 'o365.air',
  version: 1,
  title: 'Automated investigation and response in Office 365',
  product: 'Office 365 Defender',
  shapes: {
    activity: activityShape('automated investigations', '64'),
    manual: undocumentedShape('manual investigations and actions of administrators', '86', '89'),
  },
  uniqueKey: true,
  objects: [{ kind: 'investigation', id: 'InvestigationId' }],
  significant: ['Status'],
  time: 'CreationTime',
  // The alert that began it states a severity; what was found counts more.
  severity: when(
    { Status: ['Threats Found', 'Pending Action*'] },
    statedSeverity(when({ 'Data~.Severity': ['Medium', 'High'] }, data('Severity')), 'medium'),
    statedSeverity(data('Severity'), 'low'),
  ),
  signature: {
    id: 'Operation',
    name: 'Operation',
    category: 'Workload',
    known: ['AirInvestigationData', 'AirManualInvestigationData', 'AirAdminActionInvestigationData'],
  },
  fields: withCommon({
    'event.kind': literal('alert'),
    'event.category': literal('threat'),
    'event.type': first(
      table(
        'Status',
        { 'Investigation Started': 'start', Running: 'info', Remediated: 'end', 'No threats found': 'end' },
        literal('change'),
      ),
      literal('info'),
    ),
    'event.outcome': first(table('Status', investigationOutcomes, literal('unknown')), literal('unknown')),
    'user.target.name': first(entity(['mailbox'], 'Upn'), mail('Recipient')),
    'microsoft.air.investigation_name': 'InvestigationName',
    'microsoft.air.investigation_type': 'InvestigationType',
    'microsoft.status': 'Status',
    'rule.name': data('AlertDisplayName'),
    message: data('Description'),
    'event.url': 'DeepLinkUrl|DeeplinkURL',
    'microsoft.air.investigation_id': 'InvestigationId|InvestigationUrn',
    'event.start': 'StartTimeUtc',
    'event.end': 'EndTimeUtc',
    'microsoft.alert.updated': 'LastUpdateTimeUtc',
    'microsoft.alert.id': first(data('SystemAlertId'), data('ProviderAlertId')),
    'microsoft.alert.provider_id': data('ProviderAlertId'),
    'microsoft.alert.category': data('Category'),
    'microsoft.alert.detection_source': data('DetectionTechnology'),
    'microsoft.air.alert_type': data('AlertType'),
    'microsoft.air.alert_severity': data('Severity'),
    'email.subject': mail('Subject'),
    'email.sender.address': first(mail('P1Sender'), mail('Sender')),
    'email.from.address': first(mail('P2Sender'), mail('Sender')),
    'email.to.address': mail('Recipient'),
    'email.message_id': mail('InternetMessageId'),
    'email.local_id': mail('NetworkMessageId'),
    'email.delivery_timestamp': mail('ReceivedDate'),
    'source.ip': first(mail('SenderIP'), entity(['ip'], 'Address'), 'ClientIP'),
    'url.original': first(entity(['url'], 'Url'), mail('Urls[]')),
    'file.name': first(entity(['file'], 'Name'), mail('Files[].Name')),
    'file.hash.sha256': hash('SHA256'),
    'file.hash.sha1': hash('SHA1'),
    'file.hash.md5': hash('MD5'),
    'threat.indicator.name': all(mail('Threats[]'), cluster('Threats[]')),
    'microsoft.air.mailboxes': entity(['mailbox'], 'MailboxPrimaryAddress'),
    'microsoft.air.mailbox_names': entity(['mailbox'], 'DisplayName'),
    'microsoft.air.urls': all(entity(['url'], 'Url'), mail('Urls[]')),
    'microsoft.air.senders': all(mail('Sender'), mail('P2Sender'), mail('P1Sender')),
    'microsoft.air.recipients': mail('Recipient'),
    'microsoft.air.message_ids': all(mail('NetworkMessageId'), cluster('NetworkMessageIds[]')),
    'microsoft.air.mail_count': cluster('MailCount'),
    'microsoft.air.cluster_queries': cluster('Query'),
    'microsoft.air.action_types': 'Actions[]~.ActionType',
    'microsoft.air.action_states': 'Actions[]~.ActionStatus',
    'microsoft.air.action_ids': all('Actions[]~.ActionId', 'Actions[]~.ID'),
    'microsoft.air.action_approved_by': 'Actions[]~.ApprovedBy',
    'microsoft.air.related_alerts': all('Actions[]~.RelatedAlertIds[]', data('CorrelationKey')),
    'microsoft.air.running_seconds': 'RunningTime',
    'microsoft.air.last_update': 'LastUpdateTimeUtc',
    'microsoft.air.entity_types': all(...lists.map((list) => `${list}[].Type`)),
    'microsoft.air.entities': all(...lists.map((list) => `${list}[]`)),
    'microsoft.air.actions': 'Actions[]~',
    'microsoft.air.data': 'Data~',
  }),
  dictionary: {
    ...o365Fields,
    'microsoft.air.investigation_id': keyword('Investigation'),
    'microsoft.air.investigation_name': keyword('Name of the investigation'),
    'microsoft.air.investigation_type': keyword(
      'What began it: reported messages, zapped malware or phish, URL verdict change',
    ),
    'microsoft.air.alert_type': keyword('Alert policy that began it'),
    'microsoft.air.alert_severity': keyword('Severity of the alert that began it'),
    'microsoft.air.mailboxes': keywords('Mailboxes', { related: 'user' }),
    'microsoft.air.mailbox_names': keywords('Display names of the mailboxes'),
    'microsoft.air.urls': keywords('URLs'),
    'microsoft.air.senders': keywords('Senders', { related: 'user' }),
    'microsoft.air.recipients': keywords('Recipients', { related: 'user' }),
    'microsoft.air.message_ids': keywords('Network message ids of the messages and clusters'),
    'microsoft.air.mail_count': long('Messages in the first cluster'),
    'microsoft.air.cluster_queries': keywords('Queries that make the clusters'),
    'microsoft.air.action_types': keywords('Actions that the investigation recommends'),
    'microsoft.air.action_states': keywords('Their states'),
    'microsoft.air.action_ids': keywords('Their ids'),
    'microsoft.air.action_approved_by': keywords('Who approved them', { related: 'user' }),
    'microsoft.air.related_alerts': keywords('Alerts that belong to it'),
    'microsoft.air.running_seconds': long('How long it has run'),
    'microsoft.air.last_update': date('When it last changed'),
    'microsoft.air.entity_types': keywords('Kinds of entities'),
    'microsoft.air.entities': objects('Entities as the source writes them'),
    'microsoft.air.actions': objects('Actions as the source writes them'),
    'microsoft.air.data': object('Detail of the investigation, out of the JSON in the string'),
  },
})
