import type { EventView } from '../../interpret/view.ts'
import { timeMs } from '../../values/time.ts'
import type { FlatItem } from './plan.ts'

const quote = JSON.stringify

/** Keys that every flat event begins with; targets need them first. */
function base(view: EventView): string {
  const { signature } = view
  const time = view.time === undefined ? '' : times('sb_time', view.time)
  const category = signature.category === undefined ? '' : `,"sb_category":${quote(signature.category)}`
  return (
    `"sb_type":"${view.type}","sb_event_id":"${view.eventId}"${time},"sb_severity":"${view.severity}"` +
    `,"sb_signature_id":${quote(signature.id)},"sb_signature_name":${quote(signature.name)}${category}`
  )
}

/** A time twice: ISO with three digits, and as milliseconds for parsers that cannot read a zone. */
const times = (key: string, iso: string): string => `,"${key}":"${iso.slice(0, 23)}Z","${key}_ms":${timeMs(iso)}`

/** A view as one level of JSON: lists joined, booleans as text, addresses also by family, containers as their text. */
export const encodeFlat = (view: EventView, plan: readonly FlatItem[]): string =>
  `{${base(view)}${plan.map((item) => member(item, view.fields.get(item.field))).join('')}}`

/** Characters of a member that may stand before shorter ones. */
const long = 1024

/** The same with long members last: a receiver that reads only the beginning of an event finds every short field there. */
export function encodeFlatShortFirst(view: EventView, plan: readonly FlatItem[]): string {
  const members = plan.map((item) => member(item, view.fields.get(item.field)))
  const short = members.filter((text) => text.length <= long)
  return `{${base(view)}${short.join('')}${members.filter((text) => text.length > long).join('')}}`
}

function member({ key, type, many }: FlatItem, values: readonly string[] | undefined): string {
  if (!values) return ''
  if (type === 'object') return `,"${key}":${quote(many ? `[${values.join(',')}]` : values[0])}`
  if (many) return `,"${key}":${quote(values.join(', '))}${type === 'ip' ? family(key, values) : ''}`
  const value = values[0] ?? ''
  if (type === 'date') return times(key, value)
  if (type === 'long' || type === 'float' || type === 'port') return `,"${key}":${value}`
  return `,"${key}":${quote(value)}${type === 'ip' ? family(key, values) : ''}`
}

/** FlexConnector's typed tokens want to know the family beforehand. */
function family(key: string, values: readonly string[]): string {
  const v4 = values.filter((v) => !v.includes(':')).join(', ')
  const v6 = values.filter((v) => v.includes(':')).join(', ')
  return (v4 === '' ? '' : `,"${key}_v4":"${v4}"`) + (v6 === '' ? '' : `,"${key}_v6":"${v6}"`)
}
