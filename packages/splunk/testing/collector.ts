import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

export interface Said {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface Request {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Values of `event` in the envelopes. */
  readonly events: unknown[]
  readonly text: string
}

/** A collector that answers what a test says. `undefined`: no answer at all. */
export async function collector(
  answer: (request: Request, at: number) => Said | undefined,
): Promise<AsyncDisposable & { url: string; requests: Request[]; events(): unknown[] }> {
  const requests: Request[] = []
  const server = createServer((incoming, response) => void serve(incoming, response))
  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(incoming).catch(() => Buffer.alloc(0))
    const text = (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
    const path = incoming.url ?? ''
    const events = path.includes('/event')
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line) => (JSON.parse(line) as { event: unknown }).event)
      : []
    const request = { path, headers: incoming.headers, events, text }
    const said = answer(request, requests.push(request) - 1)
    if (said)
      response.writeHead(said.status, said.headers).end(said.body === undefined ? '' : JSON.stringify(said.body))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    events: () => requests.flatMap(({ events }) => events),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const good: Said = { status: 200, body: { text: 'Success', code: 0 } }
