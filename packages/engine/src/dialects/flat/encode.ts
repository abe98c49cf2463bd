import { cefHeaderMax, cutValue, type TextMode } from '@siembridge/formats/parts'
import type { EventView } from '../../interpret/view.ts'
import { timeMs } from '../../values/time.ts'
import { cefSeverity } from '../cef/fields.ts'
import { besides } from './column.ts'
import type { FlatItem } from './plan.ts'

const quote = JSON.stringify

/** Keys that every flat event begins with; targets need them first. */
function base(view: EventView, mode: TextMode): string {
  const { signature } = view
  const time = view.time === undefined ? '' : times('sb_time', view.time)
  return (
    `"sb_type":"${view.type}","sb_event_id":"${view.eventId}"${time},"sb_severity":"${view.severity}"` +
    `,"sb_severity_number":${cefSeverity[view.severity]}` +
    limited('sb_signature_id', signature.id, cefHeaderMax.classId, mode) +
    limited('sb_signature_name', signature.name, cefHeaderMax.name, mode) +
    (signature.category === undefined ? '' : limited('sb_category', signature.category, 1023, mode))
  )
}

function limited(key: string, value: string, max: number, mode: TextMode): string {
  const cut = cutValue(value, max, mode)
  return `,"${key}":${quote(value)}${cut === value ? '' : `,"${key}_cef":${quote(cut)}`}`
}

/** A time twice: ISO with three digits, and as milliseconds for parsers that cannot read a zone. */
const times = (key: string, iso: string): string => `,"${key}":"${isoOf(iso)}","${key}_ms":${timeMs(iso)}`

const isoOf = (iso: string): string => `${iso.slice(0, 23)}Z`

/**
 * A view as one level of JSON: lists joined, booleans as text, addresses also by family, containers as their text, and
 * beside it what a column of CEF holds where that is something else.
 */
export const encodeFlat = (view: EventView, plan: readonly FlatItem[], mode: TextMode): string =>
  `{${base(view, mode)}${plan.map((item) => member(item, view.fields.get(item.field), mode)).join('')}}`

/** Characters of a member that may stand before shorter ones. */
const long = 1024

/** The same with long members last: a receiver that reads only the beginning of an event finds every short field there. */
export function encodeFlatShortFirst(view: EventView, plan: readonly FlatItem[], mode: TextMode): string {
  const members = plan.map((item) => member(item, view.fields.get(item.field), mode))
  const short = members.filter((text) => text.length <= long)
  return `{${base(view, mode)}${short.join('')}${members.filter((text) => text.length > long).join('')}}`
}

function member(item: FlatItem, values: readonly string[] | undefined, mode: TextMode): string {
  if (!values) return ''
  const { key, type, many } = item
  if (type === 'object') return `,"${key}":${quote(many ? `[${values.join(',')}]` : values[0])}`
  const one = values[0] ?? ''
  const printed = many ? values.join(', ') : type === 'date' ? isoOf(one) : one
  const main = isNumber(item) ? `,"${key}":${printed}` : `,"${key}":${quote(printed)}`
  const isColumn = many && item.cef.some(({ as }) => as === 'address')
  const time = type === 'date' && !many ? `,"${key}_ms":${timeMs(one)}` : ''
  const family = type === 'ip' ? families(key, values) + (isColumn ? families(`${key}_cef`, [one]) : '') : ''
  return main + time + family + columns(item, values, printed, mode)
}

const isNumber = ({ type, many }: FlatItem): boolean =>
  !many && (type === 'long' || type === 'float' || type === 'port')

const columns = ({ key, cef }: FlatItem, values: readonly string[], printed: string, mode: TextMode): string =>
  cef
    .flatMap((column) => besides(column, values, printed, mode))
    .map(({ suffix, text, number }) => `,"${key}${suffix}":${number ? text : quote(text)}`)
    .join('')

/** FlexConnector's typed tokens want to know the family beforehand. */
function families(key: string, values: readonly string[]): string {
  const v4 = values.filter((v) => !v.includes(':')).join(', ')
  const v6 = values.filter((v) => v.includes(':')).join(', ')
  return (v4 === '' ? '' : `,"${key}_v4":"${v4}"`) + (v6 === '' ? '' : `,"${key}_v6":"${v6}"`)
}
