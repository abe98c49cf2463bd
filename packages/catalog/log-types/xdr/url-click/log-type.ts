import { boolean, defineLogType, keyword, keywords, literal, object, table, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { envelope, envelopeFields, listed, nested, streaming, timeOfRow } from '../common.ts'

const own: Own = {
  'microsoft.url_click.threat_types': ['ThreatTypes', keyword('Malware, Phish…: the verdict at the time of the click')],
  'microsoft.url_click.detection_methods': [nested('DetectionMethods'), object('How the threat was found')],
  'microsoft.url_click.clicked_through': [
    table('IsClickedThrough', { 1: 'true', 0: 'false' }),
    boolean('The user went on to the URL'),
  ],
  'microsoft.url_click.chain': [listed('UrlChain'), keywords('URLs of the redirections')],
  'microsoft.url_click.app_version': ['AppVersion', keyword('Version of the application')],
  'microsoft.url_click.origin_id': ['SourceId', keyword('Id of the message or document that held the link')],
  ...envelope,
}

const names = {
  ClickAllowed: 'Click on a link allowed',
  ClickBlocked: 'Click on a link blocked',
  ClickBlockedByTenantPolicy: 'Click on a link blocked by policy',
  UrlErrorPage: 'Error page of Safe Links',
  UrlScanInProgress: 'Link clicked while it was scanned',
}

const threatening = { ThreatTypes: ['*Malware*', '*Phish*'] }

/** Advanced hunting table UrlClickEvents: Safe Links in mail, Teams and Office. */
export const logType = defineLogType({
  id: 'xdr.url-click',
  version: 1,
  title: 'Defender XDR streaming: clicks on links',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('UrlClickEvents', ['ReportId', 'Timestamp', 'ActionType']) },
  uniqueKey: false,
  objects: [{ kind: 'message', id: 'NetworkMessageId' }],
  time: timeOfRow,
  severity: when(
    threatening,
    table('ActionType', { ClickAllowed: 'high' }, literal('medium')),
    table('ActionType', { ClickBlocked: 'low', ClickBlockedByTenantPolicy: 'low' }, literal('informational')),
  ),
  signature: {
    id: 'ActionType',
    name: table('ActionType', names),
    category: literal('web'),
    known: Object.keys(names),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('web'),
    'event.type': table(
      'ActionType',
      { ClickAllowed: 'allowed', ClickBlocked: 'denied', ClickBlockedByTenantPolicy: 'denied' },
      literal('access'),
    ),
    'event.action': 'ActionType',
    'event.outcome': table(
      'ActionType',
      { ClickAllowed: 'success', ClickBlocked: 'failure', ClickBlockedByTenantPolicy: 'failure' },
      literal('unknown'),
    ),
    'user.name': 'AccountUpn',
    'source.ip': 'IPAddress',
    'url.original': 'Url',
    'microsoft.workload': 'Workload',
    'email.local_id': 'NetworkMessageId',
    'microsoft.app.name': 'AppName',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
