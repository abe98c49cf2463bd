import { concat, defineLogType, first, literal, lower, table, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf } from '../../azure/envelope.ts'
import { envelopeFields, streaming, timeOfRow } from '../common.ts'
import { own } from './columns.ts'

const messages = { '^.category': 'AdvancedHunting-EmailEvents' }
const afterDelivery = { '^.category': 'AdvancedHunting-EmailPostDeliveryEvents' }

const deliveries = ['delivered', 'junked', 'blocked', 'replaced']
const removals = {
  'Phish ZAP': 'phish-zap',
  'Malware ZAP': 'malware-zap',
  'Spam ZAP': 'spam-zap',
  'Manual remediation': 'manual-remediation',
  'Dynamic Delivery': 'dynamic-delivery',
}

const kind = when(
  messages,
  concat(literal('email.'), lower(first('DeliveryAction', literal('processed')))),
  when(
    afterDelivery,
    concat(literal('email.'), first(table('ActionType', removals), literal('post-delivery'))),
    table('^.category', {
      'AdvancedHunting-EmailAttachmentInfo': 'email.attachment',
      'AdvancedHunting-EmailUrlInfo': 'email.url',
    }),
  ),
)

/** ThreatTypes is a list in one text: `Phish, Malware`. What got through is worse than what was stopped. */
const dangerous = { ThreatTypes: ['*Malware*', '*Phish*'] }

/** Advanced hunting tables EmailEvents, EmailAttachmentInfo, EmailUrlInfo and EmailPostDeliveryEvents. */
export const logType = defineLogType({
  id: 'xdr.email',
  version: 1,
  title: 'Defender XDR streaming: mail',
  product: 'Microsoft Defender XDR',
  shapes: {
    message: streaming('EmailEvents', ['NetworkMessageId', 'RecipientEmailAddress', 'ReportId']),
    attachment: streaming('EmailAttachmentInfo', [
      'NetworkMessageId',
      'RecipientEmailAddress',
      'ReportId',
      'FileName',
      'SHA256',
    ]),
    url: streaming('EmailUrlInfo', ['NetworkMessageId', 'ReportId', 'Url', 'UrlLocation']),
    'post-delivery': streaming('EmailPostDeliveryEvents', [
      'NetworkMessageId',
      'RecipientEmailAddress',
      'ReportId',
      'ActionType',
      'Timestamp',
    ]),
  },
  uniqueKey: false,
  objects: [{ kind: 'message', id: 'NetworkMessageId' }],
  time: timeOfRow,
  severity: when(
    dangerous,
    table('DeliveryAction', { Delivered: 'high', Blocked: 'low' }, literal('medium')),
    when({ ThreatTypes: '*' }, literal('low'), literal('informational')),
  ),
  signature: {
    id: kind,
    name: table(kind, {
      'email.delivered': 'Mail delivered',
      'email.junked': 'Mail moved to junk',
      'email.blocked': 'Mail blocked',
      'email.replaced': 'Mail replaced',
      'email.attachment': 'Attachment of a mail',
      'email.url': 'URL in a mail',
      'email.phish-zap': 'Delivered phishing mail removed',
      'email.malware-zap': 'Delivered malware removed',
      'email.spam-zap': 'Delivered spam removed',
      'email.manual-remediation': 'Delivered mail remediated by an administrator',
      'email.dynamic-delivery': 'Attachment delivered after its scan',
      'email.post-delivery': 'Action after delivery',
    }),
    category: literal('email'),
    known: [...deliveries, ...Object.values(removals), 'attachment', 'url', 'post-delivery'].map((k) => `email.${k}`),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('email'),
    'event.type': literal('info'),
    'event.action': kind,
    'event.outcome': when(
      afterDelivery,
      table('ActionResult', { Success: 'success', Error: 'failure', Failed: 'failure' }, literal('unknown')),
      table('DeliveryAction', { Delivered: 'success', Junked: 'success', Replaced: 'success', Blocked: 'failure' }),
    ),
    'email.subject': 'Subject',
    'email.from.address': 'SenderFromAddress',
    'email.sender.address': 'SenderMailFromAddress',
    'email.to.address': 'RecipientEmailAddress',
    'user.target.name': 'RecipientEmailAddress',
    'source.ip': first('SenderIPv4', 'SenderIPv6'),
    'email.direction': table(lower('EmailDirection'), { 'intra-org': 'internal', unknown: '' }),
    'email.local_id': 'NetworkMessageId',
    'email.message_id': 'InternetMessageId',
    'threat.indicator.name': 'ThreatNames',
    'url.original': 'Url',
    'email.attachments.file.name': 'FileName',
    'email.attachments.file.hash.sha256': 'SHA256',
    'file.name': 'FileName',
    'file.hash.sha256': 'SHA256',
    'file.size': 'FileSize',
    'file.type': 'FileType',
    'user.target.id': 'RecipientObjectId',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
