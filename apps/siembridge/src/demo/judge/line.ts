import type { Format } from '@siembridge/engine'
import type { ReceivedEvent, TargetDescription } from './types.ts'

/** An event taken apart: what is compared, and what it says of itself. */
export interface Line {
  /** Without header and without what changed. */
  readonly body: string
  readonly id: string | undefined
  readonly change: string | undefined
  /** An event of the bridge itself. */
  readonly own: boolean
}

const headers = {
  rfc3164: /^<\d{1,3}>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ /,
  rfc5424: /^<\d{1,3}>1 (?:\S+ ){5}(?:-|\[.*?\]) /,
  none: /^/,
} as const

interface Form {
  readonly id: RegExp
  readonly own: RegExp
  /** At the end of the line; `close` is what stays of it. */
  readonly change: RegExp
  readonly close: string
}

const uuid = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
const said = '(created|updated|unchanged)'
const json = { change: new RegExp(`,"sbChange":"${said}"\\}\\}$`), close: '}}' }
const cef: Form = {
  id: new RegExp(` flexString2=${uuid} flexString2Label=siembridgeEventId`),
  own: /^CEF:\d\|Microsoft\|SIEMbridge\|/,
  change: new RegExp(` sbChange=${said}$`),
  close: '',
}

const hec: Form = {
  ...json,
  id: new RegExp(`,"fields":\\{"sb_event_id":"${uuid}"`),
  own: /^\{[^{]*"source":"siembridge:siembridge\.event"/,
}

const forms: Readonly<Record<Format, Form>> = {
  cef,
  'mcas-agent': cef,
  leef: {
    id: new RegExp(`\\tsb_event_id=${uuid}(?:\\t|$)`),
    own: /\tsb_type=siembridge\.event(?:\t|$)/,
    change: new RegExp(`\\tsbChange=${said}$`),
    close: '',
  },
  flat: {
    id: new RegExp(`^\\{"sb_type":"[^"]*","sb_event_id":"${uuid}"`),
    own: /^\{"sb_type":"siembridge\.event"/,
    change: new RegExp(`,"sbChange":"${said}"\\}$`),
    close: '}',
  },
  ecs: {
    ...json,
    id: new RegExp(`,"siembridge":\\{"event_id":"${uuid}"`),
    own: /"dataset":"siembridge\.event"/,
  },
  'raw+': {
    ...json,
    id: new RegExp(`,"sb":\\{"sb_type":"[^"]*","sb_event_id":"${uuid}"`),
    own: /,"sb":\{"sb_type":"siembridge\.event"/,
  },
  hec,
  'hec-flat': hec,
}

export const textOf = ({ text, base64 }: ReceivedEvent): string =>
  text ?? Buffer.from(base64 ?? '', 'base64').toString('latin1')

/** Takes a received event apart. */
export function readLine(text: string, { format, header }: Pick<TargetDescription, 'format' | 'header'>): Line {
  const { id, own, change, close } = forms[format]
  const line = text.replace(headers[header], '')
  const changed = change.exec(line)
  const body = changed ? line.slice(0, changed.index) + close : line
  return { body, id: id.exec(body)?.[1], change: changed?.[1], own: own.test(body) }
}
