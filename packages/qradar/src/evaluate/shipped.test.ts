// The samples of IBM's pages on these DSMs, with values made up for this project, and what those pages say comes of them.
import { describe, expect, test } from 'vitest'
import type { DsmKey } from '../native/dsms.ts'
import { evaluateShipped } from './shipped.ts'

const setting = { lookUp: () => undefined, collector: { now: Date.UTC(2026, 0, 1), zone: 330 } }
const header = '<13>1 2026-01-01T00:00:00Z qradar-test '

const leef =
  'LEEF:1.0|Microsoft|Azure Resource Manager|1.0|MICROSOFT.CLASSICCOMPUTE/VIRTUALMACHINES/RESTART/ACTION|' +
  [
    'devTime=Jun 07 2016 17:04:26',
    'devTimeFormat=MMM dd yyyy HH:mm:ss',
    'cat=MICROSOFT.CLASSICCOMPUTE',
    'src=192.0.2.2',
    'usrName=name@example.com',
    'sev=4',
    'resource=testvm',
    'resourceGroup=testgroup',
    'description=Restart a Virtual Machine',
  ].join('\t')

const activity = {
  time: '2026-03-05T11:46:58.3291475Z',
  resourceId: '/SUBSCRIPTIONS/0/RESOURCEGROUPS/TEST/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/TEST',
  operationName: 'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
  category: 'Action',
  resultType: 'Success',
  resultSignature: 'Succeeded.OK',
  durationMs: 125,
  callerIpAddress: '192.0.2.5',
  correlationId: '5b1a2c4d-0000-4000-8000-000000000001',
  identity: {
    authorization: { scope: '/subscriptions/0', action: 'Microsoft.Storage/storageAccounts/listKeys/action' },
    claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'admin@contoso.com', ipaddr: '192.0.2.5' },
  },
}

const firewall = {
  time: '2026-06-05T12:31:01.0000000Z',
  resourceId: '/SUBSCRIPTIONS/0/PROVIDERS/MICROSOFT.NETWORK/AZUREFIREWALLS/TEST',
  category: 'AzureFirewallNetworkRule',
  operationName: 'AzureFirewallNetworkRuleLog',
  properties: {
    msg: 'TCP request from 192.0.2.1:49832 to 198.51.100.2:443 was allowed. Action: Allow. Rule Collection: all',
  },
}

const audit = {
  time: '2026-02-14T20:42:08.9741820Z',
  resourceId: '/tenants/0fd5ff86-0000-4000-8000-000000000001/providers/Microsoft.aadiam',
  operationName: 'Add member to group',
  operationVersion: '1.0',
  category: 'AuditLogs',
  tenantId: '0fd5ff86-0000-4000-8000-000000000001',
  resultSignature: 'None',
  durationMs: 0,
  correlationId: '5b1a2c4d-0000-4000-8000-000000000002',
  level: 'Informational',
  properties: {
    id: 'Directory_1',
    category: 'GroupManagement',
    result: 'success',
    activityDisplayName: 'Add member to group',
    initiatedBy: { user: { userPrincipalName: 'admin@contoso.com', ipAddress: '192.0.2.24' } },
    targetResources: [],
  },
}

const mailbox = {
  CreationTime: '2020-01-10T15:07:31',
  Id: '5b1a2c4d-0000-4000-8000-000000000003',
  Operation: 'Set-Mailbox',
  OrganizationId: '0fd5ff86-0000-4000-8000-000000000001',
  RecordType: 1,
  ResultStatus: 'True',
  UserKey: '"contoso.onmicrosoft.com/admin.user" on behalf of "contoso.onmicrosoft.com/other.user"',
  UserType: 2,
  Version: 1,
  Workload: 'Exchange',
  ClientIP: '192.0.2.21:7414',
  ObjectId: 'other.user',
  UserId: '"admin.user" on behalf of "other.user"',
  Parameters: [{ Name: 'Identity', Value: 'other.user' }],
}

const hunting = {
  time: '2026-04-11T21:07:42.7816566Z',
  tenantId: '0fd5ff86-0000-4000-8000-000000000001',
  operationName: 'Publish',
  category: 'AdvancedHunting-DeviceEvents',
  properties: { DeviceName: 'client1.contoso.com', ActionType: 'ScheduledTaskUpdated' },
}

const alert = {
  id: '5b1a2c4d-0000-4000-8000-000000000004',
  azureTenantId: '0fd5ff86-0000-4000-8000-000000000001',
  azureSubscriptionId: '0fd5ff86-0000-4000-8000-000000000005',
  category: 'Malicious_IP',
  createdDateTime: '2026-05-01T10:00:05.1234567Z',
  description: 'Traffic from an address that is known to be malicious',
  eventDateTime: '2026-05-01T09:59:58.1234567Z',
  recommendedActions: ['Look at it'],
  severity: 'high',
}

interface Expected {
  readonly dsm: DsmKey
  readonly payload: string | object
  readonly fields: Readonly<Record<string, string>>
  readonly time?: string
  readonly severity?: number
}

const samples: Readonly<Record<string, Expected>> = {
  'Azure Platform, LEEF': {
    dsm: 'azure-platform',
    payload: leef,
    fields: {
      EventName: 'MICROSOFT.CLASSICCOMPUTE/VIRTUALMACHINES/RESTART/ACTION',
      EventCategory: 'MICROSOFT.CLASSICCOMPUTE',
      SourceIp: '192.0.2.2',
      UserName: 'name@example.com',
    },
    // Without a zone of its own: UTC, by the preset reading.
    time: '2016-06-07T17:04:26.000Z',
    severity: 4,
  },
  'Azure Platform, JSON': {
    dsm: 'azure-platform',
    payload: activity,
    fields: {
      EventName: 'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
      EventCategory: 'Action',
      SourceIp: '192.0.2.5',
      UserName: 'admin@contoso.com',
    },
    time: '2026-03-05T11:46:58.329Z',
  },
  'Azure Firewall': {
    dsm: 'azure-firewall',
    payload: firewall,
    fields: {
      EventName: 'Allow',
      EventCategory: 'AZFWNetworkRule',
      Protocol: 'TCP',
      SourceIp: '192.0.2.1',
      SourcePort: '49832',
      DestinationIp: '198.51.100.2',
      DestinationPort: '443',
    },
  },
  'Entra ID, audit': {
    dsm: 'entra-id',
    payload: audit,
    fields: {
      EventName: 'Add member to group-success',
      EventCategory: 'AuditLogs',
      SourceIp: '192.0.2.24',
      UserName: 'admin@contoso.com',
    },
    time: '2026-02-14T20:42:08.974Z',
  },
  'Entra ID, sign-in': {
    dsm: 'entra-id',
    payload: {
      time: '2026-02-14T20:42:08Z',
      operationName: 'Sign-in activity',
      category: 'SignInLogs',
      callerIpAddress: '2001:db8::5',
      properties: { userPrincipalName: 'kim@contoso.com' },
    },
    fields: {
      EventName: 'Sign-in activity',
      EventCategory: 'SignInLogs',
      SourceIpv6: '2001:db8::5',
      UserName: 'kim@contoso.com',
    },
    time: '2026-02-14T20:42:08.000Z',
  },
  'Office 365': {
    dsm: 'office-365',
    payload: mailbox,
    fields: {
      EventName: 'Set-Mailbox',
      EventCategory: 'Exchange',
      SourceIp: '192.0.2.21',
      UserName: 'contoso.onmicrosoft.com/admin.user',
    },
    time: '2020-01-10T15:07:31.000Z',
  },
  'Microsoft 365 Defender': {
    dsm: 'defender-xdr',
    payload: hunting,
    fields: { EventName: 'ScheduledTaskUpdated', EventCategory: 'AdvancedHunting-DeviceEvents' },
    time: '2026-04-11T21:07:42.781Z',
  },
  'Defender for Cloud': {
    dsm: 'defender-cloud',
    payload: alert,
    fields: { EventName: 'Malicious_IP' },
    time: '2026-05-01T09:59:58.123Z',
  },
}

describe('samples of the DSM Configuration Guide', () => {
  test.for(Object.entries(samples))('%s', ([, { dsm, payload, fields, time, severity }]) => {
    const event = evaluateShipped(
      dsm,
      header + (typeof payload === 'string' ? payload : JSON.stringify(payload)),
      setting,
    )
    expect(event.fields).toMatchObject(fields)
    expect(event.time === undefined ? undefined : new Date(event.time).toISOString()).toBe(time)
    expect(event.severity).toBe(severity)
    expect(event.state).toBe('unknown')
  })

  test('what is not theirs is stored', () => {
    for (const { dsm } of Object.values(samples))
      expect(evaluateShipped(dsm, `${header}nothing`, setting).state).toBe('stored')
  })
})
