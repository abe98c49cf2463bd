import { jsonReply } from '../http/call.ts'
import { audienceOf } from './audience.ts'
import { issueToken } from './token-endpoint.ts'
import type { Call, Handler, Reply } from '../http/call.ts'
import type { LoginContext } from './token-endpoint.ts'

/** The metadata endpoint of a virtual machine ("How to use managed identities to acquire an access token"). */
export function metadataHandler(context: LoginContext): Handler {
  return (call) => {
    // MSAL ends the path with a slash.
    if (!/^\/metadata\/identity\/oauth2\/token\/?$/.test(call.path)) return { status: 404, body: '' }
    if (call.headers.metadata !== 'true') return refusal('Required metadata header not specified')
    return answer(call, context)
  }
}

function answer(call: Call, context: LoginContext): Reply {
  const resource = call.query.get('resource') ?? ''
  const audience = audienceOf(resource, context.ports)
  const found = find(call.query.get('client_id'), context)
  if (!audience) return refusal(`The resource ${resource} is not supported`)
  if (!found) return refusal('Identity not found')
  const seconds = context.options.tokenSeconds ?? 3599
  const now = Math.floor(Date.now() / 1000)
  return jsonReply(200, {
    access_token: issueToken(audience, found.tenant, found.application, context),
    client_id: found.application.clientId,
    expires_in: String(seconds),
    expires_on: String(now + seconds),
    ext_expires_in: String(seconds),
    not_before: String(now),
    resource,
    token_type: 'Bearer',
  })
}

function find(clientId: string | null, { directory }: LoginContext) {
  for (const tenant of directory.tenants) {
    for (const application of tenant.applications.values()) {
      if (application.managedIdentity && (clientId ?? application.clientId) === application.clientId)
        return { tenant, application }
    }
  }
  return undefined
}

function refusal(description: string): Reply {
  return jsonReply(400, { error: 'invalid_request', error_description: description })
}
