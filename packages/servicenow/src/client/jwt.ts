import { randomUUID, sign } from 'node:crypto'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Seconds for which an assertion is good: it is used at once. */
const lifeSeconds = 300

/**
 * An assertion (RFC 7523) signed with the private key: each with an id of its own, because ServiceNow takes none twice. RS* and ES*,
 * the latter in the form of RFC 7518 section 3.4. Throws where the key is no PEM of that kind.
 */
export function signAssertion(
  claims: { readonly issuer: string; readonly audience: string; readonly subject: string },
  { key, keyId, algorithm }: { readonly key: string; readonly keyId: string; readonly algorithm: string },
  nowMs: number,
): string {
  const now = Math.floor(nowMs / 1000)
  const head = part({ alg: algorithm, typ: 'JWT', kid: keyId })
  const { issuer: iss, audience: aud, subject: sub } = claims
  const body = part({ iss, aud, sub, iat: now, exp: now + lifeSeconds, jti: randomUUID() })
  const digest = `sha${algorithm.slice(2)}`
  const dsaEncoding = algorithm.startsWith('ES') ? ({ dsaEncoding: 'ieee-p1363' } as const) : {}
  const signature = sign(digest, Buffer.from(`${head}.${body}`), { key, ...dsaEncoding })
  return `${head}.${body}.${signature.toString('base64url')}`
}
