import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, type JsonObject } from '@siembridge/engine/json'
import { inspect } from '@siembridge/engine/inspect'
import { bulky, shrinkRecord } from './shrink.ts'
import { dsmOf, nativePayload } from './payloads.ts'

const payload = (record: object, activity: 'json' | 'leef' = 'json', maxBytes = 0) => {
  const inspected = inspect(Buffer.from(JSON.stringify(record)))
  const view = inspected?.views[0]
  if (!inspected || !view) throw new Error('no log type')
  return nativePayload(view, inspected, { activity, maxBytes })
}

const graphAudit = {
  id: 'Directory_1',
  category: 'GroupManagement',
  correlationId: '5b1a2c4d-0000-4000-8000-000000000002',
  result: 'success',
  activityDisplayName: 'Add member to group',
  activityDateTime: '2026-03-04T09:15:27.1234567Z',
  loggedByService: 'Core Directory',
  initiatedBy: { user: { userPrincipalName: 'admin@contoso.com', ipAddress: '192.0.2.24' } },
  targetResources: [],
}

describe('Entra ID', () => {
  test('a record of Graph gets the envelope of the diagnostic settings', () => {
    const made = JSON.parse(payload(graphAudit) ?? '') as object
    expect(made).toMatchObject({
      time: '2026-03-04T09:15:27.123Z',
      operationName: 'Add member to group',
      category: 'AuditLogs',
      callerIpAddress: '192.0.2.24',
      correlationId: '5b1a2c4d-0000-4000-8000-000000000002',
      properties: graphAudit,
    })
  })

  test('an envelope stays one: its log as category, properties as an object', () => {
    const enveloped = {
      time: '2026-03-04T09:15:27.1234567Z',
      resourceId: '/tenants/0fd5ff86-0000-4000-8000-000000000001/providers/Microsoft.aadiam',
      operationName: 'Add member to group',
      category: 'GroupManagement',
      properties: JSON.stringify(graphAudit),
    }
    expect(JSON.parse(payload(enveloped) ?? '')).toMatchObject({
      time: '2026-03-04T09:15:27.123Z',
      category: 'AuditLogs',
      properties: graphAudit,
    })
  })
})

describe('Azure activity', () => {
  const rest = {
    eventTimestamp: '2026-02-03T09:15:22.4817733Z',
    category: { value: 'Administrative' },
    operationName: { value: 'Microsoft.Compute/virtualMachines/restart/action' },
    eventDataId: '6e408ca3-0000-4000-8000-000000000001',
    caller: 'admin@contoso.com',
    httpRequest: { clientIpAddress: '192.0.2.5' },
    claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'admin@contoso.com' },
    resourceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1',
    status: { value: 'Succeeded' },
  }

  test('REST becomes what Event Hubs send, with the operation in capitals', () => {
    expect(JSON.parse(payload(rest) ?? '')).toMatchObject({
      time: '2026-02-03T09:15:22.481Z',
      operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/RESTART/ACTION',
      category: 'Administrative',
      callerIpAddress: '192.0.2.5',
      identity: { claims: rest.claims },
    })
  })

  test('or the LEEF of Azure Log Integration', () => {
    expect(payload(rest, 'leef')).toBe(
      'LEEF:1.0|Microsoft|Azure Resource Manager|1.0|MICROSOFT.COMPUTE/VIRTUALMACHINES/RESTART/ACTION|' +
        'devTime=Feb 03 2026 09:15:22\tdevTimeFormat=MMM dd yyyy HH:mm:ss\tcat=MICROSOFT.COMPUTE\tsrc=192.0.2.5\t' +
        'usrName=admin@contoso.com\tsev=1\tresource=vm1\tresourceGroup=g\tdescription=Azure administrative operation',
    )
  })
})

test('types without a DSM have no payload', () => {
  expect(dsmOf('azure.nsg-flow')).toBeUndefined()
  expect(dsmOf('xdr.incident')).toBeUndefined()
  expect(dsmOf('xdr.device-event')).toBe('defender-xdr')
})

describe('shrinking', () => {
  const needed = { time: 't', operationName: 'o', category: 'c', properties: { result: 'success', id: '1' } }
  const object = (json: unknown): JsonObject => parseJson(JSON.stringify(json)) as JsonObject

  test('what fits stays as it is', () => expect(shrinkRecord(object(needed), 4096)).toBe(JSON.stringify(needed)))

  test('bulky members go before anything else, in their order, whole', () => {
    const record = {
      ...needed,
      properties: {
        ...needed.properties,
        appliedConditionalAccessPolicies: ['x'.repeat(2000)],
        other: 'y'.repeat(2500),
      },
    }
    const made = JSON.parse(shrinkRecord(object(record), 3000)) as { properties: object; sb_truncated: number }
    expect(made.sb_truncated).toBe(1)
    expect(Object.keys(made.properties)).toEqual(['result', 'id', 'other'])
  })

  test('what is parsed stays, even where that is too long', () => {
    const made = JSON.parse(shrinkRecord(object({ ...needed, other: 'x' }), 20)) as object
    expect(made).toEqual({ ...needed, sb_truncated: 1 })
  })

  test('any record within any limit is JSON, is marked, and keeps what is parsed', () => {
    const member = fc.oneof(fc.constantFrom(...bulky), fc.string({ minLength: 1, maxLength: 8 }))
    const value = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.integer(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string()),
    )
    fc.assert(
      fc.property(
        fc.dictionary(member, value),
        fc.dictionary(member, value),
        fc.integer({ min: 300, max: 2000 }),
        (outer, inner, max) => {
          const record = { ...outer, ...needed, properties: { ...inner, ...needed.properties } }
          const text = shrinkRecord(object(record), max)
          const made = JSON.parse(text) as { sb_truncated?: number; properties: object }
          expect(made).toMatchObject(needed)
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(max)
          expect(made.sb_truncated).toBe(text === JSON.stringify(record) ? undefined : 1)
        },
      ),
    )
  })
})
