import { byteLength, type TextMode } from '@siembridge/formats/parts'
import { leefKeyOf } from '../leef/fields.ts'
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
  return cap === 0 || byteLength(line, mode) <= cap ? line : shrunk(base(view), plan, members, cap, mode)
}

const mark = ',"sb_truncated":1'
const bulky = 256

/** Fields that LEEF has keys for: the ones that rules ask for first. */
const principal = new Set(leefKeyOf.map(([field]) => field))

/**
 * Without whole fields until it fits, and marked: first bulky ones, then small ones, last those that LEEF has keys for; each
 * time from the end of the line.
 */
function shrunk(
  head: string,
  plan: readonly FlatItem[],
  members: readonly string[],
  cap: number,
  mode: TextMode,
): string {
  const sizes = members.map((text) => byteLength(text, mode))
  const rank = (at: number): number => (principal.has(plan[at]?.field ?? '') ? 2 : (sizes[at] ?? 0) < bulky ? 1 : 0)
  const order = members
    .map((_, at) => at)
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b))
  let excess = byteLength(head, mode) + sizes.reduce((sum, size) => sum + size, 0) + mark.length + 2 - cap
  const gone = new Set<number>()
  for (const at of order) {
    if (excess <= 0) break
    gone.add(at)
    excess -= sizes[at] ?? 0
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
