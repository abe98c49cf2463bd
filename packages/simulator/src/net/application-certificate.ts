// The certificate library needs it to be there first.
// oxlint-disable-next-line import/no-unassigned-import
import 'reflect-metadata'
import { webcrypto, X509Certificate } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { privatePem } from './certificates.ts'
import type { KeyPair } from './certificates.ts'

/** A key pair to sign client assertions with; the thumbprint is SHA-256 in hexadecimal. */
export interface ApplicationCertificate extends KeyPair {
  readonly thumbprintSha256: string
}

// Client assertions are signed with RSA keys only ("Certificate credentials").
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
}

/** Makes a self-signed certificate like one that is uploaded to an application's registration. */
export async function createApplicationCertificate(name = 'CN=collector'): Promise<ApplicationCertificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned({ keys, name, signingAlgorithm: algorithm })
  const certificate = made.toString('pem')
  const thumbprintSha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '')
  return { certificate, privateKey: await privatePem(keys.privateKey), thumbprintSha256 }
}
