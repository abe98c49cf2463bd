import type { Parcel, Receipt } from '../contracts/target.ts'
import type { Portion } from './feed.ts'

/** A parcel that is on its way or has to go again. */
export interface Flight {
  readonly parcel: Parcel
  /** Where the cursor goes once it and all before it are delivered. */
  next: number
  /** Where the cursor goes once the whole portion is delivered. */
  readonly end: number
  receipt?: Receipt
}

/** A portion as flights of at most so many events and bytes; a record of many events can need several. */
export function flightsOf(
  { body, ends, next }: Portion,
  before: number,
  maxBytes: number,
  maxEvents: number,
): Flight[] {
  const flights: Flight[] = []
  for (let from = 0; from < ends.length;) {
    const start = from === 0 ? 0 : (ends[from - 1] as number)
    let to = from + 1
    while (to < ends.length && to - from < maxEvents && (ends[to] as number) - start <= maxBytes) to++
    flights.push({ parcel: slice(body, ends, from, to, 0), next: to === ends.length ? next : before, end: next })
    from = to
  }
  return flights
}

function slice(body: Buffer, ends: Uint32Array, from: number, to: number, attempt: number): Parcel {
  const start = from === 0 ? 0 : (ends[from - 1] as number)
  return {
    body: body.subarray(start, ends[to - 1]),
    ends: ends.slice(from, to).map((end) => end - start),
    attempt,
  }
}

/** Events of a parcel that must go again: those that the receipt names, or all that it does not except. */
export function remaining({ parcel, receipt }: Flight): Parcel | undefined {
  const { body, ends, attempt } = parcel
  const except = new Map((receipt?.except ?? []).map((e) => [e.at, e.is]))
  const again = Array.from(ends.keys()).filter((at) => {
    const is = except.get(at)
    return is === undefined ? receipt?.all !== 'delivered' : is === 'retry'
  })
  if (again.length === 0) return undefined
  if (again.length === ends.length) return { ...parcel, attempt: attempt + 1 }
  const parts = again.map((at) => body.subarray(at === 0 ? 0 : ends[at - 1], ends[at]))
  let end = 0
  return { body: Buffer.concat(parts), ends: Uint32Array.from(parts, (p) => (end += p.length)), attempt: attempt + 1 }
}
