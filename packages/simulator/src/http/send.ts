import { setTimeout as delay } from 'node:timers/promises'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Fault } from '../faults/fault.ts'
import type { Exchange } from './service.ts'

interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Sends the answer, or the part of it that the fault lets through; true when all of it went out. */
export async function send(exchange: Exchange, outgoing: Outgoing, fault: Fault | undefined): Promise<boolean> {
  const { response, connection } = exchange
  if (fault?.kind === 'reset-before-headers') {
    connection.reset()
    return false
  }
  response.sendDate = false
  const length = { 'content-length': String(outgoing.body.length) }
  response.writeHead(outgoing.status, { ...outgoing.headers, ...length })
  if (fault?.kind === 'reset-after-headers') return cut(exchange, Buffer.alloc(0))
  if (fault?.kind === 'reset-mid-body') return cut(exchange, outgoing.body.subarray(0, outgoing.body.length >> 1))
  if (fault?.kind === 'slow-body') await trickle(response, outgoing.body, fault.bytesPerSecond)
  else response.end(outgoing.body)
  return isFinished(response)
}

async function isFinished(response: ServerResponse): Promise<boolean> {
  if (!response.writableFinished && !response.destroyed) {
    await Promise.race([once(response, 'finish'), once(response, 'close')]).catch(() => undefined)
  }
  return response.writableFinished
}

/** Lets headers and part of the body reach the client before the reset discards what is in the buffers. */
async function cut({ response, connection }: Exchange, part: Buffer): Promise<boolean> {
  response.flushHeaders()
  if (part.length > 0) response.write(part)
  await delay(50)
  connection.reset()
  return false
}

async function trickle(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.ceil(bytesPerSecond / 10))
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step))
    await delay(100)
  }
  response.end()
}
