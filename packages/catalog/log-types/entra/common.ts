import { first, keyword, literal, long, lower, table, text } from '../../src/build.ts'
import type { Expr, Field, Shape } from '../../src/model.ts'

export const tenantOfEnvelope: Expr = first('^.tenantId', 'tenantId')

/** What the envelope has beside the Graph object in `properties`; Graph itself says other things by the same keys. */
export const envelopeFields: Readonly<Record<string, Expr>> = {
  'microsoft.entra.log': '^.category',
  'microsoft.operation': '^.operationName',
  'microsoft.operation_version': '^.operationVersion',
  'microsoft.result': '^.resultType',
  'microsoft.result_signature': '^.resultSignature',
  'microsoft.entra.result_description': '^.resultDescription',
  'microsoft.entra.resource_id': '^.resourceId',
  'microsoft.entra.identity': '^.identity',
  'microsoft.entra.caller_address': '^.callerIpAddress',
  'microsoft.entra.location': '^.location',
  'microsoft.entra.correlation_id': '^.correlationId',
  'microsoft.entra.duration_ms': '^.durationMs',
  'event.ingested': '^.time',
  'log.level': '^.Level',
  'organization.id': tenantOfEnvelope,
}

export const envelopeDictionary: Readonly<Record<string, Field>> = {
  'microsoft.entra.log': keyword('Diagnostic category: SignInLogs, AuditLogs…'),
  'microsoft.entra.result_description': text('Description of the result in the envelope'),
  'microsoft.entra.resource_id': keyword('Entra ID as an Azure resource'),
  'microsoft.entra.identity': keyword('Display name in the envelope'),
  'microsoft.entra.caller_address': keyword('Address of the caller in the envelope'),
  'microsoft.entra.location': keyword('Country in the envelope'),
  'microsoft.entra.correlation_id': keyword('Correlation id in the envelope'),
  'microsoft.entra.duration_ms': long('Duration in the envelope, milliseconds'),
}

/** Envelope of the Entra diagnostic settings, Event Hub or Storage (resource-logs-schema.md): category tells the table. */
export const diagnosticShape = (
  space: string,
  key: readonly Expr[],
  ...categories: readonly [string, ...string[]]
): Shape => ({
  title: 'Diagnostic settings: Event Hub or Storage',
  rank: 60,
  when: { has: ['category', 'properties'], is: ['category', ...categories] },
  root: 'properties~',
  space,
  key,
  tenant: tenantOfEnvelope,
  fields: envelopeFields,
})

/** Risk levels and `hidden` (no P2 licence) to our severities; low for anything that is not a risk. */
export const riskSeverity = (level: Expr): Expr =>
  first(
    table(lower(level), { none: 'low', hidden: 'low', low: 'low', medium: 'medium', high: 'high' }, literal('low')),
    literal('low'),
  )

/** `success` and `failure` as Graph and the envelope spell them; `timeout` is a failure. */
export const auditOutcome = (result: Expr): Expr =>
  first(
    table(
      result,
      {
        success: 'success',
        succeeded: 'success',
        0: 'success',
        failure: 'failure',
        failed: 'failure',
        timeout: 'failure',
      },
      literal('unknown'),
    ),
    literal('unknown'),
  )

/** Where it happened, as Graph's signInLocation. */
export const locationFields = (at: string): Record<string, Expr> => ({
  'source.geo.city_name': `${at}.city`,
  'source.geo.region_name': `${at}.state`,
  'source.geo.country_iso_code': `${at}.countryOrRegion`,
  'source.geo.location.lat': `${at}.geoCoordinates.latitude`,
  'source.geo.location.lon': `${at}.geoCoordinates.longitude`,
})
