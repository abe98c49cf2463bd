import { createHash, randomUUID } from 'node:crypto'
import type { TargetContext } from '@siembridge/core'
import type { Ledger } from '@siembridge/sync'
import type { Failure } from './client/answer.ts'
import type { Client } from './client/client.ts'
import { firstOf, ignoredQuery, isFailure, record } from './client/table.ts'
import type { ServiceNowOptions } from './options.ts'
import { loadSchema } from './schema/load-schema.ts'
import { shippedSchema, type TableSchema } from './schema/schema.ts'
import { keyPrefix } from './tickets/key.ts'

/** Tables that rules write to and that tickets are looked up in. */
export const tablesOf = ({ rules }: Pick<ServiceNowOptions, 'rules'>): string[] => [
  ...new Set(rules.map(({ record: table }) => table).filter((table) => table !== 'em_event')),
]

/**
 * What has to be known before the first ticket: the tables' fields, and that ServiceNow does look for what it is asked for. Where the
 * dictionary may not be read, what ServiceNow ships is taken.
 */
export async function prepare(
  client: Client,
  ledger: Ledger,
  { options, log, name }: Pick<TargetContext<ServiceNowOptions>, 'options' | 'log' | 'name'>,
): Promise<ReadonlyMap<string, TableSchema> | Failure> {
  const schemas = new Map<string, TableSchema>()
  for (const table of tablesOf(options)) {
    const blind = (await probe(client, table)) ?? (await hidden(client, ledger, table))
    if (blind) return blind
    const schema = await loadSchema(client, table)
    if (isFailure(schema) && schema.is === 'later') return schema
    const read = !isFailure(schema) && schema.read
    if (!read) log.warn(`target ${name}: the dictionary of ${table} cannot be read; what ServiceNow ships is taken`)
    schemas.set(table, read ? schema : shippedSchema(table))
  }
  return schemas
}

/** A key that no record has must find nothing: where it finds something, ServiceNow leaves the condition out. */
async function probe(client: Client, table: string): Promise<Failure | undefined> {
  const nobody = `${keyPrefix}probe-${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 20)}`
  const row = await firstOf(client, table, `correlation_id=${nobody}`, ['sys_id', 'correlation_id'])
  if (isFailure(row)) return row
  return row && ignoredQuery(table, row['correlation_id'] || 'of another record')
}

/** A ticket that the bridge made must show its key. */
async function hidden(client: Client, ledger: Ledger, table: string): Promise<Failure | undefined> {
  const made = [...ledger.tickets.values()].filter((ticket) => ticket.table === table).slice(-3)
  let seen = 0
  for (const { sysId } of made) {
    const row = await record(client, table, sysId, ['sys_id', 'correlation_id'])
    if (isFailure(row)) return row
    if (row?.['correlation_id']) return undefined
    if (row) seen++
  }
  return seen > 0 ? ignoredQuery(table, undefined) : undefined
}
