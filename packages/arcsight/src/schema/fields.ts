import { cefHeaderMax, cefKeys, type CefType } from '@siembridge/formats'

/** Types of tokens, of what operations give, and of event fields. */
export type ValueType = 'String' | 'Integer' | 'Long' | 'Float' | 'TimeStamp' | 'IPAddress' | 'MacAddress'

/** One field of an ArcSight event that a parser may assign. */
export interface EventField {
  readonly type: ValueType
  /** Characters that the column holds. */
  readonly max?: number
  /** Its key in the extension of CEF. */
  readonly key?: string
}

const typeOf: Readonly<Record<CefType, ValueType>> = {
  string: 'String',
  long: 'Long',
  integer: 'Integer',
  float: 'Float',
  time: 'TimeStamp',
  ip: 'IPAddress',
  ipv6: 'IPAddress',
  mac: 'MacAddress',
}

const text = (max: number): EventField => ({ type: 'String', max })

/** What the header of CEF holds; the lengths are not confirmed by a published page. */
const headerFields: Readonly<Record<string, EventField>> = {
  deviceVendor: text(cefHeaderMax.vendor),
  deviceProduct: text(cefHeaderMax.product),
  deviceVersion: text(cefHeaderMax.version),
  deviceEventClassId: text(cefHeaderMax.classId),
  name: text(cefHeaderMax.name),
}

/** In the event schema, but with no key in CEF. */
const otherFields: Readonly<Record<string, EventField>> = { cryptoSignature: text(512) }

/** Every assignable field (CEF revision 25; FlexConnector Developer's Guide, "Built-in Event Field Mappings"), by name. */
export const eventFields: ReadonlyMap<string, EventField> = new Map([
  ...Object.entries(headerFields),
  ...Object.entries(cefKeys).map(([key, { field, type, max }]): [string, EventField] => [
    field,
    { type: typeOf[type], key, ...(max !== undefined && { max }) },
  ]),
  ...Object.entries(otherFields),
])

/** Set by the connector itself, or in no published table although published parsers assign it: what becomes of it is not known. */
export const undocumentedFields: ReadonlySet<string> = new Set(
  (
    'priority originator deviceEventId sessionId requestUrlHost requestUrlQuery requestUrlFileName requestProtocol ' +
    'finalDeviceAddress destinationGeoCountryCode sourceGeoCountryCode targetUserName targetHostName targetProcessName ' +
    'categoryCustomFormatField agentSeverity agentAddress agentHostName agentReceiptTime eventId'
  ).split(' '),
)

/** `deviceCustomString1` for `deviceCustomString1Label`, and undefined for anything but a label. */
export const labelled = (field: string): string | undefined =>
  field.endsWith('Label') ? field.slice(0, -'Label'.length) : undefined

/** Whether a field has a label that must go with it. */
export const hasLabel = (field: string): boolean => eventFields.has(`${field}Label`)
