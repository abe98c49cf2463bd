import type { Failure } from '../client/answer.ts'
import type { Client } from '../client/client.ts'
import { and, equal } from '../client/query.ts'
import { isFailure, query, type Row } from '../client/table.ts'
import { nameColumnsOf } from './schema.ts'

/** What a name came to: a record, none, several, or one that is not active. */
export type Resolved =
  | { readonly found: 'one'; readonly sysId: string }
  | { readonly found: 'none' | 'several' | 'inactive' }

const sysIdForm = /^[0-9a-f]{32}$/
const keepMs = 3_600_000
const mostKept = 10_000

/** Names of records to their sys_ids, kept for an hour: ServiceNow itself drops a name that it does not find without a word. */
export class References {
  private readonly client: Client
  private readonly now: () => number
  private readonly known = new Map<string, { readonly resolved: Resolved; readonly atMs: number }>()

  constructor(client: Client, now: () => number) {
    this.client = client
    this.now = now
  }

  async resolve(table: string, value: string): Promise<Resolved | Failure> {
    if (sysIdForm.test(value)) return { found: 'one', sysId: value }
    const key = `${table}\0${value}`
    const before = this.known.get(key)
    if (before && this.now() - before.atMs < keepMs) return before.resolved
    const resolved = await this.ask(table, value)
    if (isFailure(resolved)) return resolved
    if (this.known.size >= mostKept) this.known.clear()
    this.known.set(key, { resolved, atMs: this.now() })
    return resolved
  }

  /** Column after column: the first that finds something has it. */
  private async ask(table: string, value: string): Promise<Resolved | Failure> {
    for (const column of nameColumnsOf(table)) {
      const condition = equal(column, value)
      if (condition === undefined) return { found: 'none' }
      // A condition that ServiceNow does not understand is left out, and everything would match.
      const isSame = (row: Row): boolean => row[column]?.toLowerCase() === value.toLowerCase()
      const fields = ['sys_id', column, 'active']
      const rows = await query(this.client, table, and(condition, 'ORDERBYsys_id'), fields, (row) => !isSame(row))
      if (isFailure(rows)) return rows
      const same = rows.filter(isSame)
      const active = same.filter((row) => row['active'] !== 'false')
      const [first] = active
      if (first && active.length === 1) return { found: 'one', sysId: first['sys_id'] ?? '' }
      if (active.length > 1) return { found: 'several' }
      if (same.length > 0) return { found: 'inactive' }
    }
    return { found: 'none' }
  }
}
