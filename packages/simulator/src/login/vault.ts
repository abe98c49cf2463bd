import { jsonReply } from '../http/call.ts'
import { bearerOf } from './tokens.ts'
import type { Call, Handler, Reply } from '../http/call.ts'
import type { LoginContext } from './token-endpoint.ts'

/** Key Vault's "Get Secret": `GET /secrets/{name}[/{version}]?api-version=7.4`. */
export function vaultHandler(context: LoginContext, loginBase: () => string): Handler {
  return (call) => {
    const grant = context.tokens.read(bearerOf(call.headers.authorization) ?? '')
    if (grant?.audience !== 'vault' || grant.expires <= Date.now()) return challenge(context, loginBase())
    const [, name = ''] = /^\/secrets\/([^/]+)/.exec(call.path) ?? []
    if (!call.query.has('api-version'))
      return refusal(400, 'BadParameter', 'The api-version query parameter is required')
    return secret(call, name, context.directory.find(grant.tenant)?.scenario.vault?.[name])
  }
}

function secret(call: Call, name: string, value: string | undefined): Reply {
  if (value === undefined)
    return refusal(404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`)
  const attributes = {
    enabled: true,
    created: 1_767_225_600,
    updated: 1_767_225_600,
    recoveryLevel: 'Recoverable+Purgeable',
  }
  return jsonReply(200, { value, id: `${call.base}/secrets/${name}/4387e9f3d6e14c459867679a90fd0f79`, attributes })
}

// Without a token the vault names the authority to ask ("Authentication, requests and responses").
function challenge({ directory }: LoginContext, loginBase: string): Reply {
  const authority = `${loginBase}/${directory.tenants[0]?.scenario.id ?? ''}`
  const reply = refusal(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.')
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'www-authenticate': `Bearer authorization="${authority}", resource="https://vault.azure.net"`,
    },
  }
}

function refusal(status: number, code: string, message: string): Reply {
  return jsonReply(status, { error: { code, message } })
}
