import { type Arrivals, arrivals } from './arrivals.ts'
import { dueRows, expect } from './expect.ts'
import type { JudgeInput, LedgerRow, SourceVerdict, TargetDescription, TargetVerdict, Verdict } from './types.ts'

/** One target before the judge. */
interface Court {
  readonly target: TargetDescription
  readonly arrived: Arrivals
  /** Versions with an event that did not arrive. */
  readonly missing: ReadonlySet<LedgerRow>
  /** Objects of which some version arrived. */
  readonly known: ReadonlySet<string>
}

/** Compares what the cloud issued with what each target got. Pure: it looks at nothing but its input. */
export function judge(input: JudgeInput): Verdict {
  const courts = input.targets.map((target) => courtOf(input, target))
  // What any target had, the agent had collected: overwritten or not, the others must have it.
  const had = new Set(courts.flatMap(({ arrived }) => [...arrived.certain].map(({ row }) => row)))
  const targets = courts.map((court) => targetVerdict(court, had))
  const ok = targets.every((t) => t.lost + t.doubled + t.unknown + t.altered === 0)
  return { ok, targets, sources: sourceVerdicts(input.rows, courts) }
}

function courtOf(input: JudgeInput, target: TargetDescription): Court {
  const expectation = expect(input, target)
  const arrived = arrivals(expectation, input.received.get(target.name) ?? [], target)
  const events = [...expectation.events.values()].flat()
  const missing = events.filter((event) => !arrived.seen.has(event)).map(({ row }) => row)
  const known = new Set([...arrived.seen].map(({ row }) => objectOf(row)))
  return { target, arrived, missing: new Set([...missing, ...expectation.untold]), known }
}

const objectOf = ({ stream, id }: LedgerRow): string => `${stream} ${id}`

/** A version that could not be had again, or a change of a known object that no time tells. */
const isExcused = (row: LedgerRow, known: ReadonlySet<string>): boolean =>
  row.overwrittenAt !== null || (row.silent && known.has(objectOf(row)))

function targetVerdict({ target, arrived, missing, known }: Court, had: ReadonlySet<LedgerRow>): TargetVerdict {
  const { name, format, window } = target
  const lost = [...missing].filter((row) => had.has(row) || !isExcused(row, known))
  const { delivered, doubled, repeated, repeatedWithin, unknown, altered, own, examples } = arrived
  return {
    name,
    format,
    window,
    delivered,
    doubled,
    repeated,
    repeatedWithin,
    unknown,
    altered,
    own,
    lost: lost.length,
    examples: [
      ...examples,
      ...lost.slice(0, 5).map(({ stream, id, version }) => `lost: ${stream} ${id}, version ${version}`),
    ],
  }
}

function sourceVerdicts(rows: readonly LedgerRow[], courts: readonly Court[]): SourceVerdict[] {
  const missing = new Set(courts.flatMap((court) => [...court.missing]))
  const streams = Map.groupBy(dueRows(rows), ({ stream }) => stream)
  return [...streams].map(([stream, due]) => sourceVerdict(stream, due, missing))
}

function sourceVerdict(stream: string, due: readonly LedgerRow[], all: ReadonlySet<LedgerRow>): SourceVerdict {
  const missing = due.filter((row) => all.has(row))
  const superseded = missing.filter((row) => row.overwrittenAt !== null).length
  const silent = missing.filter((row) => row.silent && row.overwrittenAt === null).length
  return { stream, issued: due.length, collected: due.length - missing.length, superseded, silent }
}
