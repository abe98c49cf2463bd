import type { Clock } from '../clock.ts'
import type { RetryAfterForm } from '../scenario.ts'

/** The `Retry-After` header in one of the forms that Microsoft's services use, or no header. */
export function retryAfterHeader(seconds: number, form: RetryAfterForm, clock: Clock): Record<string, string> {
  switch (form) {
    case 'seconds':
      return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) }
    case 'fractional':
      return { 'retry-after': seconds.toFixed(3) }
    case 'date':
      return { 'retry-after': new Date(clock.now() + Math.ceil(seconds) * 1000).toUTCString() }
    case 'none':
      return {}
  }
}
