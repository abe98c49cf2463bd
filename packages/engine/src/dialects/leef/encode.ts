import { cutValue, leefHeader, leefValue, shrinkLeef, type TextMode } from '@siembridge/formats'
import type { EventView } from '../../interpret/view.ts'
import { joinCut } from '../lists.ts'
import { leefCategory, leefSeverity } from './fields.ts'
import type { LeefItem } from './plan.ts'

/** Java's SimpleDateFormat reads this; a literal `Z` it would refuse. */
const timeFormat = "yyyy-MM-dd'T'HH:mm:ss.SSSZ"

/** A view as a LEEF 2.0 line with TAB between attributes. */
export function encodeLeef(view: EventView, plan: readonly LeefItem[], cap: number, mode: TextMode): string {
  const { signature } = view
  const head = `LEEF:2.0|Microsoft|${view.product}|${view.version}|${leefHeader(signature.id)}|x09|`
  const time = view.time === undefined ? [] : [`devTime=${view.time.slice(0, 23)}+0000`, `devTimeFormat=${timeFormat}`]
  const category = signature.category === undefined ? '' : leefValue(signature.category)
  const outcome = view.fields.get('event.outcome')?.[0] ?? ''
  const attributes = [
    ...time,
    `cat=${leefCategory(view.type, outcome)}`,
    `sev=${leefSeverity[view.severity]}`,
    `sb_event_id=${view.eventId}`,
    `sb_type=${view.type}`,
    `sb_name=${leefValue(cutValue(signature.name, 512, mode)) || leefHeader(signature.id)}`,
    ...(category === '' ? [] : [`sb_category=${category}`]),
    ...plan.map((item) => attribute(item, view.fields.get(item.field), mode)),
  ]
  const line = head + attributes.filter((text) => text !== '').join('\t')
  return cap === 0 ? line : shrinkLeef(line, cap, mode)
}

function attribute({ key, predefined, max }: LeefItem, values: readonly string[] | undefined, mode: TextMode): string {
  if (!values) return ''
  const text = leefValue(
    predefined ? cutValue(values[0] ?? '', max, mode) : cutValue(joinCut(values, max, mode), max, mode),
  )
  return text === '' ? '' : `${key}=${text}`
}
