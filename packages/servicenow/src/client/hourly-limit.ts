import type { Clock } from '@siembridge/core'

const hourMs = 3_600_000

/** So many requests in an hour, as ServiceNow's rate rules count: in windows that begin with their first request. */
export class HourlyLimit {
  private readonly most: number
  private readonly clock: Clock
  private began = 0
  private used = 0

  constructor(most: number, clock: Clock) {
    this.most = most
    this.clock = clock
  }

  /** 0 where a request may go, else the milliseconds until one may. */
  take(): number {
    if (this.most === 0) return 0
    const now = this.clock.elapsed()
    if (this.used === 0 || now - this.began >= hourMs) {
      this.began = now
      this.used = 0
    }
    if (this.used >= this.most) return hourMs - (now - this.began)
    this.used++
    return 0
  }
}
