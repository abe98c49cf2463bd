import { leefKeys } from '@siembridge/formats'
import type { Candidate } from '../../interpret/recognise.ts'
import type { Prepared } from '../../interpret/prepared.ts'
import { flatKey } from '../flat/key.ts'
import { printedFields } from '../printed.ts'
import { leefKeyOf } from './fields.ts'

/** One attribute of a LEEF line: predefined keys take one value of their type, custom keys the whole list. */
export interface LeefItem {
  readonly field: string
  readonly key: string
  readonly predefined: boolean
  /** Bytes that the key holds. */
  readonly max: number
}

const customMax = 4000

/** Predefined keys first, then the fields in the order of the type, containers last. */
export function leefPlan(candidate: Candidate, prepared: Prepared): readonly LeefItem[] {
  const fields = printedFields(candidate, prepared)
  const keys = new Map<string, string>()
  for (const [field, key] of leefKeyOf)
    if (fields.includes(field) && ![...keys.values()].includes(key)) keys.set(field, key)
  const predefined = [...keys].map(([field, key]) => ({
    field,
    key,
    predefined: true,
    max: leefKeys[key]?.max ?? customMax,
  }))
  const custom = fields
    .filter((field) => !keys.has(field))
    .map((field) => ({ field, key: flatKey(field), predefined: false, max: customMax }))
  return [...predefined, ...custom]
}
