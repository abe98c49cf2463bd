/** Budgets by account and API: requests are paid for before they are made, and what the other side says is obeyed by all. */
export interface Budgets {
  /** Waits until a request may be made. `api` names a bucket of the throttling table. Rejects with the signal's reason. */
  take(account: string, api: string, signal?: AbortSignal): Promise<void>
  /** No request of that account and API before so many milliseconds have passed. */
  pause(account: string, api: string, ms: number): void
}
