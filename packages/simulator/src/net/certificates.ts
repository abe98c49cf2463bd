// The certificate library needs it to be there first.
// oxlint-disable-next-line import/no-unassigned-import
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate and its unencrypted PKCS #8 key, both PEM. */
export interface KeyPair {
  readonly certificate: string
  readonly privateKey: string
}

/** An authority of this run alone: nothing else trusts it, and its key never leaves the process. */
export interface Authority {
  readonly certificate: string
  issue(options: IssueOptions): Promise<KeyPair>
}

/** `names` are DNS names and addresses; `days` may be negative for a certificate that has expired. */
export interface IssueOptions {
  readonly subject: string
  readonly names?: readonly string[]
  readonly usage: 'server' | 'client'
  readonly days?: number
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const usages = { server: x509.ExtendedKeyUsage.serverAuth, client: x509.ExtendedKeyUsage.clientAuth }
const dayMs = 86_400_000

/** Makes a new authority and its self-signed certificate. */
export async function createAuthority(subject = 'CN=SIEMbridge simulator CA'): Promise<Authority> {
  const keys = await newKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...lifetime(30),
    serialNumber: serial(),
    name: subject,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: root.toString('pem'), issue: (options) => issue(root, keys.privateKey, options) }
}

async function issue(
  root: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
  options: IssueOptions,
): Promise<KeyPair> {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    ...lifetime(options.days ?? 30),
    serialNumber: serial(),
    subject: options.subject,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usages[options.usage]]),
      new x509.SubjectAlternativeNameExtension((options.names ?? []).map(generalName)),
      await x509.AuthorityKeyIdentifierExtension.create(root),
    ],
  })
  return { certificate: certificate.toString('pem'), privateKey: await privatePem(keys.privateKey) }
}

function lifetime(days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const end = Date.now() + days * dayMs
  return { notBefore: new Date(Math.min(Date.now(), end) - dayMs), notAfter: new Date(end) }
}

function generalName(value: string): x509.JsonGeneralName {
  return { type: /^[0-9.]+$|:/.test(value) ? 'ip' : 'dns', value }
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

// Positive, as RFC 5280 section 4.1.2.2 asks: the first digit keeps the top bit clear.
function serial(): string {
  return `1${Buffer.from(webcrypto.getRandomValues(new Uint8Array(9))).toString('hex')}0`.slice(0, 18)
}

/** The key as unencrypted PKCS #8. */
export async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
}
