import { descriptorStats } from '@siembridge/core'

/**
 * Whether standard error is a terminal. Asking `process.stderr` loads Node's streams and sockets, which takes longer than
 * converting a record: a pipe or a file is told apart first.
 */
export function stderrIsTerminal(): boolean {
  try {
    return descriptorStats(2).isCharacterDevice() && process.stderr.isTTY
  } catch {
    return false
  }
}
