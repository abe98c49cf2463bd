import type { OlderAddOn } from '../older.ts'
import { alertMove, alertSourcetype } from './parts.ts'

const conf = 'ta_microsoft_graph_security_add_on_for_splunk_account'

/** An add-on of Splunk's Add-on Builder; the keys of its checkpoints are not published. */
export const graphSecurityAddOn: OlderAddOn = {
  app: 'TA-microsoft-graph-security-add-on-for-splunk',
  title: 'Microsoft Graph Security API Add-On for Splunk',
  splunkbase: 4564,
  version: '1.2.6',
  accounts: {
    conf,
    account: 'app_account',
    tenant: ['tenant'],
    client: ['username'],
    cloud: { settings: [], values: {} },
    secret: {
      in: 'solnlib',
      realm: `__REST_CREDENTIAL__#TA-microsoft-graph-security-add-on-for-splunk#configs/conf-${conf}`,
      member: 'password',
    },
  },
  kinds: [
    {
      scheme: 'microsoft_graph_security',
      title: 'Microsoft Graph security alerts',
      moves: [
        alertMove({
          sourcetypes: [{ older: 'GraphSecurityAlert', setting: 'sourcetype', ours: [alertSourcetype] }],
          position: { in: 'unknown-keys', collection: 'TA_microsoft_graph_security_add_on_for_splunk_checkpointer' },
          differs: [
            'the older input asks /security/alerts, which Microsoft has retired; ours asks /security/alerts_v2, whose alerts have other fields',
          ],
        }),
      ],
      lost: { filter: 'ours takes no filter: it collects the alerts of every product and severity' },
    },
  ],
  differs: [
    'events under `GraphSecurityAlert` have the tags of ten data models at once; alerts from ours, under their sourcetypes with CIM fields (`sourcetypes = own`), have those of Alerts alone',
  ],
}
