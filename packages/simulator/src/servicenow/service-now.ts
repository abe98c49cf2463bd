import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import { createAuthority, type KeyPair } from '../net/certificates.ts'
import { type Connection, Listener } from '../net/listener.ts'
import { failed, type InstanceAnswer, page } from './answers.ts'
import { Instance } from './instance.ts'
import type { InstanceFault, Oddities } from './oddities.ts'
import { attachmentApi, batchApi, eventApi, importApi } from './other-apis.ts'
import type { SeedUser } from './seed.ts'
import { type OAuthClient, SignIn } from './sign-in.ts'
import { type InstanceRequest, tableApi } from './table-api.ts'
import type { Tables } from './tables.ts'

export interface InstanceRequestEntry {
  /** From 1. */
  readonly number: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly user: string
  /** 0 where there was no answer. */
  readonly status: number
}

export interface ServiceNowSpec {
  /** Users; `bridge` with the roles it needs unless told. */
  readonly users?: readonly SeedUser[]
  readonly clients?: readonly OAuthClient[]
  /** HTTPS with an authority of this run; `mutual`: clients show a certificate, whose common name is a user. */
  readonly tls?: 'server' | 'mutual'
  /** Asked for every request before it is answered. */
  readonly fault?: (entry: Omit<InstanceRequestEntry, 'status' | 'user' | 'at'>) => InstanceFault | undefined
}

/** A running instance. */
export interface SimulatedServiceNow {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** The authority that signed its certificate, in PEM; empty without TLS. */
  readonly authority: string
  readonly instance: Instance
  readonly tables: Tables
  readonly oddities: Oddities
  readonly signIn: SignIn
  readonly requests: readonly InstanceRequestEntry[]
  /** A certificate of a client, whose common name is a user. */
  clientCertificate(user: string): Promise<KeyPair>
  close(): Promise<void>
}

export const bridgeUser: SeedUser = {
  name: 'bridge',
  password: 'open sesame',
  roles: ['itil', 'sn_si.analyst', 'evt_mgmt_integration', 'snc_platform_rest_api_access'],
}

/**
 * Starts a simulated ServiceNow: Table, Import Set, Batch, Attachment and Event Management APIs, OAuth, and the oddities of real
 * instances.
 */
export async function openServiceNow(spec: ServiceNowSpec = {}): Promise<SimulatedServiceNow> {
  const authority = spec.tls ? await createAuthority('CN=Simulated ServiceNow CA') : undefined
  const keys = await authority?.issue({ subject: 'CN=instance', names: ['localhost', '127.0.0.1'], usage: 'server' })
  const instance = new Instance(spec.users ?? [bridgeUser])
  const front = new Front(instance, spec)
  const connections = new WeakMap<Duplex, Connection>()
  const server = createServer((request, response) => {
    const connection = connections.get(request.socket)
    if (connection) void front.serve(request, response, connection)
  })
  const listener = new Listener({
    ...(keys &&
      authority && { tls: () => ({ keys, ...(spec.tls === 'mutual' && { clientAuthority: authority.certificate }) }) }),
    onConnection: (connection) => {
      connections.set(connection.stream, connection)
      server.emit('connection', connection.stream)
    },
  })
  await listener.open()
  front.base = `${spec.tls ? 'https' : 'http'}://127.0.0.1:${listener.port}`
  return {
    url: front.base,
    authority: authority?.certificate ?? '',
    instance,
    tables: instance.tables,
    oddities: instance.oddities,
    signIn: front.signIn,
    requests: front.requests,
    clientCertificate: (user) => {
      if (!authority) throw new Error('an instance without TLS takes no certificate')
      return authority.issue({ subject: `CN=${user}`, names: [user], usage: 'client' })
    },
    close: async () => {
      front.closed = true
      await listener.close()
    },
  }
}

class Front {
  readonly requests: InstanceRequestEntry[] = []
  readonly signIn: SignIn
  base = ''
  closed = false
  private readonly instance: Instance
  private readonly spec: ServiceNowSpec
  private readonly counts = new Map<string, { began: number; used: number }>()

  constructor(instance: Instance, spec: ServiceNowSpec) {
    this.instance = instance
    this.spec = spec
    this.signIn = new SignIn(instance, spec.clients ?? [])
  }

  async serve(incoming: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const request = await this.read(incoming)
    if (!request) return
    const { method, path, query } = request
    const seen = { number: this.requests.length + 1, method, path, query: query.toString() }
    const entry = { ...seen, at: this.instance.now(), user: '', status: 0 }
    this.requests.push(entry)
    const fault = this.spec.fault?.(seen)
    const done = (user: string, status: number): void =>
      void (this.requests[seen.number - 1] = { ...entry, user, status })
    const certificate = commonName(connection.stream)
    if (fault) return this.faulty(fault, request, certificate, response, connection, done)
    const { answer, user } = this.answer(request, certificate)
    done(user, answer.status)
    send(response, answer)
  }

  private async faulty(
    fault: InstanceFault,
    request: InstanceRequest,
    certificate: string | undefined,
    response: ServerResponse,
    connection: Connection,
    done: (user: string, status: number) => void,
  ): Promise<void> {
    if (fault.kind === 'cut-before') return connection.reset()
    if (fault.kind === 'cut-and-late') {
      connection.reset()
      await delay(fault.ms, undefined, { ref: false })
      if (!this.closed) done(this.answer(request, certificate).user, 0)
      return
    }
    if (fault.kind === 'cut-after') {
      const { user } = this.answer(request, certificate)
      await delay(fault.ms ?? 0, undefined, { ref: false })
      const cancelled = fault.answer === 'cancelled'
      done(user, cancelled ? 500 : 0)
      if (cancelled) return send(response, failed(500, 'Transaction cancelled: maximum execution time exceeded'))
      return connection.reset()
    }
    if (fault.kind === 'slow') {
      const { answer, user } = this.answer(request, certificate)
      await delay(fault.ms, undefined, { ref: false })
      done(user, answer.status)
      return send(response, answer)
    }
    if (fault.kind === 'truncated') {
      const { answer, user } = this.answer(request, certificate)
      done(user, answer.status)
      const text = JSON.stringify(answer.body)
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      })
      response.write(text.slice(0, text.length >> 1), () => connection.reset())
      return
    }
    const answer = answerOf(fault)
    done('', answer.status)
    send(response, answer)
  }

  private answer(request: InstanceRequest, certificate: string | undefined): { answer: InstanceAnswer; user: string } {
    const { oddities } = this.instance
    if (oddities.maintenance) return { answer: page(503), user: '' }
    if (oddities.asleep) return { answer: page(200), user: '' }
    if (request.path === '/oauth_token.do') return { answer: this.signIn.token(request), user: '' }
    const user = this.signIn.userOf(request, certificate)
    if (typeof user !== 'string') return { answer: user, user: '' }
    const limited = this.limited(user, request.path)
    if (limited) return { answer: limited, user }
    const by = { user, write: String(request.headers['x-siembridge-write'] ?? '') }
    return { answer: this.route(request, by), user }
  }

  private route(request: InstanceRequest, by: { user: string; write: string }): InstanceAnswer {
    const { path } = request
    if (/^\/api\/now\/(v\d\/)?table\//.test(path)) return tableApi(this.instance, request, by)
    if (path.startsWith('/api/now/attachment')) return attachmentApi(this.instance, request, by)
    if (path === '/api/now/v1/batch') return batchApi(this.instance, request, by)
    if (path.startsWith('/api/now/import/')) return importApi(this.instance, request, by)
    if (path === '/api/global/em/jsonv2') return eventApi(this.instance, request, by)
    return failed(404, 'Requested URI does not represent any resource')
  }

  /** A rate rule counts requests of a user in an hour, refused ones too. */
  private limited(user: string, path: string): InstanceAnswer | undefined {
    const { ratePerHour, hourMs, noRetryAfter } = this.instance.oddities
    if (ratePerHour === 0) return undefined
    const now = this.instance.now()
    const count = this.counts.get(user)
    if (!count || now - count.began >= hourMs) {
      this.counts.set(user, { began: now, used: 1 })
      return undefined
    }
    count.used++
    if (count.used <= ratePerHour) return undefined
    return tooMany(ratePerHour, count.began + hourMs - now, now, noRetryAfter, path)
  }

  private async read(incoming: IncomingMessage): Promise<InstanceRequest | undefined> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
    } catch {
      return undefined
    }
    const { method = 'GET', headers } = incoming
    const url = new URL(incoming.url ?? '/', this.base)
    return {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      bytes: Buffer.concat(chunks),
      base: this.base,
    }
  }
}

function tooMany(limit: number, waitMs: number, nowMs: number, noRetryAfter: boolean, path: string): InstanceAnswer {
  const api = path.includes('/import/') ? 'Import Set API' : path.includes('/batch') ? 'Batch API' : 'Table API'
  return {
    ...failed(429, 'Rate limit exceeded', `Rate limit of ${limit} requests per hour for ${api} exceeded`),
    headers: {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-reset': String(Math.ceil((nowMs + waitMs) / 1000)),
      'x-ratelimit-rule': 'ab'.repeat(16),
      ...(!noRetryAfter && { 'retry-after': String(Math.ceil(waitMs) / 1000) }),
    },
  }
}

function answerOf(fault: InstanceFault): InstanceAnswer {
  if (fault.kind === 'status') return failed(fault.status, fault.message ?? 'injected', fault.detail ?? '')
  if (fault.kind === 'error-in-200') return failed(200, fault.message)
  if (fault.kind === 'page') return page(fault.status)
  if (fault.kind === 'limit') return tooMany(10, fault.seconds * 1000, Date.now(), false, '/table/')
  throw new Error(`${fault.kind} is no answer`)
}

const commonName = (stream: Duplex): string | undefined => {
  const { getPeerCertificate: get } = stream as Partial<TLSSocket>
  const name = get ? (stream as TLSSocket).getPeerCertificate().subject?.CN : undefined
  return typeof name === 'string' ? name : undefined
}

function send(response: ServerResponse, { status, body, headers }: InstanceAnswer): void {
  const html = typeof body === 'string'
  response.writeHead(status, { 'content-type': html ? 'text/html' : 'application/json;charset=UTF-8', ...headers })
  response.end(html ? body : JSON.stringify(body))
}
