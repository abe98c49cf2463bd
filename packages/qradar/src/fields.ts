import { flatKey } from '@siembridge/engine/plans'
import type { LsxField } from './lsx/grammar.ts'

/**
 * The QRadar column of the dictionary: which field of the normalised event a field goes to, best candidate first. An address
 * has a field by its family. Every dictionary field beside these is a custom event property.
 */
export const lsxFieldOf: readonly (readonly [field: string, lsx: LsxField, family?: 'v4' | 'v6'])[] = [
  ['source.ip', 'SourceIp', 'v4'],
  ['source.ip', 'SourceIpv6', 'v6'],
  ['destination.ip', 'DestinationIp', 'v4'],
  ['destination.ip', 'DestinationIpv6', 'v6'],
  ['source.port', 'SourcePort'],
  ['destination.port', 'DestinationPort'],
  ['source.nat.ip', 'SourceIpPostNAT', 'v4'],
  ['source.nat.port', 'SourcePortPostNAT'],
  ['destination.nat.ip', 'DestinationIpPostNAT', 'v4'],
  ['destination.nat.port', 'DestinationPortPostNAT'],
  ['source.mac', 'SourceMAC'],
  ['destination.mac', 'DestinationMAC'],
  ['network.transport', 'Protocol'],
  ['user.name', 'UserName'],
  ['user.email', 'UserName'],
  ['email.from.address', 'UserName'],
  ['email.sender.address', 'UserName'],
]

/** Why fields of an event that QRadar normalises are left empty. */
export const lsxWithout: Readonly<Record<string, string>> = {
  HostName: 'an identity field: cloud events must not make assets',
  GroupName: 'an identity field: the groups of events are those that were changed',
  NetBIOSName: 'an identity field',
  IdentityIp: 'an identity field',
  IdentityIpv6: 'an identity field',
  IdentityMac: 'an identity field',
  ExtraIdentityData: 'an identity field',
  SourceIpPreNAT: 'the address itself is in SourceIp',
  SourcePortPreNAT: 'the port itself is in SourcePort',
  DestinationIpPreNAT: 'the address itself is in DestinationIp',
  DestinationPortPreNAT: 'the port itself is in DestinationPort',
}

/** Fields whose every value is held by the normalised event, whatever else it holds. */
const whole = new Set(['source.ip', 'destination.ip', 'source.port', 'destination.port', 'user.name'])

/** Whether a field needs a property: where the normalised event may hold another field, or cannot hold such a value. */
export const needsProperty = (field: string): boolean => !whole.has(field)

/** Fields that rules ask for first: parsed when an event is received, which costs events a second. */
const forRules = new Set([
  'event.outcome',
  'event.action',
  'user.target.name',
  'group.name',
  'organization.id',
  'microsoft.app.name',
  'microsoft.alert.id',
  'file.hash.sha256',
  'microsoft.risk.level',
])

export const isForRules = (field: string): boolean => forRules.has(field)

/** Keys of ours in every event, with the words that their properties are called by. */
export const ownKeys: Readonly<Record<string, string>> = {
  sb_event_id: 'Bridge Event Id',
  sb_type: 'Log Type',
  sb_severity: 'Severity Level',
  sb_signature_name: 'Event Title',
  sb_name: 'Event Title',
  sb_category: 'Source Category',
}

/**
 * Name of the custom event property of a key. Names are global in QRadar: ours begin with `SB`, and consist of letters, digits
 * and spaces.
 */
export function propertyName(key: string): string {
  const own = ownKeys[key]
  if (own !== undefined) return `SB ${own}`
  const words = key.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  return `SB ${words.join(' ')}`
}

/** Name of the property of a predefined LEEF key, which stands for different fields in different events. */
export const leefPropertyName = (key: string): string => `SB LEEF ${key}`

/** Where a dictionary field arrives, for lists and documents. */
export function qradarPlacement(field: string): string {
  const into = lsxFieldOf.filter(([name]) => name === field).map(([, lsx]) => lsx)
  const property = needsProperty(field) ? [`"${propertyName(flatKey(field))}" (custom)`] : []
  return [...into, ...property].join(', ')
}
