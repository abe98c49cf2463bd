import type { LsxDocument, MatcherRow, PatternRow } from '../lsx/write.ts'
import { keypathText } from '../lsx/keypath.ts'
import { timeFormat } from '../generate/forms.ts'

/** A parser that IBM ships, as far as its page in the DSM Configuration Guide and the samples there tell what it reads. */
export interface Dsm {
  readonly key: string
  /** Name of the log source type. */
  readonly name: string
  /** Id that a console is known to give it; absent where none was ever published. */
  readonly idHint?: number
  /** Our reading of it, in the language of extensions. What the samples do not show is not in it. */
  readonly reading: LsxDocument
}

const json = (field: MatcherRow['field'], pattern: string, substitutions?: true): MatcherRow => ({
  kind: 'json-matcher',
  field,
  pattern,
  ...(substitutions && { substitutions }),
})

const regex = (field: MatcherRow['field'], pattern: string, group: string): MatcherRow => ({
  kind: 'matcher',
  field,
  pattern,
  group,
})

const path = (id: string, ...members: readonly string[]): PatternRow => ({
  id,
  type: 'JsonKeypath',
  text: keypathText(...members),
})

const pattern = (id: string, text: string): PatternRow => ({ id, type: 'JavaPattern', text })

const stamp = String.raw`(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})`

/** A time of a member by name, with three digits or more, or none. */
const timeOf = (member: string): Pick<LsxDocument, 'patterns' | 'matchers'> => ({
  patterns: [
    pattern('time-fraction', `"${member}"\\s*:\\s*"${stamp}\\.(\\d{3})\\d*(?:Z|\\+00:00)?"`),
    pattern('time-seconds', `"${member}"\\s*:\\s*"${stamp}(?:\\.\\d{1,2})?(?:Z|\\+00:00)?"`),
  ],
  matchers: [
    {
      kind: 'matcher',
      field: 'DeviceTime',
      pattern: 'time-fraction',
      group: '\\1.\\2+0000',
      substitutions: true,
      dateFormat: timeFormat,
    },
    {
      kind: 'matcher',
      field: 'DeviceTime',
      pattern: 'time-seconds',
      group: '\\1.000+0000',
      substitutions: true,
      dateFormat: timeFormat,
    },
  ],
})

const ipv4 = String.raw`(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})`
const ipv6 = String.raw`([0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)`

/** An address of a member by name; a port behind it goes. */
const addressOf = (member: string): Pick<LsxDocument, 'patterns' | 'matchers'> => ({
  patterns: [
    pattern('address-4', `"${member}"\\s*:\\s*"${ipv4}(?::\\d+)?"`),
    pattern('address-6', `"${member}"\\s*:\\s*"\\[?${ipv6}(?:\\]:\\d+)?"`),
  ],
  matchers: [regex('SourceIp', 'address-4', '1'), regex('SourceIpv6', 'address-6', '1')],
})

function reading(description: string, ...parts: readonly Pick<LsxDocument, 'patterns' | 'matchers'>[]): LsxDocument {
  return {
    description,
    patterns: parts.flatMap((part) => part.patterns),
    matchers: parts.flatMap((part) => part.matchers),
    identity: 'UseDSMResults',
  }
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

export const dsms = {
  'azure-platform': {
    key: 'azure-platform',
    name: 'Microsoft Azure Platform',
    idHint: 413,
    reading: reading(
      'Microsoft Azure Platform: activity log as JSON',
      {
        patterns: [
          path('operation', 'operationName'),
          path('category', 'category'),
          path('upn', 'identity', 'claims', `${claims}/upn`),
          path('name', 'identity', 'claims', `${claims}/name`),
        ],
        matchers: [
          json('EventName', 'operation'),
          json('EventCategory', 'category'),
          json('UserName', 'upn'),
          json('UserName', 'name'),
        ],
      },
      timeOf('time'),
      addressOf('callerIpAddress'),
    ),
  },
  'azure-firewall': {
    key: 'azure-firewall',
    name: 'Microsoft Azure Firewall',
    reading: reading('Microsoft Azure Firewall', {
      patterns: [
        pattern('action', String.raw`Action: (\w+)`),
        pattern('rule', String.raw`"category"\s*:\s*"(?:AzureFirewall|AZFW)(\w+)"`),
        pattern('flow', String.raw`(\w+) request from ${ipv4}:(\d+) to ${ipv4}:(\d+)`),
      ],
      matchers: [
        regex('EventName', 'action', '1'),
        { kind: 'matcher', field: 'EventCategory', pattern: 'rule', group: 'AZFW\\1', substitutions: true },
        regex('Protocol', 'flow', '1'),
        regex('SourceIp', 'flow', '2'),
        regex('SourcePort', 'flow', '3'),
        regex('DestinationIp', 'flow', '4'),
        regex('DestinationPort', 'flow', '5'),
      ],
    }),
  },
  'entra-id': {
    key: 'entra-id',
    name: 'Microsoft Entra ID',
    idHint: 445,
    reading: reading(
      'Microsoft Entra ID: diagnostic envelope',
      {
        patterns: [
          { id: 'operation-result', type: 'JsonKeypath', text: '{/"operationName"}-{/"properties"/"result"}' },
          path('operation', 'operationName'),
          path('category', 'category'),
          path('initiator-ip', 'properties', 'initiatedBy', 'user', 'ipAddress'),
          path('initiator', 'properties', 'initiatedBy', 'user', 'userPrincipalName'),
          path('application', 'properties', 'initiatedBy', 'app', 'displayName'),
          path('user', 'properties', 'userPrincipalName'),
        ],
        matchers: [
          json('EventName', 'operation-result', true),
          json('EventName', 'operation'),
          json('EventCategory', 'category'),
          json('SourceIp', 'initiator-ip'),
          json('SourceIpv6', 'initiator-ip'),
          json('UserName', 'initiator'),
          json('UserName', 'application'),
          json('UserName', 'user'),
        ],
      },
      timeOf('time'),
      addressOf('callerIpAddress'),
    ),
  },
  'office-365': {
    key: 'office-365',
    name: 'Microsoft Office 365',
    idHint: 397,
    reading: reading(
      'Microsoft Office 365: Management Activity record',
      {
        patterns: [
          path('operation', 'Operation'),
          path('workload', 'Workload'),
          pattern('behalf', String.raw`"UserKey"\s*:\s*"\\"([^"\\]+)\\" on behalf of`),
          path('user', 'UserId'),
        ],
        matchers: [
          json('EventName', 'operation'),
          json('EventCategory', 'workload'),
          regex('UserName', 'behalf', '1'),
          json('UserName', 'user'),
        ],
      },
      timeOf('CreationTime'),
      addressOf('ClientIP'),
    ),
  },
  'defender-xdr': {
    key: 'defender-xdr',
    name: 'Microsoft 365 Defender',
    idHint: 515,
    reading: reading(
      'Microsoft 365 Defender: streaming record',
      {
        patterns: [path('action', 'properties', 'ActionType'), path('table', 'category')],
        matchers: [json('EventName', 'action'), json('EventName', 'table'), json('EventCategory', 'table')],
      },
      timeOf('time'),
    ),
  },
  'defender-cloud': {
    key: 'defender-cloud',
    name: 'Microsoft Defender for Cloud',
    idHint: 443,
    reading: reading(
      'Microsoft Defender for Cloud: Graph alert of version 1',
      {
        patterns: [path('category', 'category')],
        matchers: [json('EventName', 'category'), json('EventCategory', 'category')],
      },
      timeOf('eventDateTime'),
    ),
  },
} as const satisfies Readonly<Record<string, Dsm>>

export type DsmKey = keyof typeof dsms
