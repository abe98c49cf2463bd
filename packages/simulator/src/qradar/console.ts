import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Duplex } from 'node:stream'
import { createAuthority } from '../net/certificates.ts'
import { type Connection, Listener } from '../net/listener.ts'
import { type ConsoleAnswer, failed } from './answers.ts'
import { answerApi, beginDeploy, type ConsoleRequest, type Deployment } from './api.ts'
import { ConsoleTables } from './rows.ts'
import { seed, type SeedCategory } from './seed.ts'

/** What goes wrong with a request. `lost`: it is carried out, but the connection breaks before the answer. */
export type ConsoleFault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: number; readonly message?: string }
  | { readonly kind: 'hang'; readonly seconds: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lost' }

export interface ConsoleRequestEntry {
  /** From 1. */
  readonly number: number
  readonly method: string
  /** Below `/api`, without the query. */
  readonly path: string
  /** 0 where there was no answer. */
  readonly status: number
}

export interface QradarConsoleOptions {
  readonly categories: readonly SeedCategory[]
  /** Service tokens that are accepted. */
  readonly tokens: readonly string[]
  /** Asked for every request before it is answered. */
  readonly fault?: (entry: Omit<ConsoleRequestEntry, 'status'>) => ConsoleFault | undefined
}

/** A running console. */
export interface QradarConsole {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string
  /** The authority that signed its certificate, in PEM. */
  readonly authority: string
  readonly tables: ConsoleTables
  readonly requests: readonly ConsoleRequestEntry[]
  /** How often a deploy was begun. */
  readonly deploys: number
  /** What Admin > Log Source Extensions does with a file: there is no way to do it over the API. */
  uploadExtension(name: string, xml: string): void
  /** What Deploy Changes does: it runs until somebody has looked at it twice. */
  deploy(): void
  /** From now on this token is refused. */
  revoke(token: string): void
  close(): Promise<void>
}

/**
 * Starts a simulated QRadar console over HTTPS: the endpoints of the REST API that set event parsing up, with their validation
 * and error codes. Nothing can be deleted.
 */
export async function openQradarConsole(options: QradarConsoleOptions): Promise<QradarConsole> {
  const authority = await createAuthority('CN=Simulated QRadar CA')
  const keys = await authority.issue({ subject: 'CN=qradar', names: ['localhost', '127.0.0.1'], usage: 'server' })
  const tables = new ConsoleTables()
  seed(tables, options.categories)
  const console = new Console(options, tables)
  const connections = new WeakMap<Duplex, Connection>()
  const server = createServer((request, response) => {
    const connection = connections.get(request.socket)
    if (connection) void console.serve(request, response, connection)
  })
  const listener = new Listener({
    tls: () => ({ keys }),
    onConnection: (connection) => {
      connections.set(connection.stream, connection)
      server.emit('connection', connection.stream)
    },
  })
  await listener.open()
  return {
    url: `https://127.0.0.1:${listener.port}`,
    authority: authority.certificate,
    tables,
    requests: console.requests,
    get deploys() {
      return console.deployment.count
    },
    uploadExtension: (name, xml) => {
      const old = tables.rows('log_source_extensions').find((row) => row['name'] === name)
      if (old) tables.change('log_source_extensions', old.id, { xml })
      else tables.add('log_source_extensions', { name, description: '', uuid: `extension-${name}`, xml })
    },
    deploy: () => beginDeploy(tables, console.deployment),
    revoke: (token) => void console.tokens.delete(token),
    close: () => listener.close(),
  }
}

class Console {
  readonly requests: ConsoleRequestEntry[] = []
  readonly deployment: Deployment = { looks: 0, count: 0 }
  readonly tokens: Set<string>
  private readonly options: QradarConsoleOptions
  private readonly tables: ConsoleTables
  constructor(options: QradarConsoleOptions, tables: ConsoleTables) {
    this.options = options
    this.tables = tables
    this.tokens = new Set(options.tokens)
  }

  async serve(request: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const read = await readRequest(request)
    if (!read) return
    const seen = { number: this.requests.length + 1, method: read.method, path: read.path }
    const fault = this.options.fault?.(seen)
    const note = (status: number): void => void this.requests.push({ ...seen, status })
    if (fault?.kind === 'reset' || fault?.kind === 'hang') {
      note(0)
      if (fault.kind === 'hang') await delay(fault.seconds * 1000, undefined, { ref: false })
      return connection.reset()
    }
    const answer = fault && fault.kind !== 'lost' ? faulty(fault) : this.answer(read)
    note(fault?.kind === 'lost' ? 0 : answer.status)
    if (fault?.kind === 'lost') return connection.reset()
    const { body } = answer
    const html = typeof body === 'string'
    response.writeHead(answer.status, { 'content-type': html ? 'text/html' : 'application/json', ...answer.headers })
    response.end(html ? body : JSON.stringify(body))
  }

  private answer(request: ConsoleRequest): ConsoleAnswer {
    if (!this.tokens.has(String(request.headers['sec'] ?? '')))
      return failed(401, 18, 'No SEC header present in request. Please provide it via "SEC: token".')
    return answerApi(request, this.tables, this.deployment)
  }
}

function faulty(fault: Extract<ConsoleFault, { kind: 'status' | 'html' }>): ConsoleAnswer {
  if (fault.kind === 'html')
    return { status: 200, body: '<!DOCTYPE html><html><head><title>QRadar</title></head><body>Log in</body></html>' }
  return failed(fault.status, fault.code ?? 20, fault.message ?? 'injected')
}

async function readRequest(request: IncomingMessage): Promise<ConsoleRequest | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  const { method = 'GET', headers } = request
  const url = new URL(request.url ?? '/', 'https://localhost')
  const text = Buffer.concat(chunks).toString('utf8')
  return { method, path: url.pathname.replace(/^\/api/, ''), query: url.searchParams, headers, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
