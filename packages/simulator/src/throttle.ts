import type { BucketName, Limit, ThrottlingScenario } from './scenario.ts'

// "Microsoft Graph service-specific throttling limits": audit logs by application and tenant, identity protection by
// tenant over all applications, security by application and tenant; the Management Activity API's baseline by tenant.
const documented: Readonly<Record<BucketName, Limit | undefined>> = {
  auditLogs: { requests: 5, seconds: 10 },
  identityProtection: { requests: 1, seconds: 1 },
  security: { requests: 150, seconds: 60 },
  activity: { requests: 2000, seconds: 60 },
  token: undefined,
}

/** Limits on requests within a sliding window of real time. Requests that were refused count as well. */
export class Throttle {
  readonly #limits: Readonly<Partial<Record<BucketName, Limit | undefined>>>
  readonly #times = new Map<string, number[]>()

  constructor(limits: ThrottlingScenario['limits'] = 'documented') {
    this.#limits = limits === 'off' ? {} : limits === 'documented' ? documented : { ...documented, ...limits }
  }

  /** Counts a request; undefined when it may pass, else the seconds until one may, if none comes before. */
  refuse(bucket: BucketName, key: string, now = Date.now()): number | undefined {
    const limit = this.#limits[bucket]
    if (!limit) return undefined
    const window = limit.seconds * 1000
    const times = (this.#times.get(`${bucket}/${key}`) ?? []).filter((time) => time > now - window)
    const isOver = times.length >= limit.requests
    times.push(now)
    this.#times.set(`${bucket}/${key}`, times)
    const pivot = times[times.length - limit.requests]
    return isOver && pivot !== undefined ? Math.max(0.001, (pivot + window - now) / 1000) : undefined
  }
}
