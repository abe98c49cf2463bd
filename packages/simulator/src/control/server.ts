import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A control request: query and JSON body. */
export interface ControlRequest {
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}

/** The answer of a route: a value to send as JSON, or lines to send as NDJSON. */
export type ControlAnswer = { readonly json: unknown } | { readonly lines: Iterable<unknown> }

/** Routes by `METHOD /path`. */
export type ControlRoutes = Readonly<
  Record<string, (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>>
>

export interface ControlServer {
  readonly port: number
  close(): Promise<void>
}

/** Opens the control API: plain HTTP on the loopback address. */
export async function openControl(routes: ControlRoutes, port = 0): Promise<ControlServer> {
  const server = createServer((request, response) => void serve(routes, request, response))
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

async function serve(routes: ControlRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const route = routes[`${request.method ?? 'GET'} ${url.pathname}`]
  try {
    const body = await readBody(request)
    if (!route) return end(response, 404, { error: `no route for ${request.method ?? ''} ${url.pathname}` })
    const answer = await route({ query: url.searchParams, body })
    if ('lines' in answer) return stream(response, answer.lines)
    end(response, 200, answer.json)
  } catch (error) {
    end(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

function end(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return void response.end()
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
}

function stream(response: ServerResponse, lines: Iterable<unknown>): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  let text = ''
  for (const line of lines) {
    text += `${JSON.stringify(line)}\n`
    if (text.length < 65_536) continue
    response.write(text)
    text = ''
  }
  response.end(text)
}
