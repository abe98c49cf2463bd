import type { OlderAddOn, OlderKind } from '../older.ts'
import { alertMove, alertSourcetype, entraOverlap, entraScheme, noStream } from './parts.ts'

const collection = 'TA_MS_AAD_checkpointer'
const state = (key: string) => ({ in: 'state', collection, key }) as const

const staying: readonly (readonly [scheme: string, title: string])[] = [
  ['MS_AAD_user', 'Entra ID users'],
  ['MS_AAD_group', 'Entra ID groups'],
  ['MS_AAD_app', 'Entra ID applications'],
  ['MS_AAD_device', 'Entra ID devices'],
  ['MS_AAD_service_principal', 'Entra ID service principals'],
  ['azure_metrics', 'Azure metrics'],
  ['azure_subscription', 'Azure subscriptions'],
  ['azure_resource_group', 'Azure resource groups'],
  ['azure_virtual_network', 'Azure virtual networks'],
  ['azure_comp', 'Azure compute'],
  ['azure_kql', 'Azure Log Analytics'],
  ['azure_consumption', 'Azure consumption'],
  ['azure_reservation_recommendation', 'Azure reservation recommendations'],
  ['azure_resource_graph', 'Azure resource graph'],
  ['azure_topology_automatic', 'Azure topology'],
  ['azure_topology_man', 'Azure topology, by hand'],
]

const noFilter = 'ours takes no filter: it collects everything, and what is not wanted can be left out by a search'

/** Checkpoints and settings as its source has them: github.com/splunk/splunk-add-on-microsoft-azure, package/bin. */
export const azureAddOn: OlderAddOn = {
  app: 'TA-MS-AAD',
  title: 'Splunk Add-on for Microsoft Azure',
  splunkbase: 3757,
  version: '4.2.0',
  accounts: {
    conf: 'ta_ms_aad_account',
    account: 'azure_app_account',
    tenant: ['tenant_id'],
    client: ['username'],
    cloud: {
      settings: ['environment'],
      values: { public: 'public', global: 'public', gov: 'gcc-high', dod: 'dod', china: 'china' },
    },
    secret: {
      in: 'solnlib',
      realm: '__REST_CREDENTIAL__#TA-MS-AAD#configs/conf-ta_ms_aad_account',
      member: 'password',
    },
  },
  kinds: [
    {
      scheme: 'MS_AAD_signins',
      title: 'Entra ID sign-ins',
      moves: [
        {
          scheme: entraScheme,
          streams: ['sign-ins.interactive'],
          sourcetypes: [{ older: 'azure:aad:signin', setting: 'sign_in_sourcetype', ours: ['azure:aad:signin'] }],
          position: state('aad_signin_last_date_'),
          ...entraOverlap,
          differs: [
            'sign-ins that come late are found again by sweeps; the older input never asked for what lies before its position',
          ],
        },
      ],
      lost: { filter: noFilter },
    },
    {
      scheme: 'MS_AAD_audit',
      title: 'Entra ID audit log',
      moves: [
        {
          scheme: entraScheme,
          streams: ['directory-audits'],
          sourcetypes: [{ older: 'azure:aad:audit', setting: 'audit_sourcetype', ours: ['azure:aad:audit'] }],
          position: state('aad_audit_last_date_'),
          ...entraOverlap,
          differs: [],
        },
      ],
      lost: { filter: noFilter },
    },
    {
      scheme: 'MS_AAD_identity_protection',
      title: 'Entra ID Protection',
      moves: [
        {
          suffix: 'risk_detections',
          scheme: entraScheme,
          streams: ['risk-detections'],
          when: 'collect_risk_detection_data',
          sourcetypes: [
            {
              older: 'azure:aad:identity_protection:risk_detection',
              setting: 'risk_detection_sourcetype',
              ours: ['azure:aad:identity_protection:risk_detection'],
            },
          ],
          position: state('risk_detection_last_date_'),
          ...entraOverlap,
          differs: [],
        },
        {
          suffix: 'risky_users',
          scheme: entraScheme,
          streams: ['risky-users'],
          when: 'collect_risky_user_data',
          sourcetypes: [
            {
              older: 'azure:aad:identity_protection:risky_user',
              setting: 'risky_user_sourcetype',
              ours: ['azure:aad:identity_protection:risky_user'],
            },
          ],
          // The older add-on keeps both under the same key.
          position: { ...state('asc_alert_last_date_'), sharedWith: 'azure_security_center_input' },
          ...entraOverlap,
          differs: [],
        },
      ],
    },
    {
      scheme: 'ms_graph_security',
      title: 'Microsoft Graph security alerts',
      moves: [
        alertMove({
          sourcetypes: [
            {
              older: 'ms:graph:security:alerts',
              setting: 'graph_security_api_sourcetype',
              ours: [alertSourcetype],
            },
          ],
          position: state('graph_security_api_last_date_'),
          differs: [
            'the older input asks /security/alerts, which Microsoft has retired; ours asks /security/alerts_v2, whose alerts have other fields',
          ],
        }),
      ],
      lost: { filter: noFilter },
    },
    {
      scheme: 'azure_security_center_input',
      title: 'Defender for Cloud alerts and tasks',
      moves: [],
      stays:
        'the add-on collects Defender for Cloud’s alerts as alerts of Defender XDR, in another form, and no tasks; leave the input with the older add-on',
    },
    ...staying.map(([scheme, title]): OlderKind => ({ scheme, title, moves: [], stays: noStream })),
  ],
  differs: ['`source` is the name of the new input in place of `KIND:tenant_id:TENANT`, unless `source` is set'],
}
