import type { Move, OlderAddOn, OlderKind } from '../older.ts'
import { allSignIns, entraScheme, hubOverlap, noHub, noStream } from './parts.ts'

const staying: readonly (readonly [scheme: string, title: string])[] = [
  ['mscs_azure_audit', 'Azure Activity Log'],
  ['mscs_azure_resource', 'Azure resources'],
  ['mscs_azure_consumption', 'Azure consumption'],
  ['mscs_azure_kql', 'Azure Log Analytics'],
  ['mscs_azure_metrics', 'Azure metrics'],
  ['mscs_storage_blob', 'Storage blobs'],
  ['mscs_storage_table', 'Storage tables'],
]

interface HubPart {
  readonly suffix?: string
  readonly streams: readonly string[]
  readonly ours: readonly string[]
  readonly permissions: string
}

const sourcetype = 'azure:monitor:aad'

/** Of a hub whose sourcetype says that it carries logs of Entra ID. */
const hubMove = ({ suffix, streams, ours, permissions }: HubPart): Move => ({
  ...(suffix !== undefined && { suffix }),
  scheme: entraScheme,
  streams: { setting: 'sourcetype', values: { [sourcetype]: streams }, otherwise: [] },
  sourcetypes: [{ older: sourcetype, ours }],
  position: { in: 'out-of-reach', where: 'files on the forwarder, or a container of a storage account' },
  ...hubOverlap,
  differs: [
    `records come from Microsoft Graph, in its form, in place of \`${sourcetype}\`; searches need both sourcetypes`,
    `the app registration needs permissions of Microsoft Graph (${permissions}); for the event hub it had none`,
  ],
})

/** Checkpoints of event hubs are files in the checkpoint directory, or blobs: numbers in a hub that say nothing to Microsoft Graph. */
export const cloudServicesAddOn: OlderAddOn = {
  app: 'Splunk_TA_microsoft-cloudservices',
  title: 'Splunk Add-on for Microsoft Cloud Services',
  splunkbase: 3110,
  version: '6.1.3',
  accounts: {
    conf: 'mscs_azure_accounts',
    account: 'account',
    tenant: ['tenant_id'],
    client: ['client_id'],
    cloud: { settings: ['account_class_type'], values: { '1': 'public', '2': 'gcc-high', '3': 'china' } },
    secret: {
      in: 'solnlib',
      realm: '__REST_CREDENTIAL__#Splunk_TA_microsoft-cloudservices#configs/conf-mscs_azure_accounts',
      member: 'client_secret',
    },
  },
  kinds: [
    {
      scheme: 'mscs_azure_event_hub',
      title: 'Event hub with logs of Entra ID',
      moves: [
        hubMove({
          streams: ['directory-audits', ...allSignIns],
          ours: ['azure:aad:audit', 'azure:aad:signin'],
          permissions: 'AuditLog.Read.All',
        }),
        hubMove({
          suffix: 'risks',
          streams: ['provisioning', 'risk-detections', 'risky-users'],
          ours: [
            'siembridge:entra:provisioning',
            'azure:aad:identity_protection:risk_detection',
            'azure:aad:identity_protection:risky_user',
          ],
          permissions: 'ProvisioningLog.Read.All, IdentityRiskEvent.Read.All and IdentityRiskyUser.Read.All',
        }),
      ],
      stays: `${noHub}; a hub whose sourcetype is azure:monitor:aad carries logs of Entra ID, which the add-on collects from Microsoft Graph`,
    },
    ...staying.map(([scheme, title]): OlderKind => ({ scheme, title, moves: [], stays: noStream })),
  ],
  differs: [],
}
