import { isObject, type Json, JsonNumber, type JsonObject, printJson } from '@siembridge/engine/json'

/** Parsed by the shipped DSMs, or what makes an event recognisable: never dropped. */
const needed = new Set([
  'time',
  'operationName',
  'category',
  'callerIpAddress',
  'resourceId',
  'correlationId',
  'tenantId',
  'result',
  'userPrincipalName',
  'ipAddress',
  'displayName',
  'id',
  'CreationTime',
  'Id',
  'Operation',
  'Workload',
  'RecordType',
  'UserId',
  'UserKey',
  'ClientIP',
  'ActionType',
  'Timestamp',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
])

/** Dropped before anything else, in this order: what people look up elsewhere. */
export const bulky = [
  'appliedConditionalAccessPolicies',
  'authenticationProcessingDetails',
  'networkLocationDetails',
  'sessionLifetimePolicies',
  'authenticationRequirementPolicies',
  'authenticationDetails',
  'modifiedProperties',
  'additionalDetails',
  'authorization',
  'AdditionalFields',
  'ExtendedProperties',
  'DeviceProperties',
  'RawEventData',
  'Entities',
  'entities',
  'evidence',
]

interface Place {
  readonly path: readonly string[]
  readonly bytes: number
  readonly rank: number
}

/**
 * A record in at most `maxBytes`: whole members go, the bulky ones first, then the longest one first, never one that the
 * DSMs parse; what is left is JSON, and says `"sb_truncated":1`. Longer where only needed members are left.
 */
export function shrinkRecord(record: JsonObject, maxBytes: number): string {
  let text = printJson(record)
  if (maxBytes === 0 || Buffer.byteLength(text) <= maxBytes) return text
  let left: JsonObject = new Map([...record, ['sb_truncated', new JsonNumber('1')]])
  for (const { path } of places(record).toSorted((a, b) => a.rank - b.rank || b.bytes - a.bytes)) {
    left = without(left, path)
    text = printJson(left)
    if (Buffer.byteLength(text) <= maxBytes) return text
  }
  return text
}

/** Members that may go, inner ones beside the whole that they stand in, where nothing needed stands inside. */
function places(record: JsonObject, path: readonly string[] = []): Place[] {
  return [...record].flatMap(([name, value]) => {
    const here = [...path, name]
    if (isNeeded(here)) return []
    const inside = isObject(value) ? places(value, here) : []
    if (holdsNeeded(value, here)) return inside
    const at = bulky.indexOf(name)
    return [...inside, { path: here, bytes: Buffer.byteLength(printJson(value)), rank: at < 0 ? bulky.length : at }]
  })
}

/** The DSMs read the record, its properties, and deeper who did it; elsewhere a name is one of many. */
const isNeeded = (path: readonly string[]): boolean =>
  needed.has(path.at(-1) ?? '') && (path.length <= 2 || path.includes('initiatedBy') || path.includes('claims'))

const holdsNeeded = (value: Json, path: readonly string[]): boolean =>
  isObject(value) &&
  [...value].some(([name, inner]) => isNeeded([...path, name]) || holdsNeeded(inner, [...path, name]))

function without(record: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const value = record.get(name)
  if (rest.length > 0 && isObject(value))
    return new Map([...record].map(([key, v]) => (key === name ? [key, without(value, rest)] : [key, v])))
  return new Map([...record].filter(([key]) => key !== name))
}
