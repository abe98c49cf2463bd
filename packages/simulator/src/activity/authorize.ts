import { bearerOf } from '../login/tokens.ts'
import { jsonReply } from '../http/call.ts'
import { activityError } from './errors.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Tenant } from '../login/directory.ts'
import type { Grant } from '../login/tokens.ts'
import type { ActivityCall, ActivityContext } from './context.ts'

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The caller and tenant of a request for `tenantId`, or the refusal. */
export function authorize(call: Call, tenantId: string, context: ActivityContext): ActivityCall | Reply {
  const grant = context.tokens.read(bearerOf(call.headers.authorization) ?? '')
  if (grant?.audience !== 'manage' || grant.expires <= Date.now()) return unauthorized()
  Object.assign(call.entry, { tenant: grant.tenant, clientId: grant.clientId })
  if (!guid.test(tenantId))
    return activityError('AF20013', `The tenant ID passed in the URL (${tenantId}) is not a valid GUID.`)
  if (tenantId.toLowerCase() !== grant.tenant.toLowerCase()) {
    return activityError(
      'AF20010',
      `The tenant ID passed in the URL (${tenantId}) does not match the tenant ID passed in the access token (${grant.tenant}).`,
    )
  }
  const tenant = context.directory.find(tenantId)
  if (!tenant)
    return activityError(
      'AF20011',
      `Specified tenant ID (${tenantId}) does not exist in the system or has been deleted.`,
    )
  return refuse(grant, tenant) ?? { call, tenant, grant }
}

function unauthorized(): Reply {
  const error = { code: 'AADSTS', message: 'Authorization has been denied for this request.' }
  return jsonReply(401, { error }, { 'www-authenticate': 'Bearer error="invalid_token"' })
}

function refuse(grant: Grant, { scenario, applications }: Tenant): Reply | undefined {
  const current = applications.get(grant.clientId)?.roles
  if (!grant.roles.includes('ActivityFeed.Read') || !current?.has('ActivityFeed.Read')) {
    return activityError(
      'AF10001',
      'The permission set () sent in the request does not include the expected permission ActivityFeed.Read.',
    )
  }
  if (scenario.auditing ?? true) return undefined
  // Auditing is off: the words are about the tenant, and there is no AF code.
  const message = `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${scenario.id} does not exist.`
  return jsonReply(400, { error: { code: 'StartSubscription [CorrId=00000000]', message } })
}
