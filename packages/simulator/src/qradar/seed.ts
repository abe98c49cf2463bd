import type { ConsoleTables } from './rows.ts'

// Ids as IBM's own console gives them: "Log source types" of pySigma's QRadar backend, and IBM's pages on event categories.
const types: readonly (readonly [id: number, internal: string, name: string])[] = [
  [12, 'WindowsAuthServer', 'Microsoft Windows Security Event Log'],
  [212, 'UniversalLEEF', 'Universal LEEF'],
  [367, 'UniversalCEF', 'Universal CEF'],
  [397, 'Office365', 'Microsoft Office 365'],
  [413, 'MicrosoftAzure', 'Microsoft Azure Platform'],
  [433, 'MicrosoftWindowsDefenderATP', 'Microsoft 365 Defender (Alerts)'],
  [443, 'MicrosoftAzureSecurityCenter', 'Microsoft Defender for Cloud'],
  [445, 'MicrosoftAzureActiveDirectory', 'Microsoft Entra ID'],
  [515, 'Microsoft365Defender', 'Microsoft 365 Defender'],
]

/** First id of what customers make. */
export const firstCustomType = 4001
export const firstCustomQid = 2_000_001

/** A low-level category as a console knows it. */
export interface SeedCategory {
  readonly id: number
  readonly name: string
  readonly severity: number
}

/** What every console has before anybody touched it. One mapping of IBM's own stands for the thousands there are. */
export function seed(tables: ConsoleTables, categories: readonly SeedCategory[]): void {
  for (const { id, name, severity } of categories)
    tables.add('low_level_categories', {
      id,
      name,
      description: name,
      severity,
      high_level_category_id: Math.floor(id / 1000) * 1000,
    })
  for (const [id, internal, name] of types)
    tables.add('log_source_types', {
      id,
      name,
      internal: true,
      custom: false,
      default_protocol_id: 0,
      protocol_types: [{ protocol_id: 0, documented: true }],
      log_source_extension_id: null,
      uuid: internal,
    })
  tables.add('protocol_types', {
    id: 0,
    name: 'Syslog',
    version: 1,
    inbound: true,
    parameters: [{ id: 0, name: 'identifier', label: 'Log Source Identifier', type: 'STRING', required: true }],
  })
  tables.add('event_collectors', { id: 7, name: 'eventcollector0 :: console', component_name: 'eventcollector0' })
  const groupMember = categories.find(({ name }) => name === 'Group Member Added') ?? categories[0]
  if (!groupMember) return
  const qid = tables.add('qid_records', {
    id: 1001,
    qid: 33_250_001,
    name: 'Add member to group-success',
    description: 'Add member to group-success',
    severity: 3,
    low_level_category_id: groupMember.id,
    log_source_type_id: 445,
    uuid: 'system',
  })
  tables.add('dsm_event_mappings', {
    id: 1001,
    log_source_type_id: 445,
    log_source_event_id: 'Add member to group-success',
    log_source_event_category: 'AuditLogs',
    custom_event: false,
    qid_record_id: qid.id,
    uuid: 'system',
  })
}
