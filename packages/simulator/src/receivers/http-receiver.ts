import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { streamReceiver } from './stream-receiver.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Connection } from '../net/listener.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { ReceivedEvent } from './recorder.ts'
import type { ReceiverTls } from './spec.ts'

/** A request to an HTTP receiver, its body unpacked; `body` is undefined when it would not unpack. */
export interface Posted {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer | undefined
  readonly connection: number
}

/** What to answer, and which events are safe once the answer went out. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly acknowledges?: readonly ReceivedEvent[]
}

/** A receiver over HTTP or HTTPS. Faults that concern the answer are done here, for every protocol alike. */
export function httpReceiver(
  kind: string,
  spec: ReceiverTls & { readonly port?: number },
  context: ReceiverContext,
  answer: (posted: Posted) => Answer,
): Receiver {
  const connections = new WeakMap<Duplex, Connection>()
  const server = createServer((request, response) => {
    const connection = connections.get(request.socket)
    if (connection) void serve({ request, response, connection }, context, answer)
  })
  return streamReceiver(kind, spec, context, (connection) => {
    connections.set(connection.stream, connection)
    server.emit('connection', connection.stream)
  })
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
}

async function serve(exchange: Exchange, context: ReceiverContext, answer: (posted: Posted) => Answer): Promise<void> {
  const { connection, response } = exchange
  const posted = await readPosted(exchange)
  if (!posted) return
  const given = injected(context) ?? answer(posted)
  if (context.faults.take('answer-lost')) return connection.reset()
  const late = context.faults.take('answer-late')
  if (late) await delay(late.ms)
  response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers })
  response.end(given.body ?? '', () => context.recorder.acknowledge(given.acknowledges ?? []))
}

function injected({ faults }: ReceiverContext): Answer | undefined {
  const fault = faults.take('http-status')
  if (!fault) return undefined
  const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
  return { status: fault.status, headers, body: fault.body ?? '' }
}

async function readPosted({ request, connection }: Exchange): Promise<Posted | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  const { headers, method = 'GET' } = request
  const url = new URL(request.url ?? '/', 'http://localhost')
  return { method, url, headers, body: unpacked(Buffer.concat(chunks), headers), connection: connection.number }
}

function unpacked(body: Buffer, headers: IncomingMessage['headers']): Buffer | undefined {
  if (headers['content-encoding'] !== 'gzip') return body
  try {
    return gunzipSync(body)
  } catch {
    return undefined
  }
}
