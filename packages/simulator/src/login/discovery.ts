import { jsonReply } from '../http/call.ts'
import type { Reply } from '../http/call.ts'

/** `/{tenant}/v2.0/.well-known/openid-configuration`, with the members that clients of the token endpoint read. */
export function openidConfiguration(base: string, tenant: string): Reply {
  const authority = `${base}/${tenant}`
  return jsonReply(200, {
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: 'graph.microsoft.com',
  })
}

/** `/common/discovery/instance`: which hosts are one cloud. */
export function instanceDiscovery(base: string, tenant: string): Reply {
  const { host } = new URL(base)
  return jsonReply(200, {
    tenant_discovery_endpoint: `${base}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  })
}
