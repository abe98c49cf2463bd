import { concat, date, first, keyword, literal, object, when } from '../../src/build.ts'
import type { Expr, Shape } from '../../src/model.ts'
import type { Own } from '../azure/envelope.ts'

/** A table of the Streaming API: `{time, tenantId, operationName, category, properties}` (sources-azure §6). */
export const streaming = (table: string, key: readonly Expr[], fields?: Shape['fields']): Shape => ({
  title: `Streaming API: ${table}`,
  rank: 60,
  when: { has: ['category', 'properties'], is: ['category', `AdvancedHunting-${table}`] },
  root: 'properties~',
  space: `xdr.${table}`,
  key,
  tenant: '^.tenantId',
  ...(fields && { fields }),
})

/** ReportId is a repeating counter: unique with the device and the time only (sources-azure §6). */
export const deviceKey: readonly Expr[] = [first('DeviceId', 'DeviceName'), 'ReportId', 'Timestamp']

/** Timestamp is when it happened, `time` when Defender received it. */
export const timeOfRow: Expr = first('Timestamp', '^.time')

/** A column that holds JSON in a string, `""` where there is none, and now and then a plain text. */
export const nested = (column: string): Expr => first(`${column}~`, column)

/** A column that holds a list as JSON in a string, as a list, or as one plain text. */
export const listed = (column: string): Expr => when({ [column]: '[*' }, `${column}~[]`, column)

/** UPN, or account with domain. The domain column may also be the NetBIOS name of the host. */
export const accountName = (prefix = ''): Expr =>
  first(
    `${prefix}AccountUpn`,
    concat(`${prefix}AccountDomain`, literal('\\'), `${prefix}AccountName`),
    `${prefix}AccountName`,
  )
export const accountId = (prefix = ''): Expr => first(`${prefix}AccountObjectId`, `${prefix}AccountSid`)

export const userFields: Readonly<Record<string, Expr>> = { 'user.name': accountName(), 'user.id': accountId() }

export const hostFields: Readonly<Record<string, Expr>> = { 'host.name': 'DeviceName', 'host.id': 'DeviceId' }

/** What every row carries beside its own columns, in the order of importance. */
export const envelopeFields: Readonly<Record<string, Expr>> = {
  'organization.id': '^.tenantId',
  'event.ingested': '^.time',
  'event.created': 'Timestamp',
  'microsoft.category': '^.category',
  'microsoft.operation': '^.operationName',
}

export const envelope: Own = {
  'microsoft.xdr.machine_group': ['MachineGroup', keyword('Device group of the device')],
  'microsoft.xdr.additional_fields': [nested('AdditionalFields'), object('What the event adds, as it says it')],
  'microsoft.xdr.tenant': ['^.Tenant', keyword('Tenant in the word of the service')],
  'microsoft.xdr.received': ['^._TimeReceivedBySvc', date('When the streaming service received it')],
}

/** Account columns as they are, for joins with hunting queries. */
export const account: Own = {
  'microsoft.xdr.account_name': ['AccountName', keyword('Account without domain')],
  'microsoft.xdr.account_domain': ['AccountDomain', keyword('Domain of the account')],
  'microsoft.xdr.account_sid': ['AccountSid', keyword('SID of the account')],
  'microsoft.xdr.account_upn': ['AccountUpn', keyword('UPN of the account')],
  'microsoft.xdr.account_object_id': ['AccountObjectId', keyword('Object id of the account')],
}

export const container: Own = {
  'microsoft.xdr.app_guard_container': ['AppGuardContainerId', keyword('Application Guard container')],
}
