import { instanceDiscovery, openidConfiguration } from './discovery.ts'
import { entraError } from './errors.ts'
import { tokenReply } from './token-endpoint.ts'
import type { Call, Handler, Reply } from '../http/call.ts'
import type { LoginContext } from './token-endpoint.ts'

/** The service at `login.microsoftonline.com`. */
export function loginHandler(context: LoginContext): Handler {
  return (call) => route(call, context) ?? { status: 404, body: '' }
}

function route(call: Call, context: LoginContext): Reply | Promise<Reply> | undefined {
  const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(call.path) ?? []
  if (rest === 'discovery/instance') return instanceDiscovery(call.base, tenant)
  if (rest === 'discovery/v2.0/keys')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"keys":[]}' }
  if (rest === 'v2.0/.well-known/openid-configuration') return configuration(call, tenant, context)
  if (rest === 'oauth2/v2.0/token' && call.method === 'POST') return tokenReply(call, tenant, context)
  return undefined
}

function configuration(call: Call, tenant: string, { directory, clock }: LoginContext): Reply {
  const isKnown = tenant === 'common' || tenant === 'organizations' || directory.find(tenant) !== undefined
  return isKnown ? openidConfiguration(call.base, tenant) : entraError(90002, `Tenant '${tenant}' not found.`, clock)
}
