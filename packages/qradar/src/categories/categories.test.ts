import { logTypes } from '@siembridge/catalog'
import { describe, expect, test } from 'vitest'
import { eventClasses } from '../generate/classes.ts'
import { categoryChoices, lowLevelCategories, lowLevelCategory } from './low-level.ts'
import { categoryRules } from './rules.ts'

const classOf = (type: string, id: string, outcome = 'success') =>
  eventClasses(type).find((c) => c.id === id && (c.outcomes as readonly string[]).includes(outcome))

test('names and ids are each there once, and ids belong to a high-level category', () => {
  expect(new Set(lowLevelCategories.map(({ name }) => name)).size).toBe(lowLevelCategories.length)
  expect(new Set(lowLevelCategories.map(({ id }) => id)).size).toBe(lowLevelCategories.length)
  for (const { id } of lowLevelCategories) expect(id % 1000).toBeGreaterThan(0)
})

test('every rule names categories that there are; one known second-hand alone is followed by a documented one', () => {
  for (const { is, failed, unknown } of categoryRules)
    for (const name of [is, failed, unknown].filter((n) => n !== undefined)) {
      const choices = categoryChoices(name)
      expect(choices[0]).toBe(name)
      expect(lowLevelCategory(choices.at(-1) ?? '').documented, name).toBe(true)
    }
  expect(() => lowLevelCategory('Nowhere')).toThrow(RangeError)
})

describe('every published operation has its row', () => {
  test.for(logTypes.map(({ id }) => id))('%s', (type) => {
    const known = logTypes.find(({ id }) => id === type)?.signature.known ?? []
    const classes = eventClasses(type)
    expect(new Set(classes.map(({ id }) => id))).toEqual(new Set([...known, type]))
    for (const { name, description, severity, categories, outcomes } of classes) {
      expect(name.length).toBeLessThanOrEqual(255)
      expect(description).not.toBe('')
      expect(severity).toBeGreaterThanOrEqual(1)
      expect(severity).toBeLessThanOrEqual(10)
      expect(categories.length).toBeGreaterThan(0)
      expect(outcomes.length).toBeGreaterThan(0)
    }
  })
})

test.for<[type: string, id: string, outcome: string, category: string]>([
  ['entra.directory-audit', 'Add member to group', 'success', 'Group Member Added'],
  ['entra.directory-audit', 'Add member to group', 'failure', 'General Authentication Failed'],
  ['entra.directory-audit', 'Remove member from group', 'success', 'Group Member Removed'],
  ['entra.directory-audit', 'Add user', 'success', 'User Account Added'],
  ['entra.directory-audit', 'Delete user', 'success', 'User Account Removed'],
  ['entra.directory-audit', 'Update user', 'success', 'User Account Changed'],
  ['entra.directory-audit', 'Reset user password', 'success', 'Password Change Succeeded'],
  ['entra.directory-audit', 'Add member to role', 'success', 'User Right Assigned'],
  ['entra.directory-audit', 'Add conditional access policy', 'success', 'Policy Added'],
  ['entra.directory-audit', 'Update conditional access policy', 'success', 'Policy Change'],
  ['entra.sign-in', 'sign-in.interactive.success', 'success', 'Auth Server Login Succeeded'],
  ['entra.sign-in', 'sign-in.interactive.failure', 'failure', 'Auth Server Login Failed'],
  ['azure.activity', 'microsoft.keyvault/vaults/delete', 'failure', 'Delete Activity Failed'],
  ['azure.activity', 'microsoft.keyvault/vaults/delete', 'unknown', 'Delete Activity Attempted'],
  ['azure.nsg-flow', 'nsg-flow.deny', 'failure', 'Firewall Deny'],
  ['azure.windows-event', 'Security:4625', 'failure', 'Host Login Failed'],
  ['azure.windows-event', 'Security:1102', 'success', 'Delete Activity Succeeded'],
  ['o365.azure-ad', 'UserLoggedIn', 'success', 'Auth Server Login Succeeded'],
  ['o365.exchange-admin', 'Add-MailboxPermission', 'success', 'User Right Assigned'],
  ['o365.sharepoint', 'FileDownloaded', 'success', 'Read Activity Succeeded'],
  ['o365.dlp', 'DlpRuleMatch', 'success', 'Information Leak'],
  ['xdr.device-logon', 'LogonFailed', 'failure', 'Host Login Failed'],
  ['xdr.alert', 'endpoint.Malware', '', 'Misc Malware'],
  ['xdr.incident', 'incident.active', '', 'Suspicious Activity'],
])('%s: %s (%s) is %s', ([type, id, outcome, category]) => {
  expect(classOf(type, id, outcome)?.categories[0]).toBe(category)
})
