/**
 * The grammar of log source extensions, as far as it is documented. IBM publishes no schema; the sources are the pages of the
 * DSM Configuration Guide on patterns, match groups, matchers and modifiers, and files that the DSM Editor exported.
 */

/** Namespace of the root element; it is a name, not an address. Everything below the root is in no namespace. */
export const lsxNamespace = 'event_parsing/device_extension'

/** What the value of a field must be, or QRadar leaves the field empty. */
export type FieldKind = 'text' | 'ipv4' | 'ipv6' | 'port' | 'mac' | 'time' | 'protocol'

/** Every name that the attribute `field` may have ("List of valid matcher field names"). */
export const lsxFields = {
  EventName: 'text',
  EventCategory: 'text',
  DeviceTime: 'time',
  SourceIp: 'ipv4',
  SourceIpv6: 'ipv6',
  SourcePort: 'port',
  SourceIpPreNAT: 'ipv4',
  SourceIpPostNAT: 'ipv4',
  SourcePortPreNAT: 'port',
  SourcePortPostNAT: 'port',
  SourceMAC: 'mac',
  DestinationIp: 'ipv4',
  DestinationIpv6: 'ipv6',
  DestinationPort: 'port',
  DestinationIpPreNAT: 'ipv4',
  DestinationIpPostNAT: 'ipv4',
  DestinationPortPreNAT: 'port',
  DestinationPortPostNAT: 'port',
  DestinationMAC: 'mac',
  Protocol: 'protocol',
  UserName: 'text',
  HostName: 'text',
  GroupName: 'text',
  NetBIOSName: 'text',
  IdentityIp: 'ipv4',
  IdentityIpv6: 'ipv6',
  IdentityMac: 'mac',
  ExtraIdentityData: 'text',
} as const satisfies Readonly<Record<string, FieldKind>>

export type LsxField = keyof typeof lsxFields
export const isLsxField = (name: string): name is LsxField => Object.hasOwn(lsxFields, name)

/** What the text of a pattern is. `XmlPath` is named nowhere that can be read, and is not evaluated. */
export const patternTypes = [
  'JavaPattern',
  'JsonKeypath',
  'LeefKey',
  'CefKey',
  'NameValuePairKey',
  'GenericListKey',
] as const
export type PatternType = (typeof patternTypes)[number]

/** How an attribute's value is checked. */
export type AttributeKind = 'text' | 'whole' | 'boolean' | 'date' | 'identity'

export interface AttributeRule {
  readonly kind: AttributeKind
  readonly required?: true
}

const required = { required: true } as const
const text = { kind: 'text' } as const
const whole = { kind: 'whole' } as const
const boolean = { kind: 'boolean' } as const

const matcher = {
  field: { ...text, ...required },
  'pattern-id': { ...text, ...required },
  order: { ...whole, ...required },
  'enable-substitutions': boolean,
  'ext-data': { kind: 'date' },
} as const

const modifier = {
  'device-event-category': text,
  severity: whole,
  'send-identity': { kind: 'identity' },
  'force-qidmap-lookup-on-fixup': boolean,
} as const

type Attributes = Readonly<Record<string, AttributeRule>>

/** Matchers by element, with the type of pattern that each reads. */
export const matchers = {
  matcher: { pattern: 'JavaPattern', attributes: { ...matcher, 'capture-group': text } },
  'json-matcher': { pattern: 'JsonKeypath', attributes: matcher },
  'leef-matcher': { pattern: 'LeefKey', attributes: matcher },
  'cef-matcher': { pattern: 'CefKey', attributes: matcher },
  'namevaluepair-matcher': {
    pattern: 'NameValuePairKey',
    attributes: { ...matcher, 'delimiter-pair': text, 'delimiter-namevalue': text },
  },
  'genericlist-matcher': { pattern: 'GenericListKey', attributes: { ...matcher, delimiter: text } },
} as const satisfies Readonly<Record<string, { readonly pattern: PatternType; readonly attributes: Attributes }>>

export type MatcherKind = keyof typeof matchers
export const isMatcherKind = (name: string): name is MatcherKind => Object.hasOwn(matchers, name)

/** Attributes of every other element. */
export const elements = {
  'device-extension': {},
  pattern: {
    id: { ...text, ...required },
    type: text,
    'case-insensitive': boolean,
    'trim-whitespace': boolean,
    'use-default-pattern': boolean,
  },
  'match-group': {
    order: { ...whole, ...required },
    description: text,
    'device-type-id-override': whole,
  },
  'event-match-single': { 'event-name': { ...text, ...required }, ...modifier },
  'event-match-multiple': { 'pattern-id': { ...text, ...required }, 'capture-group-index': whole, ...modifier },
} as const satisfies Readonly<Record<string, Attributes>>

export const attributesOf = (element: string): Attributes | undefined =>
  isMatcherKind(element)
    ? matchers[element].attributes
    : (elements as Readonly<Record<string, Attributes | undefined>>)[element]

export const identities = ['UseDSMResults', 'SendIfAbsent', 'OverrideAndAlwaysSend', 'OverrideAndNeverSend'] as const
export type Identity = (typeof identities)[number]
