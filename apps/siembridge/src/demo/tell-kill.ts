import { isBusy } from './open-work.ts'
import type { Kill } from './kills.ts'

/** One kill as a person reads it. */
export function killLine(kill: Kill, number: number): string {
  const { atMs, pages, unacknowledged } = kill
  const events = Object.entries(unacknowledged).map(([name, open]) => `${name} ${open}`)
  const [first = 'none', ...more] = pages
  const open = more.length > 0 ? `${first} (and ${more.length} more)` : first
  return [
    `SIGKILL ${number + 1} at ${(atMs / 1000).toFixed(1)} s${isBusy(kill) ? '' : ' (does not count: something was idle)'}`,
    `  page open:             ${open}`,
    `  events unacknowledged: ${events.join(', ')}`,
  ].join('\n')
}
