import type { Budgets } from '@siembridge/core'
import type { Layer } from './send.ts'

/** Pays for each request before it is made. */
export const budgeted =
  (budgets: Budgets, account: string, api: string): Layer =>
  (next) =>
  async (ask) => {
    await budgets.take(account, api, ask.signal)
    return next(ask)
  }
