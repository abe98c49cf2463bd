import type { OlderAddOn, OlderKind } from '../older.ts'
import { day, entraOverlap, entraScheme, noStream, officeScheme } from './parts.ts'

const staying: readonly (readonly [scheme: string, title: string])[] = [
  ['splunk_ta_o365_message_trace', 'Message trace'],
  ['splunk_ta_o365_cloud_app_security', 'Defender for Cloud Apps'],
  ['splunk_ta_o365_service_status', 'Service status'],
  ['splunk_ta_o365_service_message', 'Service messages'],
  ['splunk_ta_o365_microsoft_entra_id_metadata', 'Entra ID metadata'],
]

/** Content types as the Management Activity API spells them, and our streams. */
const contentTypes: Readonly<Record<string, readonly string[]>> = {
  'Audit.AzureActiveDirectory': ['audit.azure-active-directory'],
  'Audit.Exchange': ['audit.exchange'],
  'Audit.SharePoint': ['audit.sharepoint'],
  'Audit.General': ['audit.general'],
  'DLP.All': ['dlp.all'],
}

/** Checkpoints as the add-on writes them: a collection an input with the ids of content, and one for sign-ins. */
export const office365AddOn: OlderAddOn = {
  app: 'splunk_ta_o365',
  title: 'Splunk Add-on for Microsoft Office 365',
  splunkbase: 4055,
  version: '6.0.2',
  accounts: {
    conf: 'splunk_ta_o365_tenants',
    account: 'tenant_name',
    tenant: ['tenant_id'],
    client: ['client_id'],
    cloud: {
      settings: ['endpoint'],
      values: {
        worldwide: 'public',
        usgovgcc: 'gcc',
        usgovgcchigh: 'gcc-high',
        usgovdod: 'dod',
        china: 'china',
      },
    },
    secret: {
      in: 'solnlib',
      realm: '__REST_CREDENTIAL__#splunk_ta_o365#configs/conf-splunk_ta_o365_tenants',
      member: 'client_secret',
    },
    certificate: ['auth_type', 'cert_based'],
  },
  kinds: [
    {
      scheme: 'splunk_ta_o365_management_activity',
      title: 'Unified audit log',
      moves: [
        {
          scheme: officeScheme,
          streams: { setting: 'content_type', values: contentTypes, otherwise: [] },
          sourcetypes: [
            { older: 'o365:management:activity', setting: 'sourcetype', ours: ['o365:management:activity'] },
          ],
          position: { in: 'contents', collection: 'splunk_ta_o365_management_activity_' },
          overlapMs: day,
          overlapWhy:
            'content becomes available out of order for up to a day, so what became available in the day before it is collected again',
          differs: [],
        },
      ],
    },
    {
      scheme: 'splunk_ta_o365_graph_api',
      title: 'Microsoft Graph: sign-ins',
      moves: [
        {
          scheme: entraScheme,
          streams: {
            setting: 'content_type',
            values: { 'AuditLogs.SignIns': ['sign-ins.interactive'] },
            otherwise: [],
          },
          sourcetypes: [{ older: 'o365:graph:api', setting: 'sourcetype', ours: ['azure:aad:signin'] }],
          position: {
            in: 'member',
            collection: 'splunk_ta_o365_AuditLogs',
            key: 'AuditLogs.SignIns_',
            member: 'last_event_timestamp',
          },
          source: 'AuditLogs.SignIns',
          ...entraOverlap,
          differs: [
            'sign-ins come under `azure:aad:signin`, with the same JSON; searches for `source="AuditLogs.SignIns"` need that sourcetype, or `source = AuditLogs.SignIns` on the new input',
          ],
        },
      ],
      stays: 'of Microsoft Graph, the add-on collects sign-ins but no usage reports and no service announcements',
    },
    ...staying.map(([scheme, title]): OlderKind => ({ scheme, title, moves: [], stays: noStream })),
  ],
  differs: ['the alert action that adds a member to a group stays with the older add-on'],
}
