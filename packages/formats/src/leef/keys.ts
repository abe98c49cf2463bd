/** The type of a predefined LEEF attribute. */
export type LeefType = 'string' | 'integer' | 'boolean' | 'date' | 'ip' | 'mac'

/** One predefined attribute. `max` is in bytes; `normalized`: QRadar fills its own event field from it. */
export interface LeefKey {
  readonly type: LeefType
  readonly max?: number
  readonly normalized: boolean
  /** A higher number is dropped earlier when a line is too long; below 10, only when nothing else helps. */
  readonly priority: number
}

interface Traits {
  readonly type: LeefType
  readonly max?: number
  readonly normalized?: boolean
}

function group(keys: string, traits: Traits, priority: number): [string, LeefKey][] {
  return keys.split(' ').map((key) => [key, { normalized: true, ...traits, priority }])
}

const name255 = { type: 'string', max: 255 } as const
const payload = { ...name255, normalized: false } as const

// Source: IBM, "LEEF overview: predefined LEEF event attributes"; identSecondlp is spelled with a lower case L there.
const entries = [
  ...group('devTime', { type: 'date' }, 0),
  ...group('devTimeFormat cat', { type: 'string' }, 0),
  ...group('sev', { type: 'integer' }, 1),
  ...group('usrName', name255, 1),
  ...group('src dst identSrc', { type: 'ip' }, 1),
  ...group('srcPort dstPort', { type: 'integer' }, 2),
  ...group('proto', { type: 'string' }, 2),
  ...group('srcMAC dstMAC identMAC', { type: 'mac' }, 3),
  ...group('isLoginEvent isLogoutEvent', { type: 'boolean' }, 3),
  ...group('identHostName identNetBios identGrpName', name255, 4),
  ...group('srcPreNAT dstPreNAT srcPostNAT dstPostNAT', { type: 'ip' }, 5),
  ...group('srcPreNATPort dstPreNATPort srcPostNATPort dstPostNATPort', { type: 'integer' }, 5),
  ...group('identSecondlp', { type: 'ip' }, 5),
  ...group('accountName', payload, 10),
  ...group('vSrc', { type: 'ip', normalized: false }, 11),
  ...group('vSrcName', payload, 11),
  ...group('url resource', payload, 12),
  ...group('domain role groupID realm policy', payload, 13),
  ...group('srcBytes dstBytes srcPackets dstPackets totalPackets', { type: 'integer', normalized: false }, 14),
  ...group('calLanguage calCountryOrRegion AttributeLimits', { type: 'string', normalized: false }, 20),
]

/** Every predefined attribute by key. The object has no prototype: any text can be looked up. */
export const leefKeys: Readonly<Record<string, LeefKey>> = Object.freeze(
  Object.assign(Object.create(null), Object.fromEntries(entries)) as Record<string, LeefKey>,
)
