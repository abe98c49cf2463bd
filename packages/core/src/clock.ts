import { setTimeout as wait } from 'node:timers/promises'

/** Time as the bridge sees it: a test gives another one, and the machine's may jump. */
export interface Clock {
  /** Milliseconds since 1970. Can jump. */
  now(): number
  /** Milliseconds that only rise, from an unknown start: for durations. */
  elapsed(): number
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted()
    try {
      // setTimeout takes 31 bits of milliseconds.
      await wait(Math.min(ms, 2 ** 31 - 1), undefined, { signal })
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    }
  },
}
