import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { SiembridgeError } from '@siembridge/core'
import type { Listen } from '@siembridge/core/config'

export interface Pages {
  /** Why the agent is not ready; none means ready. */
  unready(): readonly string[]
  metrics(): Promise<string>
}

/** `/healthz`, `/readyz` and `/metrics`. Throws `ListenFailed`. */
export async function listenHttp({ host, port }: Listen, pages: Pages): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'only GET\n')
    void respond(path, response, pages)
  })
  // Nobody needs long for a page of a few kilobytes.
  server.requestTimeout = 10_000
  server.headersTimeout = 10_000
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new SiembridgeError(
      'ListenFailed',
      `${host.includes(':') ? `[${host}]` : host}:${port}`,
      (error as NodeJS.ErrnoException).code,
    )
  }
  server.unref()
  return server
}

async function respond(path: string, response: ServerResponse, pages: Pages): Promise<void> {
  if (path === '/healthz') return answer(response, 200, 'ok\n')
  if (path === '/readyz') {
    const reasons = pages.unready()
    return answer(
      response,
      reasons.length === 0 ? 200 : 503,
      reasons.length === 0 ? 'ready\n' : `${reasons.join('\n')}\n`,
    )
  }
  if (path !== '/metrics') return answer(response, 404, 'there are /healthz, /readyz and /metrics\n')
  try {
    answer(response, 200, await pages.metrics(), 'text/plain; version=0.0.4; charset=utf-8')
  } catch (error) {
    answer(response, 500, `${(error as Error).message}\n`)
  }
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}

export async function closeHttp(server: Server | undefined): Promise<void> {
  if (!server) return
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
