import { randomUUID } from 'node:crypto'
import { jsonReply } from '../http/call.ts'
import type { Clock } from '../clock.ts'
import type { Reply } from '../http/call.ts'

// The OAuth error and the HTTP status that goes with an AADSTS code ("Microsoft Entra authentication and authorization
// error codes"); the others are invalid_request, 400.
const errors: Readonly<Record<number, readonly [string, number]>> = {
  7000215: ['invalid_client', 401],
  7000222: ['invalid_client', 401],
  7000216: ['invalid_client', 401],
  700027: ['invalid_client', 401],
  700213: ['invalid_client', 401],
  700024: ['invalid_client', 401],
  50013: ['invalid_grant', 400],
  700016: ['unauthorized_client', 400],
  70011: ['invalid_scope', 400],
  1002012: ['invalid_scope', 400],
  500011: ['invalid_resource', 400],
  70003: ['unsupported_grant_type', 400],
}

/** A refusal of the token endpoint: OAuth's members and those that Microsoft adds. */
export function entraError(code: number, message: string, clock: Clock): Reply {
  const [error, status] = errors[code] ?? ['invalid_request', 400]
  const timestamp = `${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const [traceId, correlationId] = [randomUUID(), randomUUID()]
  return jsonReply(status, {
    error,
    error_description: `AADSTS${code}: ${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  })
}
