import type { Clock, Secrets } from '@siembridge/core'
import type { Http } from '@siembridge/core/http'
import type { CloudHosts } from '../cloud/clouds.ts'
import type { TenantOptions } from '../options.ts'
import { signInError } from './aadsts.ts'
import { type Credential, digestOf, readCredential, referencesOf } from './credential.ts'
import { type AskToken, createMsal } from './msal.ts'

export interface Tokens {
  /**
   * A token for an API, named by its origin. `claims` answers a challenge (decoded); `rejected`: the API did not take the last one.
   * Rejects with a row of the error table.
   */
  token(resource: string, again?: { readonly claims?: string; readonly rejected?: boolean }): Promise<string>
  /** The credential as it is now: for looking when it ends. */
  credential(): Promise<Credential>
}

export interface TokensOptions {
  readonly name: string
  readonly options: TenantOptions
  readonly hosts: CloudHosts
  readonly http: Http
  readonly secrets: Secrets
  readonly clock: Clock
}

/** How long a credential counts as unchanged without being read again, in milliseconds. */
const rereadMs = 60_000

/** Tokens of one application in one tenant. A changed secret or certificate counts within a minute, and at once after a rejection. */
export function createTokens({ name, options, hosts, http, secrets, clock }: TokensOptions): Tokens {
  const { tenant_id: tenantId, client_id: clientId = '' } = options
  let current: { ask: AskToken; digest: string; readAtMs: number } | undefined
  const underWay = new Map<string, Promise<string>>()

  const client = async (fresh: boolean): Promise<AskToken> => {
    if (current && !fresh && clock.elapsed() - current.readAtMs < rereadMs) return current.ask
    const credential = await readCredential(name, options, secrets)
    const digest = digestOf(credential)
    const ask =
      current?.digest === digest && !fresh ? current.ask : createMsal({ tenantId, clientId, hosts, credential, http })
    current = { ask, digest, readAtMs: clock.elapsed() }
    return ask
  }

  const ask = async (resource: string, claims: string | undefined, rejected: boolean): Promise<string> => {
    try {
      return await (
        await client(rejected)
      )(resource, claims)
    } catch (error) {
      // The next attempt reads the credential anew: it may have been the wrong one.
      for (const reference of referencesOf(options)) secrets.forget?.(reference)
      if (current) current.readAtMs = -Infinity
      throw signInError(name, error)
    }
  }

  return {
    credential: () => readCredential(name, options, secrets),
    // MSAL makes one request for each call that finds no token; here all who wait for the same token share one.
    token: (resource, { claims, rejected = false } = {}) => {
      const key = JSON.stringify([resource, claims, rejected])
      const known = underWay.get(key)
      if (known) return known
      const asked = ask(resource, claims, rejected).finally(() => underWay.delete(key))
      underWay.set(key, asked)
      return asked
    },
  }
}
