import type { Tokens } from '../identity/tokens.ts'
import type { Answer, Layer } from './send.ts'

/** Claims that a 401 asks for (continuous access evaluation), decoded; undefined where it asks for none. */
export function claimsOf(header: string | undefined): string | undefined {
  if (header === undefined || !/insufficient_claims/.test(header)) return undefined
  const encoded = /claims="([^"]+)"/.exec(header)?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString()
}

/** Permissions stand in the token. `AF429` comes with status 403 too, and no other token would change it. */
const forbidden = ({ status, body }: Answer): boolean => status === 403 && !body.includes('AF429')

/**
 * Adds the token. A 401 is answered once, with a new token that meets its claims; a second one is given back. After a 403 the next request
 * is made with a new token: a permission that was granted meanwhile is in new tokens only.
 */
export function authorized(tokens: Tokens, resource: string): Layer {
  let stale = false
  return (next) => async (ask) => {
    const send = async (token: string): Promise<Answer> => {
      const answer = await next({ ...ask, headers: { ...ask.headers, authorization: `Bearer ${token}` } })
      stale = forbidden(answer)
      return answer
    }
    const answer = await send(await tokens.token(resource, stale ? { rejected: true } : {}))
    if (answer.status !== 401) return answer
    const claims = claimsOf(answer.headers['www-authenticate'])
    return send(await tokens.token(resource, claims === undefined ? { rejected: true } : { claims }))
  }
}
