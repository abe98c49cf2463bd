import type { Clock, Logger } from '@siembridge/core'
import type { Entry, Journal, Ledger } from '@siembridge/sync'
import type { Client } from '../client/client.ts'
import type { Writer } from '../client/writer.ts'
import type { ServiceNowOptions } from '../options.ts'
import type { References } from '../schema/references.ts'
import type { TableSchema } from '../schema/schema.ts'
import { defaultFields } from '../rules/defaults.ts'
import type { Rule } from '../rules/rule.ts'
import type { StormBrake } from './storm.ts'
import type { Waits } from './waits.ts'

/** Everything that working on tickets takes. */
export interface Desk {
  readonly options: ServiceNowOptions
  readonly client: Client
  /** How tickets are written, and the Table API for what only it can do. */
  readonly writer: Writer
  readonly table: Writer
  readonly journal: Journal
  readonly rules: readonly Rule[]
  readonly storm: StormBrake
  readonly waits: Waits
  readonly references: References
  readonly clock: Clock
  readonly log: Logger
  schema(table: string): TableSchema
}

export const ledgerOf = ({ journal }: Desk): Ledger => journal.ledger

/** Fields of tickets that are read besides those that rules fill. */
const always = [
  'sys_id',
  'number',
  'correlation_id',
  'state',
  'close_code',
  'close_notes',
  'sys_mod_count',
  'sys_created_on',
  'sys_created_by',
  'sys_updated_on',
  'sys_updated_by',
  'resolved_at',
  'closed_at',
  'impact',
  'urgency',
  'parent_incident',
  'parent_security_incident',
]

export const fieldsRead = ({ rules }: Pick<Desk, 'rules'>, table: string): string[] => [
  ...new Set([
    ...always,
    ...Object.keys(defaultFields.incident),
    ...rules.filter((rule) => rule.table === table).flatMap((rule) => [...rule.templates.keys()]),
  ]),
]

/** Works on a list, so many at once; what one throws ends all. */
export async function each<T, R>(items: readonly T[], atOnce: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++
      results[at] = await act(items[at] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}

export const remark = (key: string, says: string, at: number): Entry => ({ is: 'remark', at, key, says })
