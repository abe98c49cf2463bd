import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { failed, type InstanceAnswer } from './answers.ts'
import type { Instance } from './instance.ts'
import type { InstanceRequest } from './table-api.ts'

/** An application of the OAuth registry. */
export interface OAuthClient {
  readonly id: string
  readonly secret: string
  /** OAuth Application User, as which client credentials work. */
  readonly user?: string
  /** glide.oauth.inbound.client.credential.grant_type.enabled. */
  readonly clientCredentials?: boolean
  /** Public keys (PEM) of the verifier maps by key id. */
  readonly keys?: Readonly<Record<string, string>>
  readonly lifeSeconds?: number
}

/** Who may sign in, and with which tokens. */
export class SignIn {
  private readonly instance: Instance
  private readonly clients: readonly OAuthClient[]
  private readonly tokens = new Map<string, { readonly user: string; readonly untilMs: number }>()
  private readonly refresh = new Map<string, { readonly user: string; readonly client: string }>()
  private readonly assertions = new Set<string>()
  /** Tokens that were given, by grant. */
  readonly grants: string[] = []

  constructor(instance: Instance, clients: readonly OAuthClient[]) {
    this.instance = instance
    this.clients = clients
  }

  /** The user of a request, or the refusal. `certificate`: name of the user that a client certificate maps to. */
  userOf({ headers }: InstanceRequest, certificate: string | undefined): string | InstanceAnswer {
    const header = String(headers['authorization'] ?? '')
    if (header.startsWith('Basic ')) return this.basic(Buffer.from(header.slice(6), 'base64').toString('utf8'))
    if (header.startsWith('Bearer ')) {
      const token = this.tokens.get(header.slice(7))
      return token && token.untilMs > this.instance.now() ? token.user : unauthenticated
    }
    return certificate !== undefined && this.active(certificate) ? certificate : unauthenticated
  }

  /** Every token ends now. */
  revoke(): void {
    this.tokens.clear()
  }

  private active(name: string): boolean {
    const row = this.instance.tables.rows('sys_user').find((user) => user['user_name'] === name)
    return row?.['active'] === 'true' && row['locked_out'] !== 'true'
  }

  private basic(pair: string): string | InstanceAnswer {
    const [name = '', ...rest] = pair.split(':')
    const user = this.instance.user(name)
    if (!user || user.password !== rest.join(':') || !this.active(name)) return unauthenticated
    return user.mfa ? { ...unauthenticated, headers: { 'x-mfa_token': 'invalid' } } : name
  }

  token({ bytes }: InstanceRequest): InstanceAnswer {
    const form = new URLSearchParams(bytes.toString('utf8'))
    const grant = form.get('grant_type') ?? ''
    const client = this.clients.find(({ id }) => id === form.get('client_id'))
    if (!client) return refused('invalid_client')
    if (grant === 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return this.assertion(client, form.get('assertion') ?? '', grant)
    if (client.secret !== form.get('client_secret')) return refused('invalid_client')
    if (grant === 'client_credentials') {
      if (client.clientCredentials !== true || client.user === undefined) return refused('unsupported_grant_type')
      return this.give(client, client.user, grant, false)
    }
    if (grant === 'password') {
      const found = this.basic(`${form.get('username') ?? ''}:${form.get('password') ?? ''}`)
      return typeof found === 'string' ? this.give(client, found, grant, true) : refused('server_error')
    }
    if (grant === 'refresh_token') {
      const known = this.refresh.get(form.get('refresh_token') ?? '')
      return known?.client === client.id ? this.give(client, known.user, grant, false) : refused('invalid_grant')
    }
    return refused('unsupported_grant_type')
  }

  /** A signed assertion: signature, audience, time, and an id that was not there before. Users with the role admin are refused. */
  private assertion(client: OAuthClient, text: string, grant: string): InstanceAnswer {
    const [head = '', body = '', signature = ''] = text.split('.')
    const part = (one: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(one, 'base64url').toString('utf8')) as Record<string, unknown>
    const { kid, alg } = part(head)
    const claims = part(body)
    const key = client.keys?.[String(kid)]
    if (key === undefined) return refused('invalid_grant')
    const algorithm = String(alg)
    const options = {
      key: createPublicKey(key),
      ...(algorithm.startsWith('ES') && { dsaEncoding: 'ieee-p1363' as const }),
    }
    const good = verify(
      `sha${algorithm.slice(2)}`,
      Buffer.from(`${head}.${body}`),
      options,
      Buffer.from(signature, 'base64url'),
    )
    const id = String(claims['jti'])
    const inTime = Number(claims['exp']) * 1000 > this.instance.now()
    if (!good || !inTime || claims['aud'] !== client.id || claims['iss'] !== client.id || this.assertions.has(id))
      return refused('invalid_grant')
    const user = String(claims['sub'])
    if (!this.active(user) || this.instance.hasRole(user)) return refused('access_denied')
    this.assertions.add(id)
    return this.give(client, user, grant, false)
  }

  private give(
    { id, lifeSeconds = 1800 }: OAuthClient,
    user: string,
    grant: string,
    refreshable: boolean,
  ): InstanceAnswer {
    this.grants.push(grant)
    const token = randomBytes(24).toString('base64url')
    this.tokens.set(token, { user, untilMs: this.instance.now() + lifeSeconds * 1000 })
    const again = randomBytes(24).toString('base64url')
    if (refreshable) this.refresh.set(again, { user, client: id })
    const body = {
      access_token: token,
      ...(refreshable && { refresh_token: again }),
      scope: 'useraccount',
      token_type: 'Bearer',
      expires_in: lifeSeconds,
    }
    return { status: 200, body }
  }
}

const unauthenticated = failed(401, 'User Not Authenticated', 'Required to provide Auth information')

const refused = (error: string): InstanceAnswer => ({
  status: 401,
  body: { error, error_description: 'access_denied' },
})
