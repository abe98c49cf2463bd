import { boolean, concat, defineLogType, first, keyword, literal, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { diagnosticShape, envelopeDictionary, riskSeverity } from '../common.ts'
import { subject } from '../risk.ts'

const own: Own = {
  ...subject,
  'microsoft.risk.deleted': ['isDeleted', boolean('The user has been deleted')],
  'microsoft.risk.processing': ['isProcessing', boolean('The risk is still being worked out')],
  'microsoft.risk.enabled': ['isEnabled', boolean('The service principal is enabled')],
  'microsoft.risk.service_principal_type': ['servicePrincipalType', keyword('Application, ManagedIdentity, Legacy')],
}

const states = ['none', 'confirmedSafe', 'remediated', 'dismissed', 'atRisk', 'confirmedCompromised']

/** A riskyServicePrincipal has an appId; a riskyUser a UPN. */
const kind = when({ appId: '*' }, literal('risky-service-principal'), literal('risky-user'))

/** Graph riskyUser and riskyServicePrincipal: a state, not an event (sources-graph §2.4). */
export const logType = defineLogType({
  id: 'entra.risky-user',
  version: 1,
  title: 'Entra ID Protection risky users and service principals',
  product: 'Entra ID Protection',
  shapes: {
    graph: {
      title: 'Graph identityProtection/riskyUsers and riskyServicePrincipals',
      rank: 13,
      when: { has: ['riskLastUpdatedDateTime', 'riskState|riskLevel'], lacks: ['riskEventType'] },
      space: 'entra.risky-user',
      key: ['id'],
      tenant: 'tenantId',
    },
    diagnostic: diagnosticShape('entra.risky-user', ['id'], 'RiskyUsers', 'RiskyServicePrincipals'),
  },
  uniqueKey: false,
  revision: 'riskLastUpdatedDateTime',
  objects: [
    { kind: 'user', id: when({ appId: '*' }, literal(''), 'id') },
    { kind: 'service-principal', id: when({ appId: '*' }, 'id') },
  ],
  significant: ['riskState', 'riskLevel', 'riskDetail', 'isDeleted'],
  time: first('riskLastUpdatedDateTime', '^.time'),
  severity: when(
    { riskState: ['none', 'confirmedSafe', 'remediated', 'dismissed'] },
    literal('informational'),
    riskSeverity('riskLevel'),
  ),
  signature: {
    id: concat(kind, literal('.'), 'riskState'),
    name: concat(
      when({ appId: '*' }, literal('Risky service principal: '), literal('Risky user: ')),
      first('riskState', literal('unknown')),
    ),
    category: literal('risk'),
    known: ['risky-user', 'risky-service-principal'].flatMap((k) => states.map((state) => `${k}.${state}`)),
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': literal('iam'),
    'event.type': literal('info'),
    'event.action': concat(kind, literal('.'), 'riskState'),
    'user.name': first('userPrincipalName', 'displayName'),
    'user.id': 'id',
    'user.full_name': first('userDisplayName', 'displayName'),
    'microsoft.risk.level': 'riskLevel',
    'microsoft.risk.state': 'riskState',
    'microsoft.risk.detail': 'riskDetail',
    'microsoft.app.id': 'appId',
    'microsoft.service_principal.id': when({ appId: '*' }, 'id'),
    'microsoft.service_principal.name': 'displayName',
    'event.id': 'id',
    ...exprsOf(own),
  },
  dictionary: { ...definitionsOf(own), ...envelopeDictionary },
})
