import { cefKeys, cefLine } from '@siembridge/formats'
import { levelNumber } from '../schema/severity.ts'
import { eventFields } from '../schema/fields.ts'
import type { Event } from './event.ts'

const order = Object.keys(cefKeys)

/** The event as a line of CEF, as a connector would send it on; keys in the order of our CEF. */
export function cefOf(event: Event): string {
  const text = (field: string): string => event.text(field)
  const header = {
    vendor: text('deviceVendor'),
    product: text('deviceProduct'),
    version: text('deviceVersion'),
    classId: text('deviceEventClassId'),
    name: text('name'),
    severity: levelNumber[event.severity],
  }
  const pairs = [...event.fields].flatMap(([field, { text: value }]): [string, string][] => {
    const key = eventFields.get(field)?.key
    return key === undefined || isLabelAlone(field, event) ? [] : [[key, value]]
  })
  return cefLine(
    header,
    pairs.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  )
}

/** A label whose value is not there says nothing, and CEF leaves it out. */
const isLabelAlone = (field: string, event: Event): boolean =>
  field.endsWith('Label') && !event.fields.has(field.slice(0, -'Label'.length))
