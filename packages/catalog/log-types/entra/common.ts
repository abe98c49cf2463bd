import { first, literal, lower, table, when } from '../../src/build.ts'
import type { Expr, Test } from '../../src/model.ts'

/** Event Hub and Storage envelope of the Entra diagnostic settings (resource-logs-schema.md): category tells the table. */
export const entraDiagnostic = (...categories: string[]): Test => ({
  has: ['category', 'properties'],
  is: ['category', ...categories],
})

/** Envelope fields that every diagnostic shape of Entra has beside the Graph object in `properties`. */
export const envelopeFields: Readonly<Record<string, Expr>> = {
  'event.ingested': '^.time',
  'microsoft.operation': '^.operationName',
  'microsoft.operation_version': '^.operationVersion',
  'microsoft.category': '^.category',
  'microsoft.result_signature': '^.resultSignature',
  'microsoft.resource.id': '^.resourceId',
  'log.level': '^.Level',
  'event.provider': '^.identity',
}

export const tenantOfEnvelope: Expr = first('^.tenantId', 'tenantId', 'homeTenantId')

/** Risk levels and `hidden` (no P2 licence) to our severities; low for anything that is not a risk. */
export const riskSeverity = (level: Expr): Expr =>
  table(lower(level), { none: 'low', hidden: 'low', low: 'low', medium: 'medium', high: 'high' }, literal('low'))

/** `success` and `failure` as Graph spells them; `timeout` is a failure. */
export const auditOutcome = (result: Expr): Expr =>
  table(result, { success: 'success', failure: 'failure', timeout: 'failure' }, literal('unknown'))

export const whenPresent = (selector: string, then: Expr, otherwise?: Expr): Expr =>
  when({ [selector]: '*' }, then, otherwise)
