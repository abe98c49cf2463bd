import type { Clock } from '../clock.ts'
import { Bucket, type Limit } from './bucket.ts'
import type { Budgets } from './budgets.ts'

/**
 * Budgets of a process. `limits` is the throttling table: an API that it does not name is not limited, but can be paused. All
 * streams that share an account and an API share a bucket.
 */
export function createBudgets({ clock, limits }: { clock: Clock; limits: Readonly<Record<string, Limit>> }): Budgets {
  const buckets = new Map<string, Bucket>()
  const bucket = (account: string, api: string): Bucket => {
    const key = JSON.stringify([account, api])
    const made = buckets.get(key) ?? new Bucket(clock, limits[api])
    buckets.set(key, made)
    return made
  }
  return {
    take: (account, api, signal) => bucket(account, api).take(signal),
    pause: (account, api, ms) => bucket(account, api).pause(ms),
  }
}
