import { byteLength, type TextMode } from '@siembridge/formats/parts'
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

/**
 * A view as one level of JSON: lists joined, booleans as text, addresses also by family, containers as their text. `cap` is
 * the largest line in bytes, 0 for no limit.
 */
export function encodeFlat(view: EventView, plan: readonly FlatItem[], cap = 0, mode: TextMode = 'utf8'): string {
  const members = plan.map((item) => member(item, view.fields.get(item.field)))
  const line = `{${base(view)}${members.join('')}}`
  return cap === 0 || byteLength(line, mode) <= cap ? line : shrunk(base(view), members, cap, mode)
}

const mark = ',"sb_truncated":1'
const bulky = 256

/** Without whole fields, the bulky ones first, each time the last one first, until it fits; and marked. */
function shrunk(head: string, members: readonly string[], cap: number, mode: TextMode): string {
  const sizes = members.map((text) => byteLength(text, mode))
  let excess = byteLength(head, mode) + sizes.reduce((sum, size) => sum + size, 0) + mark.length + 2 - cap
  const gone = new Set<number>()
  for (const least of [bulky, 1])
    for (let at = members.length - 1; at >= 0 && excess > 0; at--) {
      const size = sizes[at] ?? 0
      if (size < least || gone.has(at)) continue
      gone.add(at)
      excess -= size
    }
  return `{${head}${members.filter((_, at) => !gone.has(at)).join('')}${mark}}`
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
