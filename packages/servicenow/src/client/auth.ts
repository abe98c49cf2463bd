import type { Clock, Secrets } from '@siembridge/core'
import type { Http } from '@siembridge/core/http'
import type { AuthOptions } from './auth-options.ts'
import { signAssertion } from './jwt.ts'

/** ServiceNow did not sign the bridge in. The message says what it answered, and `help` what to do; both without a secret. */
export class SignInFailed extends Error {
  readonly help: string
  /** Something that passes by itself: the instance is busy or in maintenance. */
  readonly passing: boolean
  constructor(message: string, help: string, passing = false) {
    super(message)
    this.help = help
    this.passing = passing
  }
}

/** Tokens are asked for anew that long before they end, in milliseconds. */
const earlyMs = 60_000
/** Life of an access token where the answer does not say: ServiceNow's own default. */
const usualSeconds = 1800

interface Token {
  readonly value: string
  readonly untilMs: number
  readonly refresh?: string
}

/** Headers that sign requests in. Tokens are kept until they end, or until `forget`. */
export class Authenticator {
  private readonly url: string
  private readonly options: AuthOptions
  private readonly secrets: Secrets
  private readonly clock: Clock
  private token: Token | undefined
  private asking: Promise<Token> | undefined

  constructor(url: string, options: AuthOptions, secrets: Secrets, clock: Clock) {
    this.url = url
    this.options = options
    this.secrets = secrets
    this.clock = clock
  }

  /** Throws SignInFailed, `HttpFailure`, and what reading a secret throws. */
  async headers(http: Http, deadlineMs: number): Promise<Record<string, string>> {
    const { options } = this
    if (options.method === 'certificate') return {}
    if (options.method === 'basic') {
      const pair = `${options.user}:${await this.secrets.read(options.password)}`
      return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
    }
    if (!this.token || this.token.untilMs - earlyMs < this.clock.now())
      this.token = await (this.asking ??= this.ask(http, deadlineMs).finally(() => (this.asking = undefined)))
    return { authorization: `Bearer ${this.token.value}` }
  }

  /** The token was refused: another is asked for next time. */
  forget(): void {
    this.token = undefined
  }

  private async ask(http: Http, deadlineMs: number): Promise<Token> {
    const before = this.token
    if (before?.refresh !== undefined) {
      const form = { grant_type: 'refresh_token', refresh_token: before.refresh, ...(await this.client()) }
      const refreshed = await this.grant(http, form, deadlineMs).catch(() => undefined)
      if (refreshed) return refreshed
    }
    return this.grant(http, await this.form(), deadlineMs)
  }

  private async client(): Promise<Record<string, string>> {
    const { options } = this
    if (!('client_id' in options)) return {}
    const { client_id: id, client_secret: secret } = options
    return { client_id: id, ...(secret !== undefined && { client_secret: await this.secrets.read(secret) }) }
  }

  private async form(): Promise<Record<string, string>> {
    const { options } = this
    const client = await this.client()
    if (options.method === 'client-credentials')
      return {
        grant_type: 'client_credentials',
        ...client,
        ...(options.scope !== undefined && { scope: options.scope }),
      }
    if (options.method === 'password')
      return {
        grant_type: 'password',
        ...client,
        username: options.user,
        password: await this.secrets.read(options.password),
      }
    if (options.method !== 'jwt') throw new Error(`no token is needed for ${options.method}`)
    const { client_id: issuer, audience = issuer, user: subject, key, key_id: keyId, algorithm } = options
    const material = { key: await this.secrets.read(key), keyId, algorithm }
    return {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signAssertion({ issuer, audience, subject }, material, this.clock.now()),
      ...client,
    }
  }

  private async grant(http: Http, form: Readonly<Record<string, string>>, deadlineMs: number): Promise<Token> {
    const { status, body } = await http.request({
      method: 'POST',
      url: `${this.url}/oauth_token.do`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      deadlineMs,
    })
    const answer = parsed(body)
    if (status === 200 && typeof answer['access_token'] === 'string') return this.tokenOf(answer)
    throw refusal(status, textIn(answer, 'error'), textIn(answer, 'error_description'), form['grant_type'] ?? '')
  }

  private tokenOf(answer: Readonly<Record<string, unknown>>): Token {
    const seconds = Number(answer['expires_in'] ?? usualSeconds)
    const refresh = answer['refresh_token']
    return {
      value: String(answer['access_token']),
      untilMs: this.clock.now() + (Number.isFinite(seconds) ? seconds : usualSeconds) * 1000,
      ...(typeof refresh === 'string' && { refresh }),
    }
  }
}

const textIn = (answer: Readonly<Record<string, unknown>>, name: string): string =>
  typeof answer[name] === 'string' ? answer[name] : ''

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function refusal(status: number, error: string, description: string, grant: string): SignInFailed {
  const said = [error, description].filter((text) => text !== '').join(': ')
  const says = `ServiceNow gives no token (${status}${said === '' ? '' : `, ${said}`})`
  if (status === 429 || status >= 500)
    return new SignInFailed(says, 'Wait: the instance is busy or in maintenance.', true)
  if (error === 'unsupported_grant_type' || error === 'unauthorized_client')
    return new SignInFailed(says, grants[grant] ?? 'Allow this grant in the OAuth application registry.')
  if (error === 'invalid_grant' && grant.endsWith('jwt-bearer'))
    return new SignInFailed(
      says,
      'Correct user, key, key_id or audience under auth, and set the clock of this machine: assertions hold for five minutes.',
    )
  if (error === '')
    return new SignInFailed(`${says}: the answer is no JSON`, 'Correct url: it must be the instance itself.')
  return new SignInFailed(says, 'Correct client_id, client_secret, user, password or key under auth.')
}

const grants: Readonly<Record<string, string>> = {
  client_credentials:
    'Set the property glide.oauth.inbound.client.credential.grant_type.enabled to true, and an OAuth Application User at the registry.',
  'urn:ietf:params:oauth:grant-type:jwt-bearer':
    'Make an OAuth JWT API endpoint with this client ID and a verifier map for key_id; users with the role admin are refused.',
}
