export { createBudgets } from './create-budgets.ts'
export type { Limit } from './bucket.ts'
export type { Budgets } from './budgets.ts'
