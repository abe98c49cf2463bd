import { throttling } from '@siembridge/azure'
import { type Budgets, type Logger, systemClock } from '@siembridge/core'
import { createBudgets, SharedBudgets } from '@siembridge/core/budget'
import { KvBoard, type ServerFacts, type Splunkd } from '@siembridge/splunk/modular-input'
import { collections } from '../about.ts'
import type { Scheme } from '../schemes.ts'
import { lacksKvStore } from './kv-store.ts'

export interface BudgetPorts {
  readonly scheme: Scheme
  readonly server: ServerFacts
  readonly splunkd: Splunkd
  readonly log: Logger
}

export interface OpenBudgets {
  readonly budgets: Budgets
  close(): Promise<void>
}

/**
 * What Microsoft allows, shared with the processes of other schemes on the same accounts by leases in the KV store. A process that
 * is started again takes up the leases of its forerunner. Where Splunk has no such store, each process has budgets of its own.
 */
export async function openBudgets({ scheme, server, splunkd, log }: BudgetPorts): Promise<OpenBudgets> {
  const given = { clock: systemClock, limits: throttling }
  if (await lacksKvStore(splunkd).catch(() => false))
    return { budgets: createBudgets(given), close: () => Promise.resolve() }
  const board = new KvBoard(splunkd, collections.budgets)
  const budgets = new SharedBudgets({ ...given, board, holder: `${server.host} ${scheme.name}`, log })
  return { budgets, close: () => budgets.close() }
}
