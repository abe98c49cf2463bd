import { constants, openSync } from 'node:fs'
import { descriptorStats } from '../descriptor-stats.ts'

/**
 * Another way to the pipe behind a descriptor, one that does not block: a thread that waits for a reader keeps the process from
 * ending. What is no pipe, or not on Linux, is written to as it is.
 */
export function unblocked(descriptor: number): number {
  try {
    if (!descriptorStats(descriptor).isFIFO()) return descriptor
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return descriptor
  }
}
