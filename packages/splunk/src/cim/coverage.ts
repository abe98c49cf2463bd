import { logTypes } from '@siembridge/catalog'
import { membersOf } from './memberships.ts'
import { exemptions } from './exemptions.ts'
import { modelOf } from './models.ts'

/** Required fields of all log types in all their data models, and how many of them are exempt. */
export function coverage(): { readonly required: number; readonly exempt: number } {
  const required = logTypes
    .flatMap(({ id }) => membersOf(id))
    .reduce((sum, { model }) => sum + modelOf(model).required.length + (modelOf(model).conditional ?? []).length, 0)
  return { required, exempt: exemptions.reduce((sum, { fields }) => sum + fields.length, 0) }
}
