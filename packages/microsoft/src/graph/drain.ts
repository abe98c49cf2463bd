import { recordCount, SiembridgeError } from '@siembridge/core'
import { refusedFor } from '../common/trouble.ts'
import { recordsOfPage } from '../records/cut.ts'
import { Tally } from './late.ts'
import { queryOf, type Window } from './query.ts'
import type { Reader } from './reader.ts'

/** What came of reading a window to its end. */
export interface Drained {
  readonly pages: number
  /** When the server made the first page: what is newer may be missing. */
  readonly dateMs: number | undefined
  readonly tally: Tally | undefined
}

/** Deep paging gets slower with each page (microsoft-graph-docs-contrib#5974): more of them call for a smaller window. */
const maxPages = 50

/** A window may be this short at least, in milliseconds. */
const shortest = 1000
export const splittable = ({ from, to }: Window): boolean => to - from > shortest

/** `400 Token not found: token is either invalid or expired`, `Invalid Skip Token, skip token is null`. */
const linkExpired = /skip ?token|token not found/i

/** Times that a window is begun anew when its links go stale, before it is cut. */
const restarts = 3

/** Reads all pages of a window and hands their records over. `too-many` where it should be cut first. */
export async function drain(reader: Reader, window: Window, attempts?: number): Promise<Drained | 'too-many'> {
  for (let restart = 0; ; restart++)
    try {
      return await read(reader, window, attempts)
    } catch (error) {
      if (adapted(reader, error)) continue
      const stale =
        refusedFor(error, linkExpired) || (error instanceof SiembridgeError && error.code === 'NextLinkLoop')
      if (!stale) throw error
      if (restart + 1 < restarts) continue
      if (splittable(window)) return 'too-many'
      throw error
    }
}

async function read(reader: Reader, window: Window, attempts?: number): Promise<Drained | 'too-many'> {
  const { spec, subject, graph, tuning, signal, onWait } = reader
  const tally = new Tally(spec.time)
  let [pages, dateMs]: [number, number | undefined] = [0, undefined]
  for await (const page of graph.pages({ ...queryOf(spec, window, tuning), subject, attempts, signal, onWait })) {
    if (++pages > maxPages && splittable(window)) return 'too-many'
    dateMs ??= page.dateMs
    reader.time.see(page.dateMs)
    tally.add(page.value)
    const records = recordsOfPage(page, subject)
    if (recordCount(records) > 0) await reader.emit(records)
  }
  return { pages, dateMs, tally }
}

/** Learns from a refusal or from a page that is too large. False where there is nothing to learn. */
function adapted({ tuning }: Reader, error: unknown): boolean {
  if (tuning.ordered && refusedFor(error, /orderby/i)) {
    tuning.ordered = false
    return true
  }
  const tooLarge = error instanceof SiembridgeError && error.code === 'AnswerTooLarge'
  if (tuning.pageSize === 1 || !(tooLarge || refusedFor(error, /\btop\b/i))) return false
  // The limit of '50' for Top query has been exceeded.
  const told = Number(/limit of '?(\d+)/i.exec((error as Error).message)?.[1] ?? NaN)
  tuning.pageSize = told >= 1 && told < tuning.pageSize ? told : Math.max(1, tuning.pageSize >> 1)
  return true
}
