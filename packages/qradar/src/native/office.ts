import type { EventView, Inspected } from '@siembridge/engine/inspect'
import { type JsonObject, parseJson } from '@siembridge/engine/json'

const officeNames = ['CreationTime', 'Operation', 'Workload', 'UserId', 'UserKey', 'ClientIP', 'RecordType', 'Id']

/** What the DSM wants, and which field has it where the record calls it otherwise. */
const officeFields = [
  ['Operation', 'microsoft.operation'],
  ['Workload', 'microsoft.workload'],
  ['UserId', 'user.name'],
  ['ClientIP', 'source.ip'],
] as const
const byLower = new Map(officeNames.map((name) => [name.toLowerCase(), name]))

/**
 * The record with the names, and the time, that the DSM knows: some doors write them in another case, and the time in another
 * form or under another name.
 */
export function officeRecord(view: EventView, { text }: Inspected): JsonObject {
  const record = parseJson(text) as JsonObject
  const named = new Map([...record].map(([key, value]) => [byLower.get(key.toLowerCase()) ?? key, value]))
  const time = named.get('CreationTime')
  if (view.time !== undefined && (typeof time !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(time)))
    named.set('CreationTime', view.time.slice(0, 19))
  for (const [name, field] of officeFields) {
    const value = view.fields.get(field)?.[0]
    if (!named.has(name) && value !== undefined) named.set(name, value)
  }
  if (!named.has('Workload')) named.set('Workload', workloadsOf(view.type)[0] ?? 'Office365')
  return named
}

/** Workloads as the Office 365 Management Activity API writes them. */
const workloads: Readonly<Record<string, readonly string[]>> = {
  'o365.air': ['AirInvestigation'],
  'o365.atp-content': ['ThreatIntelligence'],
  'o365.audit': [
    'SecurityComplianceCenter',
    'Copilot',
    'CRM',
    'AzureActiveDirectory',
    'Exchange',
    'Quarantine',
    'Yammer',
    'MicrosoftTeams',
    'SharePoint',
    'OneDrive',
    'PowerApps',
    'MicrosoftFlow',
    'MicrosoftForms',
    'MicrosoftStream',
    'Planner',
    'ProjectForTheWeb',
    'PublicEndpoint',
    'Aip',
    'Office365',
    'Endpoint',
  ],
  'o365.azure-ad': ['AzureActiveDirectory'],
  'o365.compliance-alert': ['SecurityComplianceCenter'],
  'o365.defender-mail': ['ThreatIntelligence'],
  'o365.dlp': [
    'Exchange',
    'SharePoint',
    'OneDrive',
    'Endpoint',
    'OnPremisesFileShareScanner',
    'OnPremisesSharePointScanner',
    'MicrosoftTeams',
  ],
  'o365.exchange-admin': ['Exchange', 'SecurityComplianceCenter'],
  'o365.exchange-mailbox': ['Exchange'],
  'o365.power-bi': ['PowerBI'],
  'o365.sharepoint': ['SharePoint', 'OneDrive'],
  'o365.teams': ['MicrosoftTeams'],
  'o365.url-click': ['ThreatIntelligence'],
}

export const workloadsOf = (type: string): readonly string[] => workloads[type] ?? []
