import { slowMs } from '@siembridge/core/target'
import type { Failure } from '../client/answer.ts'

/** What became of the events of one ticket. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'later'; readonly reason: string; readonly afterMs?: number }
  | { readonly is: 'refused'; readonly reason: string }

export const done: Outcome = { is: 'done' }

/** A failure as an outcome: what a person must mend waits, and loses nothing. */
export function outcomeOf(failure: Failure): Outcome {
  if (failure.is === 'later')
    return { is: 'later', reason: failure.reason, ...(failure.afterMs !== undefined && { afterMs: failure.afterMs }) }
  if (failure.is === 'configuration')
    return { is: 'later', reason: `${failure.reason}; do: ${failure.help}`, afterMs: slowMs }
  return { is: 'refused', reason: failure.reason }
}
