import { isProblem, readLeef } from '@siembridge/formats'
import type { LsxField } from '../lsx/grammar.ts'
import { deviceTime } from './device-time.ts'
import type { LsxEvent, Setting } from './event.ts'
import type { Ask } from './switches.ts'
import { fieldValue } from './values.ts'
import { withoutLineEnd } from './views.ts'

/** Predefined attributes that QRadar normalises ("Predefined LEEF event attributes"); addresses by their family. */
export const normalised: readonly (readonly [key: string, field: LsxField, six?: LsxField])[] = [
  ['src', 'SourceIp', 'SourceIpv6'],
  ['dst', 'DestinationIp', 'DestinationIpv6'],
  ['srcPort', 'SourcePort'],
  ['dstPort', 'DestinationPort'],
  ['srcPreNAT', 'SourceIpPreNAT'],
  ['dstPreNAT', 'DestinationIpPreNAT'],
  ['srcPostNAT', 'SourceIpPostNAT'],
  ['dstPostNAT', 'DestinationIpPostNAT'],
  ['srcPreNATPort', 'SourcePortPreNAT'],
  ['dstPreNATPort', 'DestinationPortPreNAT'],
  ['srcPostNATPort', 'SourcePortPostNAT'],
  ['dstPostNATPort', 'DestinationPortPostNAT'],
  ['srcMAC', 'SourceMAC'],
  ['dstMAC', 'DestinationMAC'],
  ['proto', 'Protocol'],
  ['usrName', 'UserName'],
]

/** Read without `devTimeFormat`, beside milliseconds since 1970. */
const plainTimes = ['MMM dd yyyy HH:mm:ss.SSS', 'MMM dd yyyy HH:mm:ss', 'MMM dd HH:mm:ss.SSS', 'MMM dd HH:mm:ss']

export interface LeefResult extends LsxEvent {
  /** All attributes: what custom event properties read. */
  readonly attributes: Readonly<Record<string, string>>
}

/** What the type Universal LEEF makes of a payload. */
export function evaluateLeef(payload: string, { lookUp, collector }: Setting, ask: Ask): LeefResult {
  const leef = readLeef(withoutLineEnd(payload))
  if (isProblem(leef)) return { state: 'stored', fields: {}, identity: 'UseDSMResults', attributes: {} }
  const { attributes, eventId } = leef
  const category = attributes['cat'] ?? ''
  const fields: Partial<Record<LsxField, string>> = {
    EventName: eventId,
    ...(category !== '' && { EventCategory: category }),
  }
  for (const [key, field, six] of normalised) {
    const text = attributes[key]
    if (text === undefined) continue
    const into = six !== undefined && text.includes(':') ? six : field
    const value = fieldValue(into, text)
    if (value !== undefined) fields[into] = value
  }
  const time = timeOf(attributes['devTime'], attributes['devTimeFormat'], collector, ask)
  if (time !== undefined) fields.DeviceTime = attributes['devTime'] as string
  const qid = lookUp(eventId, category, undefined)
  const severity = severityOf(attributes['sev']) ?? qid?.severity
  return {
    state: qid ? 'parsed' : 'unknown',
    fields,
    ...(time !== undefined && { time }),
    ...(severity !== undefined && { severity }),
    // Identity needs isLoginEvent, which is not sent.
    identity: 'UseDSMResults',
    category,
    ...(qid && { qid }),
    attributes,
  }
}

function timeOf(text: string | undefined, format: string | undefined, collector: Setting['collector'], ask: Ask) {
  if (text === undefined) return undefined
  // LEEF names SimpleDateFormat itself: what both read alike does not ask.
  if (format !== undefined) return deviceTime(text, format, collector, (name) => (name === 'D1' ? false : ask(name)))
  if (/^\d{12,14}$/.test(text)) return Number(text)
  return plainTimes
    .map((plain) => deviceTime(text, plain, collector, (n) => (n === 'D1' ? false : ask(n))))
    .find((ms) => ms !== undefined)
}

const severityOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 10 ? Number(text) : undefined
