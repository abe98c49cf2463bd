import type { Clock } from '../clock.ts'
import { SiembridgeError } from '../errors.ts'

const firstPauseMs = 1000
const longestPauseMs = 300_000

export interface RunAgain {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of each failure, and of the milliseconds until the next try. */
  readonly failed: (error: unknown, pauseMs: number) => void
}

/**
 * Runs something to its end, and again with growing pauses where it ends with an error: 1 s to 5 min, from the first again after a
 * run that was longer than that. Answers whether it came to its end; false where the signal ended it.
 */
export async function runAgain(run: () => Promise<void>, { clock, signal, failed }: RunAgain): Promise<boolean> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const began = clock.elapsed()
    try {
      await run()
      return !signal.aborted
    } catch (error) {
      if (signal.aborted) return false
      if (clock.elapsed() - began > longestPauseMs) pauseMs = firstPauseMs
      failed(error, pauseMs)
      await clock.sleep(pauseMs, signal).catch(() => undefined)
    }
  }
  return false
}

/** What a failure says: the text of the error table, with where it came from for any other. */
export function failureText(error: unknown): string {
  if (error instanceof SiembridgeError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
