import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Sessions } from '../rest/management.ts'
import { type SplunkUser, userBy } from '../rest/users.ts'

/** Who has a page open: by the cookies that Splunk Web sets, which name its port. */
export interface WebSession {
  readonly user: SplunkUser
  /** What `X-Splunk-Form-Key` has to be. */
  readonly formKey: string
}

export const cookiesOf = ({ cookie = '' }: IncomingHttpHeaders): ReadonlyMap<string, string> =>
  new Map(
    cookie.split(/;\s*/).flatMap((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at), decodeURIComponent(part.slice(at + 1))] as const]
    }),
  )

/** The session of a request; a browser by its cookies, a script by Basic or a session key. */
export function sessionOf(headers: IncomingHttpHeaders, port: number, sessions: Sessions): WebSession | undefined {
  const cookies = cookiesOf(headers)
  const user = sessions.user(cookies.get(`splunkd_${port}`) ?? '')
  return user && { user, formKey: cookies.get(`splunkweb_csrf_token_${port}`) ?? '' }
}

/** Cookies of somebody who signed in; undefined for a wrong password. Scripts read the form key, and only that. */
export function signIn(form: URLSearchParams, port: number, sessions: Sessions): readonly string[] | undefined {
  const user = userBy(form.get('username'), form.get('password'))
  if (!user) return undefined
  const formKey = String(randomBytes(8).readBigUInt64BE())
  return [
    `splunkd_${port}=${sessions.create(user)}; Path=/; HttpOnly; SameSite=Lax`,
    `splunkweb_csrf_token_${port}=${formKey}; Path=/; SameSite=Lax`,
  ]
}
