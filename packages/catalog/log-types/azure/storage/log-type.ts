import {
  all,
  concat,
  defineLogType,
  first,
  float,
  keyword,
  keywords,
  literal,
  long,
  lower,
  objects,
  part,
  strip,
  table,
  text,
  when,
} from '../../../src/build.ts'
import {
  callerDictionary,
  callerFields,
  definitionsOf,
  envelopeDictionary,
  envelopeFields,
  exprsOf,
  httpOutcome,
  nameOf,
  type Own,
  p,
  plainIdentity,
  severityOfLog,
  tenantOfLog,
  timeOfLog,
} from '../envelope.ts'

/** The operation tells better than the category: deleting a blob comes as StorageWrite or StorageDelete. */
const kindOfCall = first(
  when(
    { operationName: ['Delete*', 'Clear*'] },
    literal('delete'),
    when(
      { operationName: ['Get*', 'List*', 'Read*', 'Peek*', 'Query*', 'Find*', 'Preflight*', 'BlobPreflight*'] },
      literal('read'),
      table('category', { StorageRead: 'read', StorageWrite: 'write', StorageDelete: 'delete' }),
    ),
  ),
  literal('write'),
)

const good = {
  Success: 'success',
  AnonymousSuccess: 'success',
  SASSuccess: 'success',
  OAuthSuccess: 'success',
  '0x0': 'success',
  STATUS_SUCCESS: 'success',
}
const byText = first(table(first('statusText', p('metricResponseType')), good, literal('failure')), literal('unknown'))

/**
 * HTTP status first, then the text; SMB writes NT status words instead of a status (monitor-blob-storage-
 * reference.md).
 */
const outcome = httpOutcome('statusCode', byText)

const hostOfUri = part(strip('uri', 'https://'), '/', 0)
/** Records of a few API versions come without resourceId: the host of the URI names the account and the service. */
const accountName = first(p('accountName'), part(hostOfUri, '.', 0), nameOf('resourceId'))

const own: Own = {
  'microsoft.storage.account': [accountName, keyword('Storage account')],
  'microsoft.storage.service': [
    first(p('serviceType'), part(hostOfUri, '.', 1)),
    keyword('blob, file, queue, table or dfs'),
  ],
  'microsoft.storage.object': [p('objectKey'), keyword('Object, as account, container and path')],
  'microsoft.storage.container': [
    strip(part(p('objectKey'), '/', 2), '"', '"'),
    keyword('Container, share, queue or table'),
  ],
  'microsoft.storage.authentication': ['identity.type', keyword('OAuth, Kerberos, SAS Key, Account Key or Anonymous')],
  'microsoft.storage.token_hash': [
    'identity.tokenHash',
    keyword('Hash of the token or key, with the number of the key'),
  ],
  'microsoft.storage.delegated_by': [
    'identity.delegatedResource.resourceId',
    keyword('Resource that called on behalf of another'),
  ],
  'microsoft.storage.requester.audience': ['identity.requester.audience', keyword('Audience of the token')],
  'microsoft.storage.requester.issuer': ['identity.requester.tokenIssuer', keyword('Issuer of the token')],
  'microsoft.storage.authorization.action': ['identity.authorization[].action', keywords('Actions that were checked')],
  'microsoft.storage.authorization.result': ['identity.authorization[].result', keywords('Granted or Denied')],
  'microsoft.storage.authorization.reason': [
    'identity.authorization[].reason',
    keywords('Why it was granted or denied'),
  ],
  'microsoft.storage.authorization.type': ['identity.authorization[].type', keywords('RBAC, ABAC, ACL…')],
  'microsoft.storage.authorization.role_assignment_id': [
    'identity.authorization[].roleAssignmentId',
    keywords('Role assignments that decided'),
  ],
  'microsoft.storage.authorization.role_definition_id': [
    'identity.authorization[].roleDefinitionId',
    keywords('Role definitions that decided'),
  ],
  'microsoft.storage.authorization.deny_assignment_id': [
    'identity.authorization[].denyAssignmentId',
    keywords('Deny assignments that decided'),
  ],
  'microsoft.storage.authorization.principals': [
    'identity.authorization[].principals[]',
    objects('Principals that were checked, id and type'),
  ],
  'microsoft.storage.response_type': [p('metricResponseType'), keyword('Result as the metrics count it')],
  'microsoft.storage.status_text': ['statusText', keyword('Status of the request in words')],
  'microsoft.storage.status_code': ['statusCode', keyword('HTTP or SMB status')],
  'microsoft.storage.destination': [p('destinationUri'), keyword('Target of a copy')],
  'microsoft.storage.source': [first(p('sourceUri'), p('copySource')), keyword('Origin of a copy')],
  'microsoft.storage.access_tier': [first(p('accessTier'), p('sourceAccessTier')), keyword('Access tier')],
  'microsoft.storage.rehydrate_priority': [p('rehydratePriority'), keyword('Priority of the rehydration')],
  'microsoft.storage.server_latency_ms': [p('serverLatencyMs'), float('Time at the server, milliseconds')],
  'microsoft.storage.operation_count': [
    p('operationCount'),
    long('Number of the operation within the request, from 0'),
  ],
  'microsoft.storage.request_header_bytes': [p('requestHeaderSize'), long('Bytes of the request header')],
  'microsoft.storage.response_header_bytes': [p('responseHeaderSize'), long('Bytes of the response header')],
  'microsoft.storage.content_length': [p('contentLengthHeader'), long('Content-Length of the request')],
  'microsoft.storage.request_md5': [p('requestMd5'), keyword('MD5 that the client sent')],
  'microsoft.storage.server_md5': [p('serverMd5'), keyword('MD5 that the service computed')],
  'microsoft.storage.etag': [p('etag'), keyword('ETag')],
  'microsoft.storage.last_modified': [p('lastModifiedTime'), keyword('Last change, as the header writes it')],
  'microsoft.storage.conditions': [p('conditionsUsed'), text('Conditions of the request')],
  'microsoft.storage.schema_version': ['schemaVersion', keyword('Version of the record’s schema')],
  'microsoft.storage.smb.command': [p('smbCommandMajor'), keyword('SMB command')],
  'microsoft.storage.smb.command_minor': [p('smbCommandMinor'), keyword('Subclass of the SMB command')],
  'microsoft.storage.smb.detail': [p('smbCommandDetail'), keyword('More on the SMB request')],
  'microsoft.storage.smb.session_id': [p('smbSessionID'), keyword('SMB session')],
  'microsoft.storage.smb.tree_id': [p('smbTreeConnectID'), keyword('SMB tree connection')],
  'microsoft.storage.smb.file_id': [p('smbFileId'), keyword('SMB file')],
  'microsoft.storage.smb.message_id': [p('smbMessageID'), keyword('SMB message')],
  'microsoft.storage.smb.persistent_handle': [
    p('smbPersistentHandleID'),
    keyword('SMB handle that outlives the connection'),
  ],
  'microsoft.storage.smb.volatile_handle': [p('smbVolatileHandleID'), keyword('SMB handle of the connection')],
  'microsoft.storage.smb.credits': [p('smbCreditsConsumed'), keyword('SMB credits used')],
}

/** AZDOCS monitor-blob-storage-reference.md, includes azure-storage-logs-properties-*. */
export const logType = defineLogType({
  id: 'azure.storage',
  version: 1,
  title: 'Azure Storage requests',
  product: 'Azure Storage',
  shapes: {
    diagnostic: {
      title: 'Diagnostic settings: Event Hub or Storage',
      rank: 60,
      when: { has: ['category', 'operationName'], is: ['category', 'StorageRead', 'StorageWrite', 'StorageDelete'] },
      space: 'azure.storage',
      key: [],
      tenant: tenantOfLog,
    },
    'no-category': {
      title: 'Records without a category: known by their resource',
      rank: 65,
      when: {
        has: ['resourceId', 'operationName', 'time|timeStamp'],
        lacks: ['category|eventTimestamp'],
        is: ['resourceId', '*/providers/microsoft.storage/storageaccounts/*'],
      },
      space: 'azure.storage',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // correlationId is one per request, and a request may log several operations (operationCount)
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  severity: when({ statusCode: ['401', '403'] }, literal('low'), severityOfLog),
  signature: {
    id: concat(literal('storage.'), kindOfCall, literal('.'), outcome),
    name: concat(
      table(kindOfCall, { read: 'Storage read', write: 'Storage write', delete: 'Storage delete' }),
      first(table(outcome, { success: '', failure: ' failed', unknown: '' }), literal('')),
    ),
    category: literal('storage'),
    known: ['read', 'write', 'delete'].flatMap((k) =>
      ['success', 'failure', 'unknown'].map((o) => `storage.${k}.${o}`),
    ),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': table(p('serviceType'), { table: 'database', queue: 'api' }, literal('file')),
    'event.type': table(kindOfCall, { read: 'access', write: 'change', delete: 'deletion' }),
    'event.action': 'operationName',
    'event.outcome': outcome,
    'user.name': first(
      'identity.requester.upn',
      'identity.requester.userName',
      plainIdentity('identity.requester.upn'),
    ),
    ...callerFields,
    'file.path': strip(p('objectKey'), '"', '"'),
    'url.original': first('uri', p('requestUrl')),
    ...envelopeFields,
    'microsoft.resource.name': accountName,
    'event.reason': first('resultDescription', 'statusText'),
    'user.id': first('identity.requester.objectId', 'identity.authorization[].principals[].id'),
    'user_agent.original': p('userAgentHeader'),
    'microsoft.app.id': 'identity.requester.appId',
    'microsoft.home_tenant_id': 'identity.requester.tenantId',
    'http.response.status_code': 'statusCode',
    'http.request.referrer': p('referrerHeader'),
    'http.request.id': p('clientRequestId'),
    'http.request.bytes': p('requestBodySize'),
    'http.response.bytes': p('responseBodySize'),
    'network.protocol': lower('protocol'),
    'tls.version': strip(p('tlsVersion'), 'TLS '),
    ...exprsOf(own),
    'microsoft.storage.principal_ids': all('identity.authorization[].principals[].id'),
    'microsoft.properties': 'properties~',
  },
  dictionary: {
    ...definitionsOf(own),
    'microsoft.storage.principal_ids': keywords('Principals that were checked'),
    ...envelopeDictionary,
    ...callerDictionary,
  },
})
