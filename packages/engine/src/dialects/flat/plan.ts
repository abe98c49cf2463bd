import type { FieldType } from '@siembridge/catalog'
import type { Prepared } from '../../interpret/prepared.ts'
import type { Candidate } from '../../interpret/recognise.ts'
import { printedFields } from '../printed.ts'
import { flatKey } from './key.ts'

/** One key of the flat form. */
export interface FlatItem {
  readonly field: string
  readonly key: string
  readonly type: FieldType
  readonly many: boolean
}

export const flatPlan = (candidate: Candidate, prepared: Prepared): readonly FlatItem[] =>
  printedFields(candidate, prepared).flatMap((field) => {
    const known = prepared.dictionary.get(field)
    return known ? [{ field, key: flatKey(field), type: known.type, many: known.many }] : []
  })
