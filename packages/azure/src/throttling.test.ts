import { expect, test } from 'vitest'
import { accountOf } from './throttling.ts'

const [tenant, application] = ['6F1D3A52-9C04-4B7E-8E21-5A0C7D9B4E10', '0B1C2D3E-0000-4000-8000-00000000000A']

test('an account is the same one however its ids are written', () => {
  for (const api of ['auditLogs', 'office365'] as const)
    expect(accountOf(api, tenant, application)).toBe(accountOf(api, tenant.toLowerCase(), application.toLowerCase()))
})

test('applications share a quota of the tenant, and have their own where Microsoft says so', () => {
  expect(accountOf('office365', tenant, application)).toBe(accountOf('office365', tenant, 'another'))
  expect(accountOf('auditLogs', tenant, application)).not.toBe(accountOf('auditLogs', tenant, 'another'))
})
