import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import type { Secrets } from '@siembridge/core'
import { SiembridgeError } from '@siembridge/core'
import type { TenantOptions } from '../options.ts'

/** What the bridge proves itself with, as it is read at the moment. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'certificate'
      readonly chain: string
      readonly key: string
      readonly sha256: string
      readonly endsMs: number
    }
  | { readonly kind: 'federated'; readonly file: string }
  | { readonly kind: 'managed'; readonly clientId?: string }

/** References that a credential is read by. */
export const referencesOf = ({ client_secret, certificate }: TenantOptions): string[] =>
  [client_secret, certificate?.certificate, certificate?.key].filter((reference) => reference !== undefined)

export async function readCredential(name: string, options: TenantOptions, secrets: Secrets): Promise<Credential> {
  const { client_secret, certificate, federated_token_file, managed_identity } = options
  if (client_secret !== undefined) return { kind: 'secret', secret: await secrets.read(client_secret) }
  if (certificate) {
    const chain = await secrets.read(certificate.certificate)
    return readCertificate(name, chain, certificate.key === undefined ? chain : await secrets.read(certificate.key))
  }
  if (federated_token_file !== undefined) return { kind: 'federated', file: federated_token_file }
  const clientId = managed_identity?.client_id
  return { kind: 'managed', ...(clientId !== undefined && { clientId }) }
}

function readCertificate(name: string, chain: string, key: string): Credential {
  try {
    const { fingerprint256, validTo } = new X509Certificate(chain)
    return {
      kind: 'certificate',
      chain: chain.replaceAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----\s*/g, ''),
      // One form for whatever PEM it was: PKCS #1, SEC 1 or PKCS #8.
      key: createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }) as string,
      sha256: fingerprint256.replaceAll(':', ''),
      endsMs: Date.parse(validTo),
    }
  } catch (error) {
    throw new SiembridgeError('CertificateUnreadable', `tenant ${name}`, (error as NodeJS.ErrnoException).code)
  }
}

/** Changes whenever what the credential is made of changes. */
export const digestOf = (credential: Credential): string =>
  createHash('sha256').update(JSON.stringify(credential)).digest('base64')
