import { randomUUID } from 'node:crypto'
import { jsonReply } from '../http/call.ts'
import type { Clock } from '../clock.ts'
import type { Reply } from '../http/call.ts'

/** An error in the form of "Microsoft Graph error responses": code, message and `innerError` with the request's id. */
export function graphError(status: number, code: string, message: string, clock: Clock): Reply {
  const id = randomUUID()
  const date = new Date(clock.now()).toISOString().slice(0, 19)
  const innerError = { date, 'request-id': id, 'client-request-id': id }
  return jsonReply(status, { error: { code, message, innerError } }, { 'request-id': id, 'client-request-id': id })
}
