import { bearerOf } from '../login/tokens.ts'
import { graphError } from './errors.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Tenant } from '../login/directory.ts'
import type { Grant } from '../login/tokens.ts'
import type { CollectionKind } from './collection-kinds.ts'
import type { GraphContext } from './handle.ts'

/** Who asks: the grant of the token and its tenant. */
export interface Caller {
  readonly grant: Grant
  readonly tenant: Tenant
}

/** The caller by the bearer token, or the 401 that the request gets. */
export function authenticate(call: Call, { tokens, directory, clock }: GraphContext): Caller | Reply {
  const text = bearerOf(call.headers.authorization)
  const refuse = (message: string) => unauthorized(graphError(401, 'InvalidAuthenticationToken', message, clock))
  if (text === undefined) return refuse('Access token is empty.')
  const grant = tokens.read(text)
  const tenant = grant && directory.find(grant.tenant)
  if (!grant || !tenant) return refuse('Access token validation failure. Invalid token.')
  Object.assign(call.entry, { tenant: grant.tenant, clientId: grant.clientId })
  if (grant.audience !== 'graph') return refuse('Access token validation failure. Invalid audience.')
  if (grant.expires <= Date.now()) return refuse('Lifetime validation failed, the token is expired.')
  return { grant, tenant }
}

function unauthorized(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer realm=""' } }
}

/** The 403 of a missing permission or licence; undefined when the caller may read the collection. */
export function refuseAccess(caller: Caller, kind: CollectionKind, { clock }: GraphContext): Reply | undefined {
  if (!hasRole(caller, kind.roles)) return missingPermission(kind, clock)
  if (hasLicence(caller.tenant, kind.premium)) return undefined
  const code = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'
  return graphError(403, code, "Neither tenant is B2C or tenant doesn't have premium license", clock)
}

/** A permission counts when the token has it and consent has not been withdrawn since. */
export function hasRole({ grant, tenant }: Caller, roles: readonly string[]): boolean {
  const current = tenant.applications.get(grant.clientId)?.roles
  return roles.some((role) => grant.roles.includes(role) && current?.has(role))
}

function missingPermission(kind: CollectionKind, clock: GraphContext['clock']): Reply {
  if (kind.bucket !== 'auditLogs') return graphError(403, 'Forbidden', 'Missing application permissions.', clock)
  const message = `Calling principal does not have required MSGraph permissions ${kind.roles.join(',')}`
  return graphError(403, 'Authentication_MSGraphPermissionMissing', message, clock)
}

const ranks = { none: 0, P1: 1, P2: 2 }

function hasLicence({ scenario }: Tenant, wanted: CollectionKind['premium']): boolean {
  return ranks[scenario.premium ?? 'P2'] >= ranks[wanted]
}
