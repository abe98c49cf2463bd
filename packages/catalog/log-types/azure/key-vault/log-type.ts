import {
  boolean,
  concat,
  defineLogType,
  first,
  keyword,
  keywords,
  literal,
  long,
  lower,
  objects,
  part,
  table,
  when,
} from '../../../src/build.ts'
import {
  callerDictionary,
  callerFields,
  claim,
  claimNames,
  claimsDictionary,
  claimsObject,
  definitionsOf,
  envelopeDictionary,
  envelopeFields,
  exprsOf,
  httpOutcome,
  type Own,
  p,
  plainIdentity,
  tenantOfLog,
  timeOfLog,
} from '../envelope.ts'
import { operationNames, operationTypes } from './operations.ts'

/**
 * Every client without a token starts with `Authentication`, which answers 401 to tell it where to sign in: no
 * failure. Else the HTTP status decides, because resultType says Success of requests that were refused.
 */
const outcome = when(
  { operationName: 'Authentication', [p('httpStatusCode')]: '401' },
  literal('unknown'),
  httpOutcome(
    p('httpStatusCode'),
    table(
      first('resultSignature', 'resultType'),
      {
        OK: 'success',
        Success: 'success',
        Accepted: 'success',
        Unauthorized: 'failure',
        Forbidden: 'failure',
        'Not Found': 'failure',
        Failure: 'failure',
        Failed: 'failure',
        Error: 'failure',
      },
      literal('unknown'),
    ),
  ),
)

const own: Own = {
  'microsoft.key_vault.object': [
    first(p('id'), p('objectName')),
    keyword('Key, secret, certificate or vault, as its URI'),
  ],
  'microsoft.key_vault.object_type': [
    first(p('objectType'), table('operationName', operationTypes)),
    keyword('vault, key, secret or certificate'),
  ],
  'microsoft.key_vault.address_authorized': [
    p('isAddressAuthorized'),
    boolean('The firewall of the vault let the address in'),
  ],
  'microsoft.key_vault.access_policy_match': [p('isAccessPolicyMatch'), boolean('An access policy allowed it')],
  'microsoft.key_vault.rbac_authorized': [p('isRbacAuthorized'), boolean('A role allowed it')],
  'microsoft.key_vault.trusted_service': [p('trustedService'), keyword('Trusted service that called')],
  'microsoft.key_vault.address_authorization': [
    first(p('addrAuthType'), p('addressAuthorizationType')),
    keyword('How the address was let in: PublicIP, Subnet, PrivateLink…'),
  ],
  'microsoft.key_vault.subnet_id': [p('subnetId'), keyword('Subnet of the caller')],
  'microsoft.key_vault.assignment': [p('appliedAssignmentId'), keyword('Role assignment that allowed or refused it')],
  'microsoft.key_vault.algorithm': [p('algorithm'), keyword('Algorithm of the key operation')],
  'microsoft.key_vault.key.type': [p('keyProperties.type'), keyword('Kind of key')],
  'microsoft.key_vault.key.size': [p('keyProperties.size'), long('Size of the key, bits')],
  'microsoft.key_vault.key.curve': [p('keyProperties.curve'), keyword('Curve of the key')],
  'microsoft.key_vault.key.operations': [p('keyProperties.operations[]'), keywords('What the key may do')],
  'microsoft.key_vault.secret.type': [p('secretProperties.type'), keyword('Content type of the secret')],
  'microsoft.key_vault.enabled': [
    first(
      p('keyProperties.attributes.enabled'),
      p('secretProperties.attributes.enabled'),
      p('certificateProperties.attributes.enabled'),
    ),
    boolean('The object is enabled'),
  ],
  'microsoft.key_vault.expires': [
    first(
      p('keyProperties.attributes.exp'),
      p('secretProperties.attributes.exp'),
      p('certificateProperties.attributes.exp'),
    ),
    keyword('End of validity of the object, as the vault writes it'),
  ],
  'microsoft.key_vault.certificate.subject': [
    p('certificateProperties.subject'),
    keyword('Subject of the certificate'),
  ],
  'microsoft.key_vault.certificate.thumbprint': [
    first(p('certificateProperties.sha1'), p('certificateProperties.x5t')),
    keyword('SHA-1 of the certificate'),
  ],
  'microsoft.key_vault.certificate.issuer': [
    first(p('certificateIssuerProperties.id'), p('certificatePolicyProperties.certificateIssuerProperties.name')),
    keyword('Issuer of the certificate'),
  ],
  'microsoft.key_vault.vault.sku': [p('vaultProperties.sku.name'), keyword('SKU of the vault')],
  'microsoft.key_vault.vault.tenant_id': [p('vaultProperties.tenantId'), keyword('Tenant of the vault')],
  'microsoft.key_vault.vault.access_policies': [
    p('vaultProperties.accessPolicies[]'),
    objects('Access policies of the vault'),
  ],
  'microsoft.key_vault.vault.network_default': [
    p('vaultProperties.networkAcls.defaultAction'),
    keyword('What the firewall of the vault does with others'),
  ],
  'microsoft.key_vault.policy.outcome': [
    first(p('outcome'), p('complianceState')),
    keyword('Result of the evaluation by Azure Policy'),
  ],
  'microsoft.key_vault.policy.compliance_check': [p('isComplianceCheck'), boolean('Background check, not a request')],
  'microsoft.key_vault.policy.evaluations': [p('evaluationDetails~[]'), objects('Policies that were evaluated')],
  'microsoft.key_vault.managed_identity': [claim('xms_mirid'), keyword('Resource whose managed identity called')],
}

/** AZDOCS key-vault/general/logging.md; columns beyond it as AzureDiagnostics names them. */
export const logType = defineLogType({
  id: 'azure.key-vault',
  version: 1,
  title: 'Azure Key Vault audit',
  product: 'Azure Key Vault',
  shapes: {
    diagnostic: {
      title: 'Diagnostic settings: Event Hub or Storage',
      // Other services have a category AuditEvent too.
      rank: 60,
      when: {
        has: ['category', 'operationName'],
        is: ['category', 'AuditEvent', 'AzurePolicyEvaluationDetails'],
        also: ['resourceId', '*/providers/microsoft.keyvault/*'],
      },
      space: 'azure.key-vault',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // correlationId is optional and the client's own (logging.md)
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  // A refusal is low, a purge or a change of who may enter medium; the rest is everyday.
  severity: when(
    { operationName: ['*Purge', 'VaultDelete', 'VaultAccessPolicyChangedEventGridNotification', '*Backup'] },
    literal('medium'),
    when({ [p('httpStatusCode')]: ['401', '403'] }, literal('low'), literal('informational')),
  ),
  signature: {
    id: concat(
      literal('key-vault.'),
      table('operationName', Object.fromEntries(Object.keys(operationNames).map((n) => [n, n])), literal('other')),
    ),
    name: table('operationName', operationNames),
    category: table('operationName', operationTypes, literal('vault')),
    known: Object.keys(operationNames).map((name) => `key-vault.${name}`),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': table('operationName', { Authentication: 'authentication' }, literal('configuration')),
    'event.type': when(
      {
        operationName: [
          '*Get',
          '*List',
          '*ListVersions',
          '*GetDeleted',
          '*ListDeleted',
          '*Sign',
          '*Verify',
          '*crypt',
          '*rap',
          '*Backup',
          'Certificate*Get',
          'Certificate*List',
        ],
      },
      literal('access'),
      when(
        { operationName: ['*Delete', '*Purge'] },
        literal('deletion'),
        when(
          { operationName: ['*Create', '*Import', 'SecretSet'] },
          literal('creation'),
          when({ operationName: ['*Notification', 'Authentication'] }, literal('info'), literal('change')),
        ),
      ),
    ),
    'event.action': 'operationName',
    'event.outcome': outcome,
    'user.name': plainIdentity(claim(claimNames.upn, 'upn', 'unique_name', claimNames.name, 'appid')),
    ...envelopeFields,
    'user.id': claim(claimNames.objectId, 'oid'),
    'microsoft.app.id': claim('appid'),
    'url.original': p('requestUri'),
    'user_agent.original': p('clientInfo'),
    'http.response.status_code': p('httpStatusCode'),
    'tls.version': p('tlsVersion'),
    ...callerFields,
    ...exprsOf(own),
    'microsoft.key_vault.version': part(first(p('id')), '/', 5),
    'microsoft.claims': claimsObject,
    'microsoft.properties': 'properties~',
  },
  dictionary: {
    ...definitionsOf(own),
    'microsoft.key_vault.version': keyword('Version of the key, secret or certificate'),
    ...envelopeDictionary,
    ...callerDictionary,
    ...claimsDictionary,
  },
})
