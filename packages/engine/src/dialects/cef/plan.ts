import type { LogType } from '@siembridge/catalog'
import { cefKeys } from '@siembridge/formats'
import type { Prepared } from '../../interpret/prepared.ts'
import { cefKeysOfType, cefSlotsOfType, entityFields, fieldsOfType, slotLabel } from '../slots.ts'

/** One thing that a CEF line prints: which field, under which key, and how. */
export interface CefItem {
  readonly field: string
  readonly key: string
  /** `externalId`: shortened where it is too long, in full in cs6. `address`: IPv6 goes to a labelled key of its own. */
  readonly as: 'text' | 'list' | 'number' | 'time' | 'address' | 'direction' | 'externalId'
  /** Bytes that the key holds. */
  readonly max: number
  readonly label?: string
}

const noLimit = 1 << 20

/** The extension of a type's lines, in order: times first, then the fields in the type's own order of importance. */
export function cefPlan(type: LogType, prepared: Prepared): readonly CefItem[] {
  const keys = cefKeysOfType(type, prepared)
  const slots = cefSlotsOfType(type, prepared)
  const order = [...fieldsOfType(type), ...entityFields(type, prepared), ...prepared.derived.map(([name]) => name)]
  const place = (field: string): number => order.indexOf(field)
  const items = [
    ...[...keys].map(([key, field]) => item(field, key, prepared, false)),
    ...[...slots].map(([key, field]) => item(field, key, prepared, true)),
  ]
  return items.toSorted(
    (a, b) => place(a.field) - place(b.field) || Number(a.label !== undefined) - Number(b.label !== undefined),
  )
}

const labels: Readonly<Record<string, string>> = { flexString1: 'Portal Link' }

function item(field: string, key: string, prepared: Prepared, slot: boolean): CefItem {
  const known = cefKeys[key]
  const label = slot ? slotLabel(field) : labels[key]
  return {
    field,
    key,
    as: printing(field, key, prepared, slot),
    max: known?.max ?? noLimit,
    ...(label !== undefined && { label }),
  }
}

function printing(field: string, key: string, prepared: Prepared, slot: boolean): CefItem['as'] {
  if (key === 'externalId') return 'externalId'
  if (key === 'deviceDirection') return 'direction'
  const known = cefKeys[key]?.type
  if (known === 'time') return 'time'
  if (known === 'ip') return 'address'
  if (known === 'long' || known === 'integer' || known === 'float') return 'number'
  return slot && prepared.dictionary.get(field)?.many ? 'list' : 'text'
}
