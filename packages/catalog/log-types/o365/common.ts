import {
  boolean,
  concat,
  date,
  first,
  keyword,
  keywords,
  literal,
  long,
  lower,
  objects,
  port,
  table,
  text,
  when,
} from '../../src/build.ts'
import type { Expr, Field, Shape, Test } from '../../src/model.ts'
import { scopes, userTypes } from './enums.ts'
import { recordTypeName } from './record-types.ts'

type Fields = Readonly<Record<string, Expr>>

/** What tells a record of the Management Activity API: the mandatory fields of its common schema. */
export const auditRecord: Test = { has: ['RecordType', 'CreationTime', 'Operation|Workload|Id'] }

/** The shape of a type that owns these RecordTypes. */
export const activityShape = (title: string, ...recordTypes: readonly string[]): Shape => ({
  title: `Office 365 Management Activity API: ${title}`,
  rank: 10,
  when: { ...auditRecord, is: ['RecordType', ...recordTypes] },
  space: 'o365',
  key: ['Id'],
  tenant: 'OrganizationId',
})

/** RecordTypes whose schema Microsoft does not publish: the record goes along whole. */
export const undocumentedShape = (title: string, ...recordTypes: readonly string[]): Shape => ({
  ...activityShape(title, ...recordTypes),
  fields: { 'microsoft.properties': '^' },
})

/**
 * ResultStatus of the common schema, and the `True` and `False` of Exchange. A record without one says that the thing
 * was done (`otherwise`: success) or, where it reports a detection, nothing (unknown).
 */
export const resultOutcome = (otherwise: 'success' | 'unknown'): Expr =>
  first(
    table(
      'ResultStatus',
      {
        Succeeded: 'success',
        Success: 'success',
        Successful: 'success',
        True: 'success',
        PartiallySucceeded: 'success',
        OK: 'success',
        Completed: 'success',
        Failed: 'failure',
        Failure: 'failure',
        Fail: 'failure',
        False: 'failure',
        Error: 'failure',
        Denied: 'failure',
        Blocked: 'failure',
      },
      literal('unknown'),
    ),
    literal(otherwise),
  )

/** Severity by operation; `informational` for the rest. */
export const severityByOperation = (
  raised: Readonly<Partial<Record<'low' | 'medium' | 'high', readonly string[]>>>,
): Expr =>
  first(
    table(
      'Operation',
      Object.fromEntries(Object.entries(raised).flatMap(([level, operations]) => operations.map((o) => [o, level]))),
      literal('informational'),
    ),
    literal('informational'),
  )

/** Severity in the words of the source: Low, Medium, High, and Informational. */
export const statedSeverity = (stated: Expr, otherwise: string): Expr =>
  first(
    table(
      lower(stated),
      { informational: 'informational', low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
      literal(otherwise),
    ),
    literal(otherwise),
  )

/** Every place in which a service leaves the address of the client; Entra leaves ClientIP null (common schema). */
const clientAddress = first('ClientIP', 'ActorIpAddress', 'ClientIPAddress', 'UserIp', 'ActorIP')

const leading: Fields = {
  'event.kind': literal('event'),
  'event.category': literal('configuration'),
  'event.type': literal('info'),
  'event.action': 'Operation',
  'event.outcome': resultOutcome('success'),
  'user.name': 'UserId',
  'user.id': first('AppAccessContext[].UserObjectId', when({ UserId: 'S-1-*' }, 'UserId')),
  'source.ip': clientAddress,
}

const trailing: Fields = {
  'microsoft.object_id': 'ObjectId',
  'microsoft.workload': 'Workload',
  'microsoft.o365.record_type': recordTypeName,
  'microsoft.result': 'ResultStatus',
  'organization.id': 'OrganizationId',
  'event.id': 'Id',
  'event.code': recordTypeName,
  'event.provider': 'Workload',
  'microsoft.operation': 'Operation',
  'source.port': port(clientAddress),
  'microsoft.app.id': 'AppAccessContext[].ClientAppId',
  'microsoft.app.name': 'AppAccessContext[].ClientAppName',
  'microsoft.session_id': 'AppAccessContext[].AADSessionId',
  'microsoft.correlation_id': first('AppAccessContext[].CorrelationId', 'CorrelationId'),
  'microsoft.user_type': table('UserType', userTypes),
  'microsoft.user_key': 'UserKey',
  'microsoft.o365.record_type_id': 'RecordType',
  'microsoft.o365.user_type_id': 'UserType',
  'microsoft.o365.client_address': first('ClientIP', 'ClientIPAddress', 'UserIp'),
  'microsoft.o365.scope': table('Scope', scopes),
  'microsoft.o365.api_id': 'AppAccessContext[].APIId',
  'microsoft.o365.token_id': 'AppAccessContext[].UniqueTokenId',
  'microsoft.o365.token_issued': first('AppAccessContext[].IssuedAtTime', 'AppAccessContext[].TokenIssuedAtTime'),
  'microsoft.o365.auth_time': 'AppAccessContext[].AuthTime',
  'microsoft.o365.app_access_context': 'AppAccessContext[]',
  'microsoft.schema_version': 'Version',
}

/**
 * The fields of a type: who did what from where, then the type's own in their order, then the rest of the common
 * schema. The type's own expression wins wherever both have one.
 */
export const withCommon = (own: Fields): Fields => ({ ...leading, ...own, ...trailing, ...own })

/** ModifiedProperties: name, old and new value. Exchange items send the bare names (ExchangeMailboxAuditRecord). */
export const modifiedProperties: Fields = {
  'microsoft.changed': when({ 'ModifiedProperties[].Name': '*' }, 'ModifiedProperties[].Name', 'ModifiedProperties[]'),
  'microsoft.changed_from': 'ModifiedProperties[].OldValue',
  'microsoft.changed_to': 'ModifiedProperties[].NewValue',
  'microsoft.changes': 'ModifiedProperties[]',
}

/** Parameters of a cmdlet: a list of names and values, or one text (Security and Compliance Center schema). */
export const cmdletParameters: Fields = {
  'microsoft.o365.parameters': 'Parameters[]',
  'microsoft.o365.parameter_names': 'Parameters[].Name',
  'microsoft.o365.command_line': when({ 'Parameters[].Name': '*' }, literal(''), 'Parameters'),
  'microsoft.o365.non_pii_parameters': 'NonPIIParameters',
}

export const extendedProperties: Fields = {
  'microsoft.o365.extended_properties': 'ExtendedProperties[]',
  'microsoft.o365.extended_property_names': 'ExtendedProperties[].Name',
}

/** Native key of a record that eDiscovery split by size: its parts share the Id and differ in RecordNumber. */
export const keyOfPart: Expr = first(concat('Id', literal('#'), 'RecordNumber'), 'Id')

/** What the types of this service share. Every type takes all of it, so that there is one definition. */
export const o365Fields: Readonly<Record<string, Field>> = {
  'microsoft.o365.record_type': keyword('RecordType, by name'),
  'microsoft.o365.record_type_id': long('RecordType, its number'),
  'microsoft.o365.user_type_id': long('Kind of user, its number'),
  'microsoft.o365.client_address': keyword(
    'Address of the client as the service writes it: with port, host name or neither',
  ),
  'microsoft.o365.scope': keyword('online or onprem'),
  'microsoft.o365.api_id': keyword('API that the application called'),
  'microsoft.o365.token_id': keyword('Token of the application'),
  'microsoft.o365.token_issued': date('When that token was issued'),
  'microsoft.o365.auth_time': date('When the user of that token signed in'),
  'microsoft.o365.app_access_context': objects('Application that acted, as the service describes it'),
  'microsoft.o365.token_object_id': keyword('Object id in the token'),
  'microsoft.o365.token_tenant_id': keyword('Tenant in the token'),
  'microsoft.o365.extended_properties': objects('Extended properties: name and value'),
  'microsoft.o365.extended_property_names': keywords('Names of the extended properties'),
  'microsoft.o365.parameters': objects('Parameters of the cmdlet: name and value'),
  'microsoft.o365.parameter_names': keywords('Names of the parameters'),
  'microsoft.o365.command_line': text('Parameters of the cmdlet, where they come as one text'),
  'microsoft.o365.non_pii_parameters': text('Parameters that hold personal data, in older records'),
  'microsoft.o365.external_access': boolean('Done from outside the organisation, by Microsoft or by a delegate'),
  'microsoft.o365.originating_server': keyword('Server that did it'),
  'microsoft.o365.request_type': keyword('Kind of request'),
  'microsoft.o365.geo_location': keyword('Region of the data'),
}
