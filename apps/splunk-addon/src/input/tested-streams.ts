import { streams } from '@siembridge/microsoft'
import type { Scheme } from '../schemes.ts'
import type { TestedThing } from '../status/test-report.ts'

/**
 * Streams that are read from one list with one permission, by the first of them: they can be read or not together, and Microsoft takes five
 * requests for Entra's logs in ten seconds (learn.microsoft.com/graph/throttling-limits), for which nobody should wait.
 */
const together: ReadonlyMap<string, readonly string[]> = new Map(
  [...Map.groupBy(Object.entries(streams), ([, { version, path }]) => `${version} ${path}`).values()].map((group) => {
    const names = group.map(([name]) => name)
    return [names[0] as string, names]
  }),
)

const others = new Set([...together.values()].flatMap((names) => names.slice(1)))

/** Streams of a kind of input that a test of an account asks for. */
export const testedStreams = ({ streams: all }: Scheme): readonly string[] =>
  all.map(({ name }) => name).filter((name) => !others.has(name))

/** What was found of a stream, for each that it stands for. */
export const asTested = (thing: TestedThing): readonly TestedThing[] => {
  const names = thing.stream === undefined ? undefined : together.get(thing.stream)
  if (names === undefined || names.length === 1) return [thing]
  return names.map((stream) => ({ ...thing, stream, subject: thing.subject.replace(thing.stream ?? '', stream) }))
}
