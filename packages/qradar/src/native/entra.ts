import type { EventView, Inspected } from '@siembridge/engine/inspect'
import { isObject, type Json, JsonNumber, type JsonObject, parseJson } from '@siembridge/engine/json'

/** Category of the diagnostic settings, and the operation that the envelope names, by log type and kind. */
const envelopes: Readonly<Record<string, readonly [category: string, operation: string]>> = {
  'entra.sign-in/interactive': ['SignInLogs', 'Sign-in activity'],
  'entra.sign-in/non-interactive': ['NonInteractiveUserSignInLogs', 'Sign-in activity'],
  'entra.sign-in/service-principal': ['ServicePrincipalSignInLogs', 'Sign-in activity'],
  'entra.sign-in/managed-identity': ['ManagedIdentitySignInLogs', 'Sign-in activity'],
  'entra.sign-in/ad-fs': ['ADFSSignInLogs', 'Sign-in activity'],
  'entra.directory-audit': ['AuditLogs', ''],
  'entra.provisioning': ['ProvisioningLogs', 'Provisioning activity'],
  'entra.risky-user': ['RiskyUsers', 'User risk'],
  'entra.risky-user/principal': ['RiskyServicePrincipals', 'Service principal risk'],
  'entra.risk-detection': ['UserRiskEvents', 'User Risk Detection'],
  'entra.risk-detection/principal': ['ServicePrincipalRiskEvents', 'Service principal risk detection'],
}

export const entraTypes = [...new Set(Object.keys(envelopes).map((key) => key.replace(/\/.*/, '')))]

/** Category and operation of every envelope of a log type. */
export const envelopesOf = (type: string): (readonly [category: string, operation: string])[] =>
  Object.entries(envelopes)
    .filter(([key]) => key === type || key.startsWith(`${type}/`))
    .map(([, envelope]) => envelope)

function envelopeOf(view: EventView): readonly [category: string, operation: string] {
  const kind = view.fields.get('microsoft.sign_in.kind')?.[0]
  const principal = view.signature.id.includes('service-principal') || view.fields.has('microsoft.service_principal.id')
  const key = kind === undefined ? (principal ? `${view.type}/principal` : view.type) : `${view.type}/${kind}`
  return envelopes[key] ?? envelopes[view.type] ?? ['AuditLogs', '']
}

/**
 * The record in the envelope of the diagnostic settings, as an Event Hub delivers it, one record a message. A record of Graph
 * gets one; one that has an envelope keeps its members, with the category of its log and `properties` as an object.
 */
export function entraPayload(view: EventView, { text }: Inspected): JsonObject {
  const record = parseJson(text) as JsonObject
  const inner = nestedObject(member(record, 'properties'))
  const [category, operation] = envelopeOf(view)
  const name = operation === '' ? (view.fields.get('microsoft.operation')?.[0] ?? view.signature.id) : operation
  if (inner && member(record, 'category') !== undefined) return kept(record, inner, category, view)
  const tenant = view.tenant === '' ? '' : `/tenants/${view.tenant}`
  const result =
    view.fields.get('event.code')?.[0] ?? (view.fields.get('event.outcome')?.[0] === 'success' ? '0' : undefined)
  return new Map<string, Json>([
    ...optional('time', view.time && `${view.time.slice(0, 23)}Z`),
    ['resourceId', `${tenant}/providers/Microsoft.aadiam`],
    ['operationName', activityOf(record) ?? name],
    ['operationVersion', '1.0'],
    ['category', category],
    ...optional('tenantId', view.tenant),
    ...optional('resultType', result),
    ['resultSignature', 'None'],
    ['durationMs', new JsonNumber('0')],
    ...optional('callerIpAddress', view.fields.get('source.ip')?.[0]),
    ...optional('correlationId', view.fields.get('microsoft.correlation_id')?.[0]),
    ['level', 'Informational'],
    ['properties', record],
  ])
}

const optional = (key: string, value: string | undefined): [string, Json][] =>
  value === undefined || value === '' ? [] : [[key, value]]

const activityOf = (record: JsonObject): string | undefined => {
  const name = member(record, 'activityDisplayName')
  return typeof name === 'string' ? name : undefined
}

const categories = new Set(Object.values(envelopes).map(([category]) => category))

function kept(record: JsonObject, properties: JsonObject, otherwise: string, { time }: EventView): JsonObject {
  const own = member(record, 'category')
  const category = typeof own === 'string' && categories.has(own) ? own : otherwise
  const changed = new Map<string, Json>()
  for (const [key, value] of record) {
    const lower = key.toLowerCase()
    if (lower === 'category') changed.set('category', category)
    else if (lower === 'properties') changed.set('properties', properties)
    else if (lower === 'time' && time !== undefined) changed.set('time', `${time.slice(0, 23)}Z`)
    else changed.set(lower === 'operationname' ? 'operationName' : key, value)
  }
  return changed
}

/** A member by its name in any case. */
function member(record: JsonObject, name: string): Json | undefined {
  const exact = record.get(name)
  if (exact !== undefined) return exact
  for (const [key, value] of record) if (key.toLowerCase() === name.toLowerCase()) return value
  return undefined
}

function nestedObject(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value
  if (typeof value !== 'string') return undefined
  try {
    const parsed = parseJson(value)
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
