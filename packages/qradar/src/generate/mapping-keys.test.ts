import { expect, test } from 'vitest'
import { nativeMappingKeys } from '../native/mapping-keys.ts'
import { type EventClass, eventClasses } from './classes.ts'
import { leefMappingKeys, lsxMappingKeys } from './mapping-keys.ts'

const classOf = (type: string, id: string, outcome: string): EventClass => {
  const found = eventClasses(type).find((c) => c.id === id && (c.outcomes as readonly string[]).includes(outcome))
  if (!found) throw new Error(`no class ${id}`)
  return found
}

test('LEEF: the id as the header has it, the log type and the outcome', () => {
  expect(leefMappingKeys(classOf('entra.directory-audit', 'Add user', 'failure'))).toEqual([
    { eventId: 'Add user', category: 'entra.directory-audit.failure' },
  ])
  expect(leefMappingKeys(classOf('xdr.incident', 'incident.active', ''))).toEqual([
    { eventId: 'incident.active', category: 'xdr.incident' },
  ])
})

test('extensions: the outcome, or the log type', () => {
  expect(lsxMappingKeys(classOf('entra.directory-audit', 'Add user', ''))).toEqual([
    { eventId: 'Add user', category: 'unknown' },
    { eventId: 'Add user', category: 'entra.directory-audit' },
  ])
})

test('an id that ends with a space has keys with and without it, for captures may be trimmed', () => {
  const id = 'Update application – Certificates and secrets management '
  const found = classOf('o365.azure-ad', id, 'success')
  expect(lsxMappingKeys(found).map(({ eventId }) => eventId)).toEqual([id, id.trim()])
  expect(leefMappingKeys(found).map(({ eventId }) => eventId)).toEqual([id.trim()])
})

test('native: what the DSMs look up', () => {
  expect(nativeMappingKeys(classOf('entra.directory-audit', 'Add user', 'success'))).toEqual([
    { eventId: 'Add user-success', category: 'AuditLogs' },
  ])
  expect(nativeMappingKeys(classOf('azure.activity', 'microsoft.keyvault/vaults/delete', ''))).toEqual([
    { eventId: 'MICROSOFT.KEYVAULT/VAULTS/DELETE', category: 'Delete' },
    { eventId: 'MICROSOFT.KEYVAULT/VAULTS/DELETE', category: 'Administrative' },
    { eventId: 'MICROSOFT.KEYVAULT/VAULTS/DELETE', category: 'MICROSOFT.KEYVAULT' },
  ])
  expect(nativeMappingKeys(classOf('o365.sharepoint', 'FileDownloaded', ''))).toEqual([
    { eventId: 'FileDownloaded', category: 'SharePoint' },
    { eventId: 'FileDownloaded', category: 'OneDrive' },
  ])
  expect(nativeMappingKeys(classOf('xdr.email', 'email.phish-zap', ''))).toContainEqual({
    eventId: 'Phish ZAP',
    category: 'AdvancedHunting-EmailPostDeliveryEvents',
  })
  expect(nativeMappingKeys(classOf('azure.nsg-flow', 'nsg-flow.deny', ''))).toEqual([])
})
