import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

/** A file can be replaced on a share or by a mount that tells nobody: it is looked at this often. */
const pollMs = 10_000
/** Editors write in several steps. */
const settleMs = 300

/** Calls `look` when a file may have changed. Answers how to end it. */
export function watchFile(file: string, look: () => void): () => void {
  let settling: NodeJS.Timeout | undefined
  const soon = (): void => {
    clearTimeout(settling)
    settling = setTimeout(look, settleMs)
  }
  const poll = setInterval(look, pollMs)
  poll.unref()
  const ends = [() => clearInterval(poll), () => clearTimeout(settling)]
  try {
    const name = basename(file)
    const watcher = watch(dirname(resolve(file)), (_event, changed) => {
      // Kubernetes swaps a symbolic link beside it.
      if (changed === null || changed === name || changed.startsWith('..')) soon()
    })
    watcher.on('error', () => watcher.close())
    watcher.unref()
    ends.push(() => watcher.close())
  } catch {
    // Without notifications there is still the poll.
  }
  return () => ends.forEach((end) => end())
}
