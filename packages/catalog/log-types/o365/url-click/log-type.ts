import { defineLogType, first, keyword, literal, table, when } from '../../../src/build.ts'
import { activityShape, o365Fields, withCommon } from '../common.ts'
import { urlClickActions } from '../enums.ts'

const action = table('URLClickAction', urlClickActions)

export const logType = defineLogType({
  id: 'o365.url-click',
  version: 1,
  title: 'Defender for Office 365: clicks on malicious links',
  product: 'Office 365 Defender',
  shapes: { activity: activityShape('Safe Links, time of click', '41') },
  uniqueKey: true,
  time: first('TimeOfClick', 'CreationTime'),
  // Who went on in spite of the warning has opened a malicious page.
  severity: table(
    action,
    { BlockPageOverride: 'high', PendingDetonationPageOverride: 'medium', Blockpage: 'low' },
    literal('low'),
  ),
  signature: { id: 'Operation', name: 'Operation', category: 'Workload', known: ['TIUrlClickData', 'UrlClick'] },
  fields: withCommon({
    'event.kind': literal('alert'),
    'event.category': literal('web'),
    'event.type': table(
      action,
      { Blockpage: 'denied', BlockPageOverride: 'allowed', PendingDetonationPageOverride: 'allowed' },
      literal('info'),
    ),
    'event.outcome': first(
      table(
        action,
        { Blockpage: 'failure', BlockPageOverride: 'success', PendingDetonationPageOverride: 'success' },
        literal('unknown'),
      ),
      literal('unknown'),
    ),
    'url.original': 'Url|URL',
    'source.ip': first('UserIp', 'ClientIP'),
    'microsoft.url_click.action': action,
    'microsoft.url_click.app': 'AppName',
    'microsoft.app.name': 'AppName',
    'email.local_id': when({ AppName: ['Mail', 'Email'] }, 'SourceId'),
    'microsoft.url_click.source_id': 'SourceId',
    'event.url': 'EventDeepLink',
    'microsoft.url_click.action_id': 'URLClickAction',
    'event.created': 'CreationTime',
    'event.start': 'TimeOfClick',
  }),
  dictionary: {
    ...o365Fields,
    'microsoft.url_click.action': keyword('Blockpage, PendingDetonationPage, or one of them overridden by the user'),
    'microsoft.url_click.action_id': keyword('The same as the source writes it, a number or a name'),
    'microsoft.url_click.app': keyword('Where the link was clicked: Mail, Teams, Office'),
    'microsoft.url_click.source_id': keyword('What held the link; of mail the network message id'),
  },
})
