import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

export interface Request {
  readonly method: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

export interface Said {
  readonly status: number
  readonly headers?: Record<string, string>
}

/** An endpoint that answers what a test says. `undefined`: no answer at all. */
export async function endpoint(
  answer: (request: Request, at: number) => Said | undefined,
  tls?: ServerOptions,
): Promise<AsyncDisposable & { url: string; requests: Request[] }> {
  const requests: Request[] = []
  const listener: RequestListener = (incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks)
      const text = (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
      const request = { method: incoming.method ?? '', headers: incoming.headers, text }
      const said = answer(request, requests.push(request) - 1)
      if (said) response.writeHead(said.status, said.headers).end()
    })
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http${tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}/in?x=1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
