import { leefLine } from '@siembridge/formats'
import { leefSeverity } from '@siembridge/engine/lines'
import type { EventView, Inspected } from '@siembridge/engine/inspect'
import { isObject, type Json, type JsonObject, parseJson } from '@siembridge/engine/json'

const one = (view: EventView, field: string): string | undefined => view.fields.get(field)?.[0]

/** The operation as Event Hubs write it: in capitals, which QRadar's mapping is exact about. */
export const activityOperation = (operation: string): string => operation.toUpperCase()

/** The activity log as Azure Log Integration wrote it (sample of "Microsoft Azure Platform"): LEEF 1.0. */
export function activityLeef(view: EventView): string {
  const operation = activityOperation(one(view, 'microsoft.operation') ?? view.signature.id)
  return leefLine(
    {
      version: '1.0',
      vendor: 'Microsoft',
      product: 'Azure Resource Manager',
      deviceVersion: '1.0',
      eventId: operation,
    },
    [
      ...(view.time === undefined
        ? []
        : [['devTime', azLogTime(view.time)] as const, ['devTimeFormat', 'MMM dd yyyy HH:mm:ss'] as const]),
      ['cat', providerOf(operation)],
      ['src', one(view, 'source.ip') ?? ''],
      ['usrName', one(view, 'user.name') ?? ''],
      ['sev', String(leefSeverity[view.severity])],
      ['resource', one(view, 'microsoft.resource.name') ?? ''],
      ['resourceGroup', one(view, 'microsoft.resource.group') ?? ''],
      ['description', view.signature.name],
    ],
  )
}

export const providerOf = (operation: string): string => operation.split('/')[0] ?? operation

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const azLogTime = (iso: string): string =>
  `${months[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(8, 10)} ${iso.slice(0, 4)} ${iso.slice(11, 19)}`

/** The activity log as diagnostic JSON. A record of the REST API gets the members that Event Hubs send. */
export function activityJson(view: EventView, { text }: Inspected): JsonObject {
  const record = parseJson(text) as JsonObject
  const operation = activityOperation(one(view, 'microsoft.operation') ?? view.signature.id)
  const time = view.time === undefined ? undefined : `${view.time.slice(0, 23)}Z`
  if (typeof record.get('operationName') === 'string')
    return new Map<string, Json>(
      [...record].map(([key, value]) =>
        key === 'operationName' ? [key, operation] : key === 'time' && time !== undefined ? [key, time] : [key, value],
      ),
    )
  return new Map<string, Json>([
    ...optional('time', time),
    ...optional('resourceId', one(view, 'microsoft.resource.id')),
    ['operationName', operation],
    ...optional('category', one(view, 'microsoft.category')),
    ...optional('resultType', one(view, 'microsoft.result')),
    ...optional('resultSignature', one(view, 'microsoft.result_signature')),
    ...optional('callerIpAddress', one(view, 'source.ip')),
    ...optional('correlationId', one(view, 'microsoft.correlation_id')),
    ...identityOf(record),
    ...optional('level', one(view, 'log.level')),
    ...propertiesOf(record),
  ])
}

const optional = (key: string, value: string | undefined): [string, Json][] =>
  value === undefined ? [] : [[key, value]]

function identityOf(record: JsonObject): [string, Json][] {
  const parts = (['authorization', 'claims'] as const).flatMap((key): [string, Json][] => {
    const value = record.get(key)
    return isObject(value) ? [[key, value]] : []
  })
  return parts.length === 0 ? [] : [['identity', new Map(parts)]]
}

const propertiesOf = (record: JsonObject): [string, Json][] => {
  const value = record.get('properties')
  return value === undefined || value === null ? [] : [['properties', value]]
}
