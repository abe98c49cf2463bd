import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAuthority } from '../../simulator/dist/index.js'

export interface TestServer {
  readonly origin: string
  /** PEM of the authority. */
  readonly ca: string
  /** `METHOD path?query` of each request, as it came. */
  readonly requests: string[]
  readonly headers: IncomingMessage['headers'][]
  /** Answers from now on. */
  answer: (request: IncomingMessage, response: ServerResponse, at: number) => void
  readonly close: () => void
}

const authority = createAuthority()

/** An HTTPS server on this machine, for answers that are told request by request. */
export async function serve(answer: TestServer['answer'] = json({ value: [] })): Promise<TestServer> {
  const issuer = await authority
  const { certificate: ca } = issuer
  const { certificate: cert, privateKey: key } = await issuer.issue({
    subject: 'CN=localhost',
    names: ['localhost'],
    usage: 'server',
  })
  const server = createServer({ cert, key, maxHeaderSize: 64 * 1024 }, (request, response) => {
    request.resume()
    const at = tested.requests.push(`${request.method} ${request.url}`) - 1
    tested.headers.push(request.headers)
    tested.answer(request, response, at)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  const tested: TestServer = { origin: `https://localhost:${port}`, ca, requests: [], headers: [], answer, close }
  return tested
}

/** An answer in JSON; `Date` comes from Node.js unless told. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (_: unknown, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

/** One answer after the other; the last one stays. */
export const inTurn =
  (...answers: TestServer['answer'][]): TestServer['answer'] =>
  (request, response, at) =>
    answers[Math.min(at, answers.length - 1)]?.(request, response, at)
