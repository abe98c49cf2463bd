import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Listener } from '../net/listener.ts'
import { bodyOf } from './call.ts'
import { send } from './send.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults/faults.ts'
import type { KeyPair } from '../net/certificates.ts'
import type { Connection } from '../net/listener.ts'
import type { ServiceName } from '../scenario.ts'
import type { Call, Handler, Reply } from './call.ts'
import type { RequestLog } from './request-log.ts'

/** What every service of the cloud shares. */
export interface ServiceContext {
  readonly clock: Clock
  readonly faults: Faults
  readonly log: RequestLog
  readonly keys: KeyPair
  readonly compress: boolean
}

/** Opens one service: HTTPS, or HTTP for the metadata endpoint of a virtual machine. */
export async function openService(
  name: ServiceName,
  port: number | undefined,
  handler: Handler,
  context: ServiceContext,
): Promise<Listener> {
  const connections = new WeakMap<Duplex, Connection>()
  const server = createServer((request, response) => {
    const connection = connections.get(request.socket)
    if (connection) void answer(name, { request, response, connection }, handler, context)
  })
  const listener = new Listener({
    ...(port === undefined ? {} : { port }),
    ...(name === 'imds' ? {} : { tls: () => ({ keys: context.keys }) }),
    onConnection: (connection) => {
      connections.set(connection.stream, connection)
      server.emit('connection', connection.stream)
    },
  })
  await listener.open()
  return listener
}

/** A request with what is needed to answer it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
}

async function answer(name: ServiceName, exchange: Exchange, handler: Handler, context: ServiceContext): Promise<void> {
  const call = await readCall(name, exchange.request, context.log)
  exchange.response.once('close', () => {
    call.entry.endedAt = Date.now()
  })
  const fault = context.faults.match(call)
  if (fault) call.entry.fault = fault.kind
  if (fault?.kind === 'hang') return await hang(exchange, fault.seconds)
  const reply = context.faults.answer(call, fault) ?? context.faults.change(await handled(handler, call), call, fault)
  call.entry.status = reply.status
  const date = new Date(context.clock.now()).toUTCString()
  const packed = pack(bodyOf(reply), call, context)
  const headers = { date, ...reply.headers, ...packed.headers }
  const whole = await send(exchange, { status: reply.status, headers, body: packed.body }, fault)
  call.entry.whole = whole
  if (whole) reply.onServed?.()
}

/** No answer for so long, then the end of the connection. */
async function hang({ connection }: Exchange, seconds: number): Promise<void> {
  await delay(seconds * 1000, undefined, { ref: false })
  connection.reset()
}

function pack(body: Buffer, { headers }: Call, { compress }: ServiceContext) {
  const isWanted = compress && body.length > 0 && (headers['accept-encoding'] ?? '').includes('gzip')
  return isWanted ? { body: gzipSync(body), headers: { 'content-encoding': 'gzip' } } : { body, headers: {} }
}

async function handled(handler: Handler, call: Call): Promise<Reply> {
  try {
    return await handler(call)
  } catch (error) {
    process.stderr.write(`${call.service} ${call.target}: ${String(error instanceof Error ? error.stack : error)}\n`)
    return { status: 500, body: '' }
  }
}

async function readCall(service: ServiceName, request: IncomingMessage, log: RequestLog): Promise<Call> {
  const { method = 'GET', url: target = '/', headers } = request
  const entry = log.open({ service, method, target })
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    // The client went away: the answer will find nobody.
  }
  const base = `${service === 'imds' ? 'http' : 'https'}://${headers.host ?? 'localhost'}`
  // Joined as text: a target that starts with two slashes would else name a host.
  const url = new URL(`${base}${target}`)
  const path = decodeURIComponent(url.pathname)
  return { service, method, path, target, query: url.searchParams, headers, body: Buffer.concat(chunks), base, entry }
}
