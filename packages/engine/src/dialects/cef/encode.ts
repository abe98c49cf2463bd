import type { TextMode } from '@siembridge/formats'
import type { EventView } from '../../interpret/view.ts'
import { cefSeverity } from './fields.ts'
import type { CefItem } from './plan.ts'
import { cefHead, cefItem, cefTime, cefWhole } from './print.ts'

/** A view as a CEF line. */
export function encodeCef(view: EventView, plan: readonly CefItem[], cap: number, mode: TextMode): string {
  const { signature } = view
  const head = cefHead(view.product, view.version, signature.id, signature.name, cefSeverity[view.severity], mode)
  const time = view.time === undefined ? '' : cefTime('rt', undefined, view.time).slice(1)
  const category = signature.category === undefined ? '' : cefItem(categoryItem, [signature.category], mode)
  const pairs = plan.map((item) => {
    const values = view.fields.get(item.field)
    return values ? cefItem(item, values, mode) : ''
  })
  return cefWhole(head, time, category + pairs.join(''), view.eventId, cap, mode)
}

const categoryItem: CefItem = { field: '', key: 'cat', as: 'text', max: 1023 }
