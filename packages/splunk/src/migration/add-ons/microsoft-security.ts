import type { OlderAddOn, OlderKind } from '../older.ts'
import { alertMove, alertOverlap, alertScheme, alertSourcetype, noHub, noStream } from './parts.ts'

const conf = 'splunk_ta_ms_security_account'
const state = (key: string) => ({ in: 'state', collection: 'Splunk_TA_MS_Security_checkpointer', key }) as const

const staying: readonly (readonly [scheme: string, title: string, why: string])[] = [
  ['microsoft_defender_event_hub', 'Defender XDR streaming by an event hub', noHub],
  ['microsoft_defender_endpoint_machines', 'Machines of Defender for Endpoint', noStream],
  ['microsoft_defender_endpoint_simulations', 'Attack simulations', noStream],
  ['microsoft_defender_threat_intelligence_datasets', 'Defender Threat Intelligence', noStream],
  ['microsoft_graph_security_hunting_query', 'Advanced hunting', noStream],
]

/** Checkpoints as the add-on writes them: the name of an input behind a prefix, the newest change that it saw. */
export const microsoftSecurityAddOn: OlderAddOn = {
  app: 'Splunk_TA_MS_Security',
  title: 'Splunk Add-on for Microsoft Security',
  splunkbase: 6207,
  version: '3.0.0',
  accounts: {
    conf,
    account: 'azure_app_account',
    tenant: ['tenant_id'],
    client: ['username'],
    cloud: {
      settings: ['environment', 'location'],
      values: {
        default: 'public',
        commercial: 'public',
        'commercial-graph-api': 'public',
        gcc: 'gcc',
        'gcc-high': 'gcc-high',
        'gcc-high-graph-api': 'gcc-high',
        'api.securitycenter.windows.com': 'public',
        'api.securitycenter.microsoft.com': 'public',
        'api-us.securitycenter.microsoft.com': 'public',
        'api-eu.securitycenter.microsoft.com': 'public',
        'api-uk.securitycenter.microsoft.com': 'public',
        'api-gcc.securitycenter.microsoft.us': 'gcc',
        'api-gov.securitycenter.microsoft.us': 'gcc-high',
      },
    },
    secret: {
      in: 'solnlib',
      realm: `__REST_CREDENTIAL__#Splunk_TA_MS_Security#configs/conf-${conf}`,
      member: 'password',
    },
  },
  kinds: [
    {
      scheme: 'microsoft_365_defender_endpoint_incidents',
      title: 'Defender XDR incidents and their alerts',
      moves: [
        {
          scheme: alertScheme,
          streams: ['incidents', 'alerts'],
          sourcetypes: [
            { older: 'ms365:defender:incident', setting: 'sourcetype', ours: ['ms365:defender:incident'] },
            { older: alertSourcetype, ours: [alertSourcetype] },
          ],
          position: state('m365_incident_lastUpdateTime_'),
          ...alertOverlap,
          differs: [
            'records have the form of Microsoft Graph, as with the environments `…-graph-api`; the other environments of the older input ask api.security.microsoft.com, whose incidents have other fields',
            'an alert comes when it changes, not again with each change of its incident',
          ],
        },
      ],
    },
    {
      scheme: 'microsoft_defender_endpoint_atp_alerts',
      title: 'Alerts of Defender for Endpoint',
      moves: [
        alertMove({
          sourcetypes: [{ older: 'ms:defender:atp:alerts', setting: 'sourcetype', ours: [alertSourcetype] }],
          position: state('atp_lastUpdateTime_'),
          differs: [
            'alerts have the form of /security/alerts_v2 of Microsoft Graph, and those of every other product of Defender XDR come too',
          ],
        }),
      ],
    },
    ...staying.map(([scheme, title, stays]): OlderKind => ({ scheme, title, moves: [], stays })),
  ],
  differs: [
    'alert actions (advanced hunting, update of an incident, dismissal) stay with the older add-on',
    '`source` is the name of the new input in place of `KIND:TENANT`, unless `source` is set',
  ],
}
