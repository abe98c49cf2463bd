import { z, type ZodType } from 'zod'
import { name } from './fields.ts'
import type { Reading } from './reading.ts'

/** Members of a section that is a list of names; none where it is something else, which is noted. */
export function namedMembers(reading: Reading, section: string, value: unknown, title: string): [string, unknown][] {
  if (value === undefined) return []
  const members = reading.section(z.record(name, z.unknown()), [section], value, title)
  return members ? Object.entries(members) : nameless(value)
}

/** Where a name is wrong, what it names is looked at all the same. */
const nameless = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

/** Tenants that are valid, by name. */
export function readTenants<T>(reading: Reading, schema: ZodType<T>, value: unknown): Record<string, T> {
  const tenants: Record<string, T> = {}
  for (const [tenant, written] of namedMembers(reading, 'tenants', value, 'the section tenants')) {
    const options = reading.section(schema, ['tenants', tenant], written, `the tenant ${tenant}`)
    if (options !== undefined) tenants[tenant] = options
  }
  return tenants
}
