import { type Leaf, timeOf } from './leaves.ts'

/** Where records say when it happened, most telling first: written down here a second time, so that it can disagree. */
const places: readonly (readonly [type: RegExp, keys: readonly string[]])[] = [
  [/^xdr\.alert$/, ['firstActivityDateTime', 'createdDateTime']],
  [/^xdr\.incident$/, ['lastUpdateDateTime', 'createdDateTime']],
  [/^xdr\./, ['properties.Timestamp', 'time']],
  [
    /^entra\.(sign-in|provisioning|directory-audit)$/,
    ['createdDateTime', 'activityDateTime', 'properties.createdDateTime', 'properties.activityDateTime', 'time'],
  ],
  [
    /^entra\./,
    [
      'activityDateTime',
      'detectedDateTime',
      'riskLastUpdatedDateTime',
      'properties.activityDateTime',
      'properties.detectedDateTime',
      'properties.riskLastUpdatedDateTime',
      'time',
    ],
  ],
  [
    /^defender-cloud\./,
    [
      'properties.timeGeneratedUtc',
      'TimeGenerated',
      'timeGenerated',
      'properties.timeGenerated',
      'properties.status.statusChangeDate',
      'properties.startTimeUtc',
      'time',
    ],
  ],
  [
    /^azure\.windows-event$/,
    [
      'PreciseTimeStamp',
      'TimeCreated',
      'properties.TimeCreated',
      'System.TimeCreated.SystemTime',
      'System.TimeCreated',
      'TimeGenerated',
      'time',
    ],
  ],
  [
    /^azure\./,
    ['eventTimestamp', 'time', 'timeStamp', 'timestamp', 'properties.eventTimestamp', 'submissionTimestamp'],
  ],
  [/^o365\.url-click$/, ['TimeOfClick', 'CreationTime']],
  [/^o365\./, ['CreationTime']],
]

/** The record's own time, in milliseconds since 1970; undefined where it has none that this table knows. */
export function ownTime(type: string, leaves: readonly Leaf[]): number | undefined {
  const keys = places.find(([pattern]) => pattern.test(type))?.[1] ?? []
  const byPath = new Map(leaves.map((leaf) => [leaf.path.toLowerCase().replaceAll('~', ''), leaf.value]))
  for (const key of keys) {
    const value = byPath.get(key.toLowerCase())
    const time = value === undefined ? undefined : timeOf(value)
    if (time !== undefined && !Number.isNaN(time)) return time
  }
  return undefined
}

/** Times inside the tuples of flow logs: seconds or milliseconds since 1970 before the first comma. */
export const tupleTimes = (leaves: readonly Leaf[]): number[] =>
  leaves.flatMap(({ value }) => {
    const digits = /^(\d{10}|\d{13}),/.exec(value)?.[1]
    return digits === undefined ? [] : [digits.length === 10 ? Number(digits) * 1000 : Number(digits)]
  })
