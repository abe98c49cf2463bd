import { mayBePartial } from '../common/trouble.ts'
import { type Drained, drain, splittable } from './drain.ts'
import { itemwise } from './itemwise.ts'
import { queryOf, type Window } from './query.ts'
import type { Reader } from './reader.ts'

const hour = 3_600_000
const shortestSpan = 60_000
const longestSpan = 24 * hour

const halves = ({ from, to }: Window): [Window, Window] => {
  const middle = from + Math.floor((to - from) / 2)
  // Both hold the middle: windows are closed, and what comes twice is dropped later.
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

/** Reads a window, in parts where it is too full or where something in it fails. `done` is told of each part, in order. */
export async function collect(
  reader: Reader,
  window: Window,
  done: (window: Window, drained: Drained) => Promise<void>,
): Promise<void> {
  const todo = [window]
  // Once something in the window fails, long retries of each part would add up to hours.
  let attempts: number | undefined
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { drained, failed } = await read(reader, next, attempts)
    if (failed) attempts = 2
    if (drained === 'too-many') todo.push(...halves(next).toReversed())
    else await done(next, drained)
    if (!failed) adapt(reader, next, drained)
  }
}

async function read(reader: Reader, window: Window, attempts: number | undefined) {
  try {
    return { drained: await drain(reader, window, attempts), failed: false }
  } catch (error) {
    // If the service fails altogether, nothing is wrong with this window.
    if (!mayBePartial(error) || !(await healthy(reader))) throw error
    return { drained: splittable(window) ? ('too-many' as const) : await itemwise(reader, window, error), failed: true }
  }
}

/** Whether the service answers for another window: the present moment, which holds next to nothing. */
async function healthy({ spec, tuning, graph, subject, time, signal, onWait }: Reader): Promise<boolean> {
  const to = time.now()
  const query = queryOf(spec, { from: to - 1, to }, { ...tuning, pageSize: 1 }, 'id')
  try {
    for await (const _ of graph.pages({ ...query, subject, attempts: 1, signal, onWait })) break
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}

/** Cuts the way ahead by how dense the stream is. */
function adapt({ tuning }: Reader, { from, to }: Window, drained: Drained | 'too-many'): void {
  if (drained === 'too-many') tuning.spanMs = Math.max(shortestSpan, Math.floor((to - from) / 2))
  else if (drained.pages < 10 && to - from >= tuning.spanMs) tuning.spanMs = Math.min(longestSpan, tuning.spanMs * 2)
}
