import type { Receipt } from '../contracts/target.ts'

/** What became of the events of one request. `at`: place of the bad one among them, where the receiver said so. */
export type Verdict =
  | { readonly is: 'delivered' }
  | { readonly is: 'retry' | 'unknown'; readonly reason: string; readonly afterMs?: number }
  | { readonly is: 'rejected'; readonly reason: string; readonly at?: number }

type Except = NonNullable<Receipt['except']>[number]

/**
 * Delivers events in order, in one request where the receiver takes it. Where an event is bad, those before and behind it are
 * sent without it; where the receiver does not say which, halves of halves find it. Stops at the first answer that means later.
 */
export async function walk(events: number, send: (from: number, to: number) => Promise<Verdict>): Promise<Receipt> {
  const except: Except[] = []
  const ranges: (readonly [from: number, to: number])[] = [[0, events]]
  const delivered: Except[] = []
  for (let range = ranges.shift(); range; range = ranges.shift()) {
    const [from, to] = range
    if (from === to) continue
    const verdict = await send(from, to)
    if (verdict.is === 'delivered') {
      for (let at = from; at < to; at++) delivered.push({ at, is: 'delivered', reason: '' })
    } else if (verdict.is === 'rejected') {
      const bad = badOne(verdict, to - from)
      if (bad !== undefined) except.push({ at: from + bad, is: 'rejected', reason: verdict.reason })
      const middle = bad === undefined ? from + ((to - from) >> 1) : from + bad
      ranges.unshift([from, middle], [bad === undefined ? middle : middle + 1, to])
    } else {
      const { is, ...rest } = verdict
      return { all: is, ...rest, ...listed([...delivered, ...except]) }
    }
  }
  return { all: 'delivered', ...listed(except) }
}

const badOne = ({ at }: { at?: number }, count: number): number | undefined =>
  count === 1 ? 0 : at !== undefined && at >= 0 && at < count ? at : undefined

const listed = (except: Except[]): Pick<Receipt, 'except'> =>
  except.length > 0 ? { except: except.toSorted((a, b) => a.at - b.at) } : {}
