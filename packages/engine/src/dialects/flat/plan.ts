import type { FieldType } from '@siembridge/catalog'
import type { Prepared } from '../../interpret/prepared.ts'
import type { Candidate } from '../../interpret/recognise.ts'
import { type CefItem, cefPlan } from '../cef/plan.ts'
import { printedFields } from '../printed.ts'
import { flatKey } from './key.ts'

/** One key of the flat form. */
export interface FlatItem {
  readonly field: string
  readonly key: string
  readonly type: FieldType
  readonly many: boolean
  /** The columns that CEF has for the field. */
  readonly cef: readonly CefItem[]
}

export function flatPlan(candidate: Candidate, prepared: Prepared): readonly FlatItem[] {
  const columns = cefPlan(candidate.type, prepared)
  return printedFields(candidate, prepared).flatMap((field) => {
    const known = prepared.dictionary.get(field)
    if (!known) return []
    return [
      {
        field,
        key: flatKey(field),
        type: known.type,
        many: known.many,
        cef: columns.filter((item) => item.field === field),
      },
    ]
  })
}
