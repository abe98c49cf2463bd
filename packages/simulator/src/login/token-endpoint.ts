import { setTimeout as delay } from 'node:timers/promises'
import { retryAfterHeader } from '../faults/retry-after.ts'
import { jsonReply } from '../http/call.ts'
import { audienceOf } from './audience.ts'
import { refuseAssertion } from './assertion.ts'
import { rolesOf } from './directory.ts'
import { entraError } from './errors.ts'
import type { Clock } from '../clock.ts'
import type { Call, Reply } from '../http/call.ts'
import type { LoginScenario, RetryAfterForm, SecretScenario } from '../scenario.ts'
import type { Throttle } from '../throttle.ts'
import type { Audience, Application, Directory, Tenant } from './directory.ts'
import type { Refusal } from './assertion.ts'
import type { AudiencePorts } from './audience.ts'
import type { TokenCounts } from './token-counts.ts'
import type { Tokens } from './tokens.ts'

/** What the token endpoint works with. */
export interface LoginContext {
  readonly clock: Clock
  readonly directory: Directory
  readonly tokens: Tokens
  readonly counts: TokenCounts
  readonly options: LoginScenario
  readonly ports: AudiencePorts
  readonly throttle: Throttle
  readonly retryAfter: RetryAfterForm
}

/** `POST /{tenant}/oauth2/v2.0/token`, client credentials flow. */
export async function tokenReply(call: Call, tenantName: string, context: LoginContext): Promise<Reply> {
  const form = new URLSearchParams(call.body.toString())
  const [clientId, scope] = [form.get('client_id') ?? '', form.get('scope') ?? form.get('resource') ?? '']
  Object.assign(call.entry, { tenant: tenantName, clientId })
  const done = context.counts.begin(clientId, scope)
  const wait = context.throttle.refuse('token', clientId)
  await delay(context.options.delayMs ?? 20)
  const reply = wait === undefined ? judge(call, form, tenantName, context) : throttled(wait, context)
  done(reply.status === 200)
  return reply
}

function throttled(seconds: number, { clock, retryAfter }: LoginContext): Reply {
  const reply = entraError(90055, 'Server is terminating the request due to excessive request rate.', clock)
  return { ...reply, status: 429, headers: { ...reply.headers, ...retryAfterHeader(seconds, retryAfter, clock) } }
}

function judge(call: Call, form: URLSearchParams, tenantName: string, context: LoginContext): Reply {
  const { clock, directory } = context
  const tenant = directory.find(tenantName)
  if (!tenant)
    return entraError(
      90002,
      `Tenant '${tenantName}' not found. Check to make sure you have the correct tenant ID.`,
      clock,
    )
  if (form.get('grant_type') !== 'client_credentials') {
    return entraError(70003, 'The app requested an unsupported grant type.', clock)
  }
  const clientId = form.get('client_id') ?? ''
  const application = tenant.applications.get(clientId)
  if (!application)
    return entraError(700016, `Application with identifier '${clientId}' was not found in the directory.`, clock)
  const refusal = refuseCredential(call, form, application, clock)
  if (refusal) return entraError(refusal.code, refusal.message, clock)
  return grant(form, tenant, application, context)
}

function refuseCredential(
  call: Call,
  form: URLSearchParams,
  application: Application,
  clock: Clock,
): Refusal | undefined {
  const assertion = form.get('client_assertion')
  if (assertion !== null) return refuseAssertion(assertion, application, `${call.base}${call.path}`, Date.now())
  const given = form.get('client_secret')
  if (given === null) {
    return {
      code: 7000216,
      message: "'client_assertion', 'client_secret' or 'request' is required for the grant type.",
    }
  }
  return refuseSecret(
    application.secrets.find(({ value }) => value === given),
    application.clientId,
    clock,
  )
}

function refuseSecret(secret: SecretScenario | undefined, clientId: string, clock: Clock): Refusal | undefined {
  if (!secret) {
    const advice = 'Ensure the secret being sent in the request is the client secret value, not the client secret ID'
    return {
      code: 7000215,
      message: `Invalid client secret provided. ${advice}, for a secret added to app '${clientId}'.`,
    }
  }
  if (secret.expires === undefined || Date.parse(secret.expires) > clock.now()) return undefined
  return { code: 7000222, message: `The provided client secret keys for app '${clientId}' are expired.` }
}

function grant(form: URLSearchParams, tenant: Tenant, application: Application, context: LoginContext): Reply {
  const scope = form.get('scope') ?? ''
  if (!scope.endsWith('/.default')) {
    return entraError(
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
      context.clock,
    )
  }
  const audience = audienceOf(scope.slice(0, -'/.default'.length), context.ports)
  if (!audience)
    return entraError(500011, `The resource principal named ${scope} was not found in the tenant.`, context.clock)
  const seconds = context.options.tokenSeconds ?? 3599
  const token = issueToken(audience, tenant, application, context)
  return jsonReply(
    200,
    { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token },
    { 'cache-control': 'no-store, no-cache' },
  )
}

/** A token with the permissions of that API that the application has consent for now. */
export function issueToken(
  audience: Audience,
  tenant: Tenant,
  application: Application,
  context: LoginContext,
): string {
  const seconds = context.options.tokenSeconds ?? 3599
  const roles = rolesOf[audience].filter((role) => application.roles.has(role))
  const expires = Date.now() + seconds * 1000
  return context.tokens.issue({ audience, tenant: tenant.scenario.id, clientId: application.clientId, roles, expires })
}
