import { concat, first, float, ip, keyword, literal, lower, object, part, port, table, when } from '../../src/build.ts'
import type { Expr, Field } from '../../src/model.ts'

/** Fields of one type, each beside its definition, in order of importance. */
export type Own = Readonly<Record<string, readonly [expr: Expr, definition: Field]>>

export const exprsOf = (own: Own): Record<string, Expr> => map(own, ([expr]) => expr)
export const definitionsOf = (own: Own): Record<string, Field> => map(own, ([, definition]) => definition)

function map<T>(own: Own, pick: (entry: readonly [Expr, Field]) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(own).map(([name, entry]) => [name, pick(entry)]))
}

/**
 * Piece of an Azure resource id, which is one of
 * `/subscriptions/<id>/resourceGroups/<group>/providers/<provider>/<type>/<name>/…`,
 * `/subscriptions/<id>/providers/<provider>/<type>/<name>/…` and `/providers/<provider>/<type>/<name>/…`.
 * Azure takes ids in any case, and event hubs bring them in upper case: lower case makes them one.
 */
const piece = (id: string, afterProviders: number): Expr =>
  when(
    { [id]: '/subscriptions/*/resourcegroups/*/providers/*' },
    lower(part(id, '/', 6 + afterProviders)),
    when(
      { [id]: ['/subscriptions/*/providers/*', '/tenants/*/providers/*'] },
      lower(part(id, '/', 4 + afterProviders)),
      when({ [id]: '/providers/*' }, lower(part(id, '/', 2 + afterProviders))),
    ),
  )

export const providerOf = (id: string): Expr => piece(id, 0)
export const typeOf = (id: string): Expr => concat(piece(id, 0), literal('/'), piece(id, 1))
/** Name of the top-level resource: the storage account, not its `blobServices/default`. */
export const nameOf = (id: string): Expr => piece(id, 2)
export const groupOf = (id: string): Expr =>
  when({ [id]: '/subscriptions/*/resourcegroups/*' }, lower(part(id, '/', 4)))
export const subscriptionOf = (id: string): Expr => when({ [id]: '/subscriptions/*' }, lower(part(id, '/', 2)))

/** What the id of the resource tells. */
export const resourceFields = (id: string): Record<string, Expr> => ({
  'microsoft.resource.name': nameOf(id),
  'microsoft.resource.type': typeOf(id),
  'microsoft.resource.group': groupOf(id),
  'cloud.account.id': subscriptionOf(id),
  'microsoft.resource.provider': providerOf(id),
  'microsoft.resource.id': id,
})

/** Selector into `properties`, which may be an object or the JSON of one. */
export const p = (path: string): string => `properties~.${path}`

/** Milliseconds to nanoseconds by appending zeros; a fraction is no whole number then, and stays in `duration_ms`. */
export const nanoseconds = (ms: Expr): Expr => concat(ms, literal('000000'))

/** Claims of the token, under the names that Azure gives them; Key Vault says `claim` (AZDOCS key-vault logging). */
const claimsAt = 'identity~.claims|claim'
export const claimNames = {
  upn: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
  objectId: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
  tenantId: 'http://schemas.microsoft.com/identity/claims/tenantid',
} as const
export const claim = (...names: readonly string[]): Expr => first(...names.map((name) => `${claimsAt}."${name}"`))

/**
 * `identity` where it is a plain string and no object (resource-logs-schema.md: "a JSON blob", but strings come too).
 */
export const plainIdentity = (otherwise: Expr): Expr => when({ identity: '{*' }, otherwise, 'identity')

export const tenantOfLog: Expr = first(
  'tenantId',
  when({ resourceId: '/tenants/*' }, part('resourceId', '/', 2)),
  claim(claimNames.tenantId, 'tid'),
)

/** `time`, `timeStamp` and `timestamp` are all in use. */
export const timeOfLog: Expr = first('time|timeStamp', 'properties~.time|timestamp|eventTime')

/** Critical is critical, an error medium, a warning low; words as Azure spells them, and the numbers of ETW. */
export const levelSeverity = (level: Expr): Expr =>
  table(
    level,
    {
      Critical: 'critical',
      Error: 'medium',
      Warning: 'low',
      Informational: 'informational',
      1: 'critical',
      2: 'medium',
      3: 'low',
    },
    literal('informational'),
  )

export const severityOfLog: Expr = first(levelSeverity('level'), literal('informational'))

/** HTTP status at `selector`: 4xx, 5xx and 0 (no answer came) are failures. */
export const httpOutcome = (selector: string, otherwise: Expr = literal('unknown')): Expr =>
  when(
    { [selector]: ['4*', '5*', '0'] },
    literal('failure'),
    when({ [selector]: ['1*', '2*', '3*'] }, literal('success'), otherwise),
  )

/** Top level of every resource log (AZDOCS resource-logs-schema.md), whatever its category. */
export const envelopeFields: Readonly<Record<string, Expr>> = {
  'microsoft.operation': first('operationName.value', 'operationName'),
  'microsoft.category': 'category',
  'microsoft.result': 'resultType',
  'microsoft.result_signature': 'resultSignature',
  'event.reason': 'resultDescription',
  ...resourceFields('resourceId'),
  'microsoft.correlation_id': 'correlationId',
  'organization.id': tenantOfLog,
  'cloud.provider': literal('azure'),
  'cloud.region': 'location',
  'log.level': 'level',
  'event.duration': nanoseconds('durationMs'),
  'microsoft.duration_ms': 'durationMs',
  'microsoft.operation_version': 'operationVersion',
}

/** Caller in the envelope: an address, `address:port`, or a network (`127.0.0.0/8`). */
export const callerFields: Readonly<Record<string, Expr>> = {
  'source.ip': ip('callerIpAddress'),
  'source.port': when({ callerIpAddress: '*:*' }, port('callerIpAddress')),
  'microsoft.caller_address': 'callerIpAddress',
}

/** Definitions that several Azure types share: one wording, so that the checker sees one field. */
export const envelopeDictionary: Readonly<Record<string, Field>> = {
  'microsoft.duration_ms': float('Duration in milliseconds, as the source writes it'),
}
export const callerDictionary: Readonly<Record<string, Field>> = {
  'microsoft.caller_address': keyword('Caller as the source writes it: address, address:port or network'),
}
export const claimsDictionary: Readonly<Record<string, Field>> = {
  'microsoft.claims': object('Claims of the token of the caller'),
}
export const claimsObject: Expr = claimsAt
