import { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { KeyPair } from '../../net/certificates.ts'
import { managementAnswer, type ManagementServices, type Sessions } from './management.ts'
import { refused, type RestAnswer, type RestRequest } from './request.ts'
import { userBy } from './users.ts'

export interface OpenServer {
  readonly port: number
  close(): Promise<void>
}

export async function listen(server: Server, port: number): Promise<OpenServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** The management port: REST over TLS, for whoever has a session key. */
export function openManagement(
  keys: KeyPair,
  sessions: Sessions,
  services: () => ManagementServices,
  port: number,
): Promise<OpenServer> {
  return listen(
    createServer(
      { cert: keys.certificate, key: keys.privateKey },
      answering((request) => manage(request, sessions, services())),
    ),
    port,
  )
}

export interface ReadRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const answering =
  (answer: (request: ReadRequest) => Promise<RestAnswer>): RequestListener =>
  (request, response) =>
    void serve(request, response, answer)

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: ReadRequest) => Promise<RestAnswer>,
): Promise<void> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', headers } = request
    const url = new URL(request.url ?? '/', 'http://localhost')
    const { status, json } = await answer({ method, url, headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(json))
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(refused(500, (error as Error).message).json))
  }
}

async function manage(request: ReadRequest, sessions: Sessions, services: ManagementServices): Promise<RestAnswer> {
  if (request.url.pathname === '/services/auth/login') return login(new URLSearchParams(request.body), sessions)
  const read = restRequest(request, request.url.pathname)
  if (!read) return refused(404, 'Not Found')
  const user = sessions.admits(request.headers.authorization)
  return user ? await managementAnswer(read, user, services) : refused(401, 'call not properly authenticated', 'WARN')
}

function login(form: URLSearchParams, sessions: Sessions): RestAnswer {
  const user = userBy(form.get('username'), form.get('password'))
  return user ? { status: 200, json: { sessionKey: sessions.create(user) } } : refused(401, 'Login failed', 'WARN')
}

/** A path below /services, or below /servicesNS with its owner and app. */
export function restRequest({ method, url, headers, body }: ReadRequest, pathname: string): RestRequest | undefined {
  const found = /^\/services(?:NS\/[^/]+\/([^/]+))?\/(.*?)\/?$/.exec(pathname)
  if (!found) return undefined
  const form = headers['content-type']?.startsWith('application/json') ? '' : body
  return {
    method,
    app: decodeURIComponent(found[1] ?? '-'),
    path: (found[2] ?? '').split('/').map((part) => decodeURIComponent(part)),
    query: url.searchParams,
    form: new URLSearchParams(form),
    body,
  }
}
