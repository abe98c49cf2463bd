import { activityError } from '../activity/errors.ts'
import { graphError } from '../graph/errors.ts'
import { jsonReply } from '../http/call.ts'
import { entraError } from '../login/errors.ts'
import { retryAfterHeader } from './retry-after.ts'
import type { Clock } from '../clock.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Fault } from './fault.ts'

const page = (title: string) => `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
const htmlReply = (status: number, title: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: page(title),
})

/** The answer given in place of the service's own, or undefined when the fault is not of that sort. */
export function answerOf(fault: Fault, call: Call, clock: Clock): Reply | undefined {
  switch (fault.kind) {
    case 'throttle':
      return throttled(fault, call, clock)
    case 'status':
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' }
    case 'unavailable-html':
      return htmlReply(503, 'Service Unavailable')
    case 'empty-500':
      return { status: 500, body: '' }
    case 'bad-gateway':
      return htmlReply(502, 'Bad Gateway')
    case 'gateway-timeout':
      return htmlReply(504, 'Gateway Timeout')
    case 'activity-error':
      return activityError(fault.code, 'Injected by a fault rule.', fault.status)
    default:
      return refusalOf(fault, call, clock)
  }
}

function refusalOf(fault: Fault, call: Call, clock: Clock): Reply | undefined {
  switch (fault.kind) {
    case 'claims-challenge':
      return claimsChallenge(call, clock)
    case 'unauthorized':
      return graphError(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.', clock)
    case 'consent-revoked':
      return graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', clock)
    case 'secret-expired':
      return entraError(7000222, 'The provided client secret keys for app are expired.', clock)
    case 'expand-500':
      return graphError(500, 'InternalServerError', 'An internal server error has occurred.', clock)
    default:
      return undefined
  }
}

function throttled(fault: Extract<Fault, { kind: 'throttle' }>, call: Call, clock: Clock): Reply {
  const headers = retryAfterHeader(fault.seconds ?? 2, fault.retryAfter ?? 'seconds', clock)
  if (call.service === 'manage') return { ...activityError('AF429', 'Too many requests.', 429), headers }
  if (call.service === 'login') {
    const busy = entraError(90055, 'Server is terminating the request due to excessive request rate.', clock)
    return { ...busy, status: 429, headers: { ...busy.headers, ...headers } }
  }
  const { body = '', status } = graphError(429, 'TooManyRequests', 'Too many requests.', clock)
  return { status, body, headers: { 'content-type': 'application/json', ...headers } }
}

// Continuous access evaluation: the claims to ask a new token with are base64 JSON in the header
// ("Claims challenges, claims requests and client capabilities").
function claimsChallenge(call: Call, clock: Clock): Reply {
  const notBefore = { essential: true, value: String(Math.floor(clock.now() / 1000)) }
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: notBefore } })).toString('base64')
  const challenge = [
    'Bearer realm=""',
    `authorization_uri="${call.base}/common/oauth2/authorize"`,
    'error="insufficient_claims"',
    `claims="${claims}"`,
  ].join(', ')
  const body = {
    error: { code: 'InvalidAuthenticationToken', message: 'Continuous access evaluation resulted in challenge.' },
  }
  return jsonReply(401, body, { 'www-authenticate': challenge })
}
