import type { Ask, RestRequest } from '../src/migration/index.ts'

interface Stanza {
  readonly app: string
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

/** A Splunk with older add-ons, as far as a migration asks it. */
export class OlderSplunk {
  readonly inputs: Stanza[] = []
  readonly accounts = new Map<string, Stanza[]>()
  readonly passwords: { app: string; realm: string; username: string; clear_password: string }[] = []
  readonly rows = new Map<string, Readonly<Record<string, unknown>>[]>()
  events: Readonly<Record<string, string>>[] = []
  /** Everything that was asked to change something. */
  readonly changed: RestRequest[] = []
  /** Status and words for requests that are refused. */
  refuse: (request: RestRequest) => readonly [status: number, text: string] | undefined = () => undefined
  /** Runs before each request. */
  before: (request: RestRequest) => void = () => undefined

  input(app: string, name: string, settings: Readonly<Record<string, string>>): this {
    this.inputs.push({ app, name, settings })
    return this
  }

  /** An account with a secret as solnlib stores it. */
  account(app: string, conf: string, name: string, settings: Readonly<Record<string, string>>, secret: string): this {
    this.accounts.set(`${app}/conf-${conf}`, [
      ...(this.accounts.get(`${app}/conf-${conf}`) ?? []),
      { app, name, settings },
    ])
    const realm = `__REST_CREDENTIAL__#${app}#configs/conf-${conf}`
    const parts = JSON.stringify({ password: secret, client_secret: secret }).match(/.{1,40}/gs) ?? []
    parts.forEach((clear_password, at) =>
      this.passwords.push({ app, realm, username: `${name}\`\`splunk_cred_sep\`\`${at + 1}`, clear_password }),
    )
    return this
  }

  readonly ask: Ask = (request) => {
    this.before(request)
    const refused = this.refuse(request)
    if (refused)
      return Promise.resolve({ status: refused[0], json: { messages: [{ type: 'ERROR', text: refused[1] }] } })
    const isSearch = request.endpoint === 'search/v2/jobs'
    if (request.method !== 'GET' && !isSearch) {
      this.changed.push(request)
      return Promise.resolve({ status: 200, json: { entry: [] } })
    }
    const json = isSearch ? { results: this.events } : this.found(request)
    return Promise.resolve(json === undefined ? { status: 404, json: undefined } : { status: 200, json })
  }

  private found({ app, endpoint, query = {} }: RestRequest): unknown {
    if (endpoint === 'configs/conf-inputs') return listed(this.inputs)
    if (endpoint === 'storage/passwords')
      return listed(
        this.passwords
          .filter((one) => one.app === app)
          .map(({ realm, username, clear_password }) => ({
            app,
            name: `${realm}:${username}:`,
            settings: query['f'] === undefined ? { realm, username, clear_password } : { username },
          })),
      )
    const collection = /^storage\/collections\/data\/(.+)$/.exec(endpoint)?.[1]
    if (collection !== undefined) return this.rows.get(`${app}/${decodeURIComponent(collection)}`)
    return listed(this.accounts.get(`${app}/${endpoint.replace('configs/', '')}`) ?? [])
  }
}

const listed = (stanzas: readonly Stanza[]) => ({
  entry: stanzas.map(({ app, name, settings }) => ({ name, acl: { app }, content: { ...settings, 'eai:acl': null } })),
})
