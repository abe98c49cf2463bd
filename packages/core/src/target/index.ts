export { backoff, slowMs } from './backoff.ts'
export { retryAfter } from '../http/retry-after.ts'
export { walk } from './walk.ts'
export type { Verdict } from './walk.ts'
