import { readFile } from 'node:fs/promises'
import {
  type AuthenticationResult,
  ConfidentialClientApplication,
  LogLevel,
  ManagedIdentityApplication,
  type NodeAuthOptions,
} from '@azure/msal-node'
import type { Http } from '@siembridge/core/http'
import type { CloudHosts } from '../cloud/clouds.ts'
import type { Credential } from './credential.ts'
import { networkModule } from './network.ts'

/** Asks Entra for a token: `resource` is the origin of an API; `claims` answers a challenge and passes over the cache. */
export type AskToken = (resource: string, claims?: string) => Promise<string>

export interface MsalOptions {
  readonly tenantId: string
  readonly clientId: string
  readonly hosts: CloudHosts
  readonly credential: Credential
  readonly http: Http
}

const quiet = { loggerCallback: () => {}, logLevel: LogLevel.Error, piiLoggingEnabled: false }

/** Tells MSAL where everything is, so that it asks no other host: private and sovereign clouds, and machines that reach only one. */
const authorityMetadata = (login: string, tenantId: string): string =>
  JSON.stringify({
    issuer: `${login}/${tenantId}/v2.0`,
    authorization_endpoint: `${login}/${tenantId}/oauth2/v2.0/authorize`,
    token_endpoint: `${login}/${tenantId}/oauth2/v2.0/token`,
    jwks_uri: `${login}/${tenantId}/discovery/v2.0/keys`,
  })

function secretsOf(credential: Exclude<Credential, { kind: 'managed' }>): Partial<NodeAuthOptions> {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret }
    case 'certificate': {
      const { sha256, key, chain } = credential
      return { clientCertificate: { thumbprintSha256: sha256, privateKey: key, x5c: chain } }
    }
    case 'federated':
      return { clientAssertion: async () => (await readFile(credential.file, 'utf8')).trim() }
  }
}

const tokenOf = (result: AuthenticationResult | null): string => result?.accessToken ?? ''

/** A client of Entra. It keeps tokens in memory and renews them five minutes before they end. */
export function createMsal({ tenantId, clientId, hosts, credential, http }: MsalOptions): AskToken {
  // CP1 declares that claims challenges are answered (continuous access evaluation).
  const clientCapabilities = ['CP1']
  const failures = new Failures()
  const system = { networkClient: networkModule(http, (failure) => failures.note(failure)), loggerOptions: quiet }
  if (credential.kind === 'managed') {
    const { clientId: userAssignedClientId } = credential
    const identity = new ManagedIdentityApplication({
      clientCapabilities,
      system,
      ...(userAssignedClientId !== undefined && { managedIdentityIdParams: { userAssignedClientId } }),
    })
    return (resource, claims) =>
      failures.explain(identity.acquireToken({ resource, ...(claims !== undefined && { claims }) }))
  }
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: `${hosts.login}/${tenantId}`,
      knownAuthorities: [new URL(hosts.login).host],
      authorityMetadata: authorityMetadata(hosts.login, tenantId),
      clientCapabilities,
      ...secretsOf(credential),
    },
    system,
  })
  return (resource, claims) => {
    const scopes = [`${resource}/.default`]
    return failures.explain(
      application.acquireTokenByClientCredential({ scopes, ...(claims !== undefined && { claims }) }),
    )
  }
}

/** Keeps why the network failed, for the error in which MSAL does not say it. */
class Failures {
  #last: unknown
  note(failure: unknown): void {
    this.#last = failure
  }
  async explain(asked: Promise<AuthenticationResult | null>): Promise<string> {
    try {
      return tokenOf(await asked)
    } catch (error) {
      throw (error as { errorCode?: string }).errorCode === 'network_error' ? (this.#last ?? error) : error
    }
  }
}
