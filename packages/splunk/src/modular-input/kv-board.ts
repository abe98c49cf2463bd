import { createHash } from 'node:crypto'
import type { BudgetBoard, BudgetLease } from '@siembridge/core/budget'
import type { Splunkd } from './splunkd.ts'

interface Row extends BudgetLease {
  readonly _key: string
}

// A key of the store has limits of its own; names of accounts and hosts know none.
const keyOf = ({ holder, key }: BudgetLease): string =>
  createHash('sha256')
    .update(JSON.stringify([holder, key]))
    .digest('hex')
    .slice(0, 32)

/** Leases in a collection of Splunk's KV store, a document each. */
export class KvBoard implements BudgetBoard {
  private readonly splunkd: Splunkd
  private readonly path: string

  constructor(splunkd: Splunkd, collection: string) {
    this.splunkd = splunkd
    this.path = `storage/collections/data/${encodeURIComponent(collection)}`
  }

  async read(): Promise<readonly BudgetLease[]> {
    // 0 asks for as many as the store gives at once (limits.conf.spec, [kvstore] max_rows_per_query).
    const rows = (await this.splunkd.ask({ path: this.path, query: { limit: '0' } })) as readonly Row[]
    return rows.map(({ key, holder, untilMs, pausedToMs }) => ({ key, holder, untilMs, pausedToMs }))
  }

  async write(leases: readonly BudgetLease[]): Promise<void> {
    const rows = leases.map((lease): Row => ({ _key: keyOf(lease), ...lease }))
    if (rows.length > 0) await this.splunkd.ask({ method: 'POST', path: `${this.path}/batch_save`, json: rows })
  }
}
