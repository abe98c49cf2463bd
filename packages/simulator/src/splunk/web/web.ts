import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isExposed } from '../rest/exposed.ts'
import { managementAnswer, type ManagementServices, type Sessions } from '../rest/management.ts'
import { refused } from '../rest/request.ts'
import { listen, type OpenServer, type ReadRequest, restRequest } from '../rest/server.ts'
import { jsonAnswer, missing, page, redirect, script, type WebAnswer } from './answer.ts'
import { appPage, appStatic } from './app-pages.ts'
import { configScript, ownScript, type WebTheme } from './scripts.ts'
import { searchPage } from './search-page.ts'
import { sessionOf, signIn } from './session.ts'

/** Splunk Web: pages and files of apps, and what it passes on to splunkd for them, below a locale. */
export class SplunkWeb {
  readonly look: WebTheme = { theme: 'enterprise', bar: false, ownTemplates: true }
  private readonly sessions: Sessions
  private readonly services: () => ManagementServices
  private server: OpenServer | undefined

  constructor(sessions: Sessions, services: () => ManagementServices) {
    this.sessions = sessions
    this.services = services
  }

  async open(): Promise<void> {
    this.server = await listen(
      createServer((request, response) => void this.serve(request, response)),
      0,
    )
  }

  get port(): number {
    return this.server?.port ?? 0
  }

  async close(): Promise<void> {
    await this.server?.close()
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { method = 'GET', headers } = request
      const url = new URL(request.url ?? '/', 'http://localhost')
      const answer = await this.answer({ method, url, headers, body: Buffer.concat(chunks).toString() })
      const type = answer.type === undefined ? {} : { 'content-type': answer.type }
      response.writeHead(answer.status, {
        'x-content-type-options': 'nosniff',
        ...type,
        ...(answer.headers as Record<string, string>),
      })
      response.end(answer.body)
    } catch (error) {
      response.writeHead(500, { 'content-type': 'text/plain' })
      response.end((error as Error).message)
    }
  }

  private async answer(request: ReadRequest): Promise<WebAnswer> {
    const { pathname, search } = request.url
    const [, locale, rest = ''] = /^\/([a-z]{2}-[A-Z]{2})(?:\/(.*))?$/s.exec(pathname) ?? []
    if (locale === undefined) return redirect(`/en-US${pathname === '/' ? '/' : pathname}${search}`)
    if (rest.startsWith('splunkd/__raw/')) return await this.raw(request, rest.slice('splunkd/__raw'.length))
    if (rest === 'account/login') return this.login(request, locale)
    const file = /^static\/(?:@[^/]+\/)?(.+)$/.exec(rest)?.[1]
    if (file !== undefined) return this.file(file)
    const session = sessionOf(request.headers, this.port, this.sessions)
    if (!session) return redirect(`/${locale}/account/login?return_to=${encodeURIComponent(pathname + search)}`)
    const parts = rest.split('/').filter((part) => part !== '')
    if (rest === 'config') return configScript(locale, this.port, session.user.name)
    if (rest === 'i18ncatalog')
      return script('i18n_register({"plural": function(n) { return n == 1 ? 0 : 1; }, "catalog": {}});\n')
    if (parts[0] !== 'app')
      return parts.length === 0 ? page('<!doctype html><title>Home</title><h1>Home</h1>') : missing(rest)
    if (parts.at(-1) === 'search') return searchPage(request.url.searchParams, this.services().rows())
    return appPage(this.services().host.apps, locale, parts.slice(1), this.look.ownTemplates)
  }

  private login({ method, url, body }: ReadRequest, locale: string): WebAnswer {
    const to = url.searchParams.get('return_to') ?? `/${locale}/`
    if (method !== 'POST') return page(loginForm)
    const cookies = signIn(new URLSearchParams(body), this.port, this.sessions)
    return cookies ? redirect(to, cookies) : page(`${loginForm}<p role="alert">Login failed`, 401)
  }

  private file(path: string): WebAnswer {
    if (path.startsWith('app/')) return appStatic(this.services().host.apps, path.slice(4).split('/'))
    return ownScript(path, this.look) ?? missing(path)
  }

  /**
   * What a page asks of splunkd: only what is exposed, in the name of who has the page open, and with the form key of that session
   * where something changes. A script that brings its own authorization is taken as it is.
   */
  private async raw(request: ReadRequest, pathname: string): Promise<WebAnswer> {
    const { method, headers } = request
    const session = sessionOf(headers, this.port, this.sessions)
    const user = session?.user ?? this.sessions.admits(headers.authorization)
    if (!user) return jsonAnswer(401, refused(401, 'call not properly authenticated', 'WARN').json)
    const key = headers['x-splunk-form-key']
    if (method !== 'GET' && (key === undefined || (session && key !== session.formKey)))
      return page(
        '<!doctype html><title>CSRF</title><p>Splunk cannot authenticate the request. CSRF validation failed.',
        401,
      )
    if (method !== 'GET' && headers['x-requested-with'] !== 'XMLHttpRequest')
      return missing('it is no request of a script')
    const read = restRequest(request, pathname)
    if (!read || !isExposed(method, read.path, this.services().confs))
      return jsonAnswer(404, refused(404, 'The requested URL was not found on this server.').json)
    const { status, json } = await managementAnswer(read, user, this.services())
    return jsonAnswer(status, json)
  }
}

const loginForm = `<!doctype html><html lang="en"><title>Login</title><form method="post"><label>Username <input name="username"></label>
<label>Password <input name="password" type="password"></label><button>Sign In</button></form>`
