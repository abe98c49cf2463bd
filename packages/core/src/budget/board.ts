/** What one process holds of the budget of an account and an API. Times are milliseconds since 1970. */
export interface BudgetLease {
  /** Account and API. */
  readonly key: string
  /** The process. */
  readonly holder: string
  /** A lease that was not renewed until then counts no more. */
  readonly untilMs: number
  /** No request before this time: Microsoft said so to the holder. 0 where it did not. */
  readonly pausedToMs: number
}

/** Where the processes of one site read each other's leases. Every method rejects where it cannot be reached. */
export interface BudgetBoard {
  read(): Promise<readonly BudgetLease[]>
  /** Puts leases in the place of those of the same key and holder. */
  write(leases: readonly BudgetLease[]): Promise<void>
}

/** Between two looks at the board, in milliseconds. */
export const renewMs = 10_000

/** How long a lease holds without being renewed: some looks may fail. */
export const leaseMs = 45_000

/** How long who comes new waits for the others to have seen its lease. */
export const settleMs = renewMs + 2000
