import { defaultHecToken } from './hec-spec.ts'
import type { HecSpec, HecToken } from './hec-spec.ts'
import type { Posted } from './http-receiver.ts'

/** The token that a request shows, or the code of the refusal. */
export function authorizeHec({ headers, url }: Posted, { tokens = [defaultHecToken] }: HecSpec): HecToken | number {
  const inQuery = url.searchParams.get('token')
  const shown = inQuery ?? headerToken(headers.authorization)
  if (typeof shown === 'number') return shown
  const token = tokens.find((each) => each.token.toLowerCase() === shown.toLowerCase())
  if (inQuery !== null && token?.queryString !== true) return 16
  if (!token) return 4
  return token.disabled ? 1 : token
}

// `Splunk TOKEN`, or Basic with any user and the token as password.
function headerToken(authorization: string | undefined): string | number {
  if (authorization === undefined || authorization === '') return 2
  const [, scheme = '', value = ''] = /^(Splunk|Basic) (.+)$/i.exec(authorization) ?? []
  if (scheme.toLowerCase() === 'splunk') return value
  if (scheme.toLowerCase() !== 'basic') return 3
  return Buffer.from(value, 'base64').toString().split(':')[1] ?? 3
}
