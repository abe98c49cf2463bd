import { cefKeys } from '@siembridge/formats'
import type { CefItem, FlatItem, TypePlan } from '@siembridge/engine/plans'

/** One token of a generated parser. */
export interface PlannedToken {
  readonly name: string
  readonly type: 'String' | 'Integer' | 'Long' | 'IPAddress'
  readonly location: string
}

/** One line of a generated parser, and where its value comes from. */
export interface PlannedMapping {
  readonly field: string
  readonly expression: string
  readonly tokens: readonly PlannedToken[]
  /** What the report calls the value: a normalised field, or a key of the flat form that every event has. */
  readonly from: string
}

export const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`

export const constant = (field: string, text: string, from: string): PlannedMapping => ({
  field,
  expression: `__stringConstant(${quoted(text)})`,
  tokens: [],
  from,
})

const token = (location: string, type: PlannedToken['type'] = 'String'): PlannedToken => ({
  name: location,
  type,
  location,
})

/** The first of the keys that holds something. */
export function firstOf(field: string, from: string, ...keys: readonly string[]): PlannedMapping {
  const [only, ...more] = keys
  const expression = more.length === 0 ? (only ?? '') : `__oneOf(${keys.join(',')})`
  return { field, expression, tokens: keys.map((key) => token(key)), from }
}

export const typedToken = (field: string, from: string, key: string, type: PlannedToken['type']): PlannedMapping => ({
  field,
  expression: key,
  tokens: [token(key, type)],
  from,
})

export const timeOf = (field: string, from: string, key: string): PlannedMapping => ({
  field,
  expression: `__longToTimeStamp(${key})`,
  tokens: [token(key, 'Long')],
  from,
})

/** Keys of CEF for IPv6, by those for IPv4; CEF itself has IPv4 alone there. */
const sixth: Readonly<Record<string, readonly [key: string, label: string]>> = {
  src: ['c6a2', 'Source IPv6 Address'],
  dst: ['c6a3', 'Destination IPv6 Address'],
  dvc: ['c6a1', 'Device IPv6 Address'],
}

const eventField = (key: string): string => cefKeys[key]?.field ?? key

/** The lines that bring one column of CEF out of the flat form; none where FlexConnector has no type for it. */
export function columnMappings(item: CefItem, flat: FlatItem): readonly PlannedMapping[] {
  const mappings = valueMappings(item, flat)
  if (mappings.length === 0 || item.label === undefined) return mappings
  return [...mappings, constant(`${eventField(item.key)}Label`, item.label, item.field)]
}

function valueMappings(
  { key, as, field: from }: CefItem,
  { key: flatKey, many, type }: FlatItem,
): readonly PlannedMapping[] {
  const field = eventField(key)
  switch (as) {
    case 'time':
      return [timeOf(field, from, `${flatKey}_ms`)]
    case 'address':
      return addressMappings(key, from, many ? `${flatKey}_cef` : flatKey)
    case 'direction':
      return [typedToken(field, from, `${flatKey}_cef`, 'Integer')]
    case 'number':
      return numberMappings(key, field, from, many ? `${flatKey}_cef` : flatKey)
    case 'externalId':
      return [
        firstOf(field, from, `${flatKey}_cef`, flatKey),
        firstOf(eventField('cs6'), from, `${flatKey}_long`),
        constant(`${eventField('cs6')}Label`, 'recordId', from),
      ]
    case 'list':
      return [firstOf(field, from, `${flatKey}_cut`, flatKey)]
    case 'text':
      return [
        type === 'boolean' && !many ? firstOf(field, from, flatKey) : firstOf(field, from, `${flatKey}_cef`, flatKey),
      ]
  }
}

function numberMappings(key: string, field: string, from: string, flatKey: string): readonly PlannedMapping[] {
  const type = cefKeys[key]?.type
  if (type === 'integer') return [typedToken(field, from, flatKey, 'Integer')]
  return type === 'long' ? [typedToken(field, from, flatKey, 'Long')] : []
}

function addressMappings(key: string, from: string, flatKey: string): readonly PlannedMapping[] {
  const own = sixth[key]
  const four = typedToken(eventField(key), from, `${flatKey}_v4`, 'IPAddress')
  if (!own) return [four]
  const six = eventField(own[0])
  return [four, typedToken(six, from, `${flatKey}_v6`, 'IPAddress'), constant(`${six}Label`, own[1], from)]
}

/** Containers that hold most of a record: as text they are longer than anything that shows them. */
const bulky: ReadonlySet<string> = new Set(['microsoft.entities', 'microsoft.properties'])

/** Fields that have no column of their own but can go out as additional data, by the keys of the flat form. */
export const additionalFields = ({ flat }: TypePlan, carried: ReadonlySet<string>): readonly FlatItem[] =>
  flat.filter(({ field }) => !bulky.has(field) && !carried.has(field))
