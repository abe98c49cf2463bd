import { SiembridgeError } from '@siembridge/core'
import type { Http } from '@siembridge/core/http'
import type { ReadVault } from '@siembridge/core/secrets'
import type { CloudHosts } from '../cloud/clouds.ts'
import type { Tokens } from './tokens.ts'

/** api-version of the secrets API (learn.microsoft.com/rest/api/keyvault/secrets/get-secret). */
const apiVersion = '7.4'

export interface KeyVaultOptions {
  readonly tokens: Tokens
  readonly hosts: CloudHosts
  readonly http: Http
}

/** Reads secrets of key vaults. A token goes to no other host than the cloud's vaults. */
export function createKeyVault({ tokens, hosts: { keyVault }, http }: KeyVaultOptions): ReadVault {
  return async (url) => {
    const { origin, host, protocol, pathname } = URL.parse(url) ?? { origin: '', host: '', protocol: '', pathname: '' }
    const known =
      keyVault !== undefined &&
      (host === keyVault.suffix || (keyVault.suffix.startsWith('.') && host.endsWith(keyVault.suffix)))
    if (!known || protocol !== 'https:') throw new SiembridgeError('VaultForeign', url)
    const ask = async (rejected: boolean) =>
      http.request({
        method: 'GET',
        url: `${origin}${pathname}?api-version=${apiVersion}`,
        headers: { authorization: `Bearer ${await tokens.token(keyVault.resource, { rejected })}` },
        deadlineMs: 30_000,
        maxBytes: 1 << 20,
      })
    const first = await ask(false)
    const answer = first.status === 401 ? await ask(true) : first
    if (answer.status !== 200) throw new SiembridgeError('SecretMissing', `keyvault:${url}`, `status ${answer.status}`)
    return valueOf(answer.body, url)
  }
}

function valueOf(body: Buffer, url: string): string {
  try {
    const { value } = JSON.parse(body.toString()) as { value?: unknown }
    if (typeof value === 'string' && value !== '') return value
  } catch {
    // Falls through: the parser's message would repeat what was read.
  }
  throw new SiembridgeError('SecretMissing', `keyvault:${url}`, 'the answer holds no value')
}
