import { constants, createHash, createPublicKey, verify, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Application } from './directory.ts'

interface Assertion {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: Buffer
  readonly signature: Buffer
}

/** Why an assertion is refused: the AADSTS code and its text. */
export interface Refusal {
  readonly code: number
  readonly message: string
}

/** Judges a client assertion, signed by a registered certificate or by a federated issuer; undefined when good. */
export function refuseAssertion(
  text: string,
  application: Application,
  audience: string,
  now: number,
): Refusal | undefined {
  const assertion = readAssertion(text)
  if (!assertion) return { code: 50027, message: 'JWT token is invalid or malformed.' }
  const { claims } = assertion
  if (Number(claims.exp) * 1000 <= now) {
    return { code: 700024, message: 'Client assertion is not within its valid time range.' }
  }
  if (claims.iss !== application.clientId) return refuseFederated(assertion, application)
  if (claims.sub !== application.clientId || !isFor(claims.aud, audience)) {
    return { code: 50013, message: 'Assertion failed audience or subject validation.' }
  }
  return isSignedByCertificate(assertion, application)
    ? undefined
    : {
        code: 700027,
        message: 'The certificate with identifier used to sign the client assertion is not registered on application.',
      }
}

// The public endpoint is a good audience, too: a client may have it from other metadata than ours.
function isFor(audience: unknown, endpoint: string): boolean {
  return audience === endpoint || /^https:\/\/[^/]+\/[^/]+\/(?:oauth2\/)?v2\.0(?:\/token)?$/.test(String(audience))
}

function readAssertion(text: string): Assertion | undefined {
  const [header = '', claims = '', signature = ''] = text.split('.')
  try {
    return {
      header: JSON.parse(Buffer.from(header, 'base64url').toString()) as Assertion['header'],
      claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Assertion['claims'],
      signed: Buffer.from(`${header}.${claims}`),
      signature: Buffer.from(signature, 'base64url'),
    }
  } catch {
    return undefined
  }
}

/** `x5t#S256` or `x5t` names the certificate; PS256 or RS256 signs ("Certificate credentials"). */
function isSignedByCertificate(assertion: Assertion, { certificates }: Application): boolean {
  const { header } = assertion
  return certificates.some((pem) => {
    const { raw, publicKey } = new X509Certificate(pem)
    const isNamed = header['x5t#S256'] === thumbprint('sha256', raw) || header.x5t === thumbprint('sha1', raw)
    return isNamed && isSigned(assertion, publicKey)
  })
}

function thumbprint(algorithm: string, raw: Buffer): string {
  return createHash(algorithm).update(raw).digest('base64url')
}

function isSigned({ header, signed, signature }: Assertion, key: KeyObject): boolean {
  if (header.alg === 'RS256') return verify('sha256', signed, key, signature)
  if (header.alg !== 'PS256') return false
  return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature)
}

function refuseFederated(assertion: Assertion, { federated }: Application): Refusal | undefined {
  const { iss, sub, aud } = assertion.claims
  const found = federated.find(
    ({ issuer, subject, audience = 'api://AzureADTokenExchange' }) =>
      issuer === iss && subject === sub && audience === aud,
  )
  if (!found) return { code: 700213, message: 'No matching federated identity record found for presented assertion.' }
  if (isSigned(assertion, createPublicKey(found.publicKey))) return undefined
  return { code: 50013, message: 'Assertion failed signature validation.' }
}
