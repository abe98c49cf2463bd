import { dictionaryOf, logTypes } from '@siembridge/catalog'
import { switches } from './evaluate/switches.ts'
import { lsxFieldOf, lsxWithout, qradarPlacement } from './fields.ts'
import { bulky } from './native/shrink.ts'
import { dsms } from './native/dsms.ts'
import { dsmOf } from './native/payloads.ts'
import { checkRows } from './problem.ts'

type Rows = readonly Readonly<Record<string, string>>[]

/** What the package says of itself, as rows for documents. */
export const describeQradar = (): {
  readonly fields: Rows
  readonly without: Rows
  readonly placements: Rows
  readonly dsms: Rows
  readonly switches: Rows
  readonly checks: Rows
  readonly bulky: readonly string[]
} => ({
  fields: [...new Set(lsxFieldOf.map(([, lsx]) => lsx))].map((lsx) => ({
    field: lsx,
    from: lsxFieldOf
      .filter(([, into]) => into === lsx)
      .map(([field]) => field)
      .join(', '),
  })),
  without: Object.entries(lsxWithout).map(([field, why]) => ({ field, why })),
  placements: [...dictionaryOf(logTypes).keys()].map((field) => ({ field, qradar: qradarPlacement(field) })),
  dsms: Object.values(dsms).map(({ key, name, ...dsm }) => ({
    dsm: name,
    id: 'idHint' in dsm ? String(dsm.idHint) : '',
    types: logTypes
      .filter(({ id }) => dsmOf(id) === key)
      .map(({ id }) => id)
      .join(', '),
  })),
  switches: Object.entries(switches).map(([name, [preset, other]]) => ({ name, preset, other })),
  checks: checkRows(),
  bulky,
})
