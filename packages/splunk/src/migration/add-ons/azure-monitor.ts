import type { OlderAddOn } from '../older.ts'
import { alertScheme, alertSourcetype, allSignIns, entraScheme, hubOverlap, noHub, noStream } from './parts.ts'

const where = 'a file with offsets of event hubs on the forwarder'
const source = '{scheme}://{name}'

/** Settings and checkpoints as its source has them: github.com/microsoft/AzureMonitorAddonForSplunk. */
export const azureMonitorAddOn: OlderAddOn = {
  app: 'TA-Azure_Monitor',
  title: 'Azure Monitor Add-on for Splunk',
  splunkbase: 3534,
  version: '1.3.3',
  accounts: {
    tenant: ['SPNTenantID'],
    client: ['SPNApplicationId'],
    cloud: { settings: [], values: {} },
    secret: {
      in: 'fixed',
      client: { azure_diagnostic_logs: 'AzureMonitorDiagnosticLogsAppID' },
      secret: { azure_diagnostic_logs: 'AzureMonitorDiagnosticLogsAppKey' },
    },
  },
  kinds: [
    {
      scheme: 'azure_diagnostic_logs',
      title: 'Event hubs with diagnostic logs',
      moves: [
        {
          suffix: 'sign_ins',
          scheme: entraScheme,
          streams: allSignIns,
          sourcetypes: [{ older: 'amdl:aadal:signin', ours: ['azure:aad:signin'] }],
          position: { in: 'out-of-reach', where },
          ...hubOverlap,
          source,
          ifEvents: true,
          differs: ['sign-ins come from Microsoft Graph, in its form, in place of `amdl:aadal:signin`'],
        },
        {
          suffix: 'audit',
          scheme: entraScheme,
          streams: ['directory-audits'],
          sourcetypes: [{ older: 'amdl:aadal:audit', ours: ['azure:aad:audit'] }],
          position: { in: 'out-of-reach', where },
          ...hubOverlap,
          source,
          ifEvents: true,
          differs: ['the audit log comes from Microsoft Graph, in its form, in place of `amdl:aadal:audit`'],
        },
        {
          suffix: 'alerts',
          scheme: alertScheme,
          streams: ['alerts'],
          sourcetypes: [{ older: 'amdl:securitygraph:alert', ours: [alertSourcetype] }],
          position: { in: 'out-of-reach', where },
          ...hubOverlap,
          source,
          ifEvents: true,
          differs: ['alerts have the form of /security/alerts_v2 of Microsoft Graph'],
        },
      ],
      stays: 'no events of Entra ID or of alerts were found from it; resource logs stay with the older add-on',
      kept: 'it may read other logs from its event hubs, which the add-on does not collect; take the diagnostic settings of Entra ID off the hub, or disable it, so that nothing comes twice',
    },
    { scheme: 'azure_activity_log', title: 'Azure Activity Log', moves: [], stays: noHub },
    { scheme: 'azure_monitor_metrics', title: 'Azure metrics', moves: [], stays: noStream },
  ],
  differs: [
    'the app registration needs permissions of Microsoft Graph; for the older add-on it could read a key vault only',
    'AZURE_ENVIRONMENT in its scripts cannot be read: for another cloud than the public one, set `cloud` of the account',
    'it cuts events at 15,000 bytes; those of the add-on come whole, or as far as TRUNCATE of their sourcetypes lets them',
    'it does not run on Splunk 10.2 and later, which have no Node.js',
  ],
}
