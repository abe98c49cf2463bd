import type { Expectation, ExpectedEvent } from './expect.ts'
import { type Line, readLine, textOf } from './line.ts'
import type { ReceivedEvent, TargetDescription } from './types.ts'

/** What became of the events that a target got. */
export interface Arrivals {
  /** Events that came, and those of them that no other version looks like. */
  readonly seen: ReadonlySet<ExpectedEvent>
  readonly certain: ReadonlySet<ExpectedEvent>
  readonly delivered: number
  readonly doubled: number
  readonly repeated: number
  readonly repeatedWithin: number
  readonly unknown: number
  readonly altered: number
  readonly own: number
  readonly examples: readonly string[]
}

const mostExamples = 5

/** Looks at each event in the order in which it came. */
export function arrivals(
  expectation: Expectation,
  events: readonly ReceivedEvent[],
  target: TargetDescription,
): Arrivals {
  const looker = new Looker(expectation, target)
  for (const event of events) looker.look(textOf(event))
  return looker
}

class Looker implements Arrivals {
  readonly seen = new Set<ExpectedEvent>()
  readonly certain = new Set<ExpectedEvent>()
  readonly examples: string[] = []
  delivered = 0
  doubled = 0
  repeated = 0
  repeatedWithin = 0
  unknown = 0
  altered = 0
  own = 0
  readonly #expectation: Expectation
  readonly #target: TargetDescription
  /** Bytes of events that came for the first time; by event, how many it were when it came last, and how often it came. */
  #bytes = 0
  readonly #came = new Map<string, { readonly at: number; readonly times: number }>()
  #nameless: ReadonlySet<string> | undefined

  constructor(expectation: Expectation, target: TargetDescription) {
    this.#expectation = expectation
    this.#target = target
  }

  look(text: string): void {
    const line = readLine(text, this.#target)
    const before = this.#came.get(line.body)
    const versions = this.#compare(line, before === undefined)
    if (before === undefined) this.#bytes += Buffer.byteLength(text) + 1
    else this.#again(line, this.#bytes - before.at, before.times < versions)
    this.#came.set(line.body, { at: this.#bytes, times: (before?.times ?? 0) + 1 })
  }

  /** The same bytes again: a repeat, or another version that looks the same in this format. */
  #again({ id, body }: Line, bytes: number, isVersion: boolean): void {
    if (bytes <= this.#target.window) {
      this.repeated++
      this.repeatedWithin = Math.max(this.repeatedWithin, bytes)
    } else if (isVersion) this.delivered++
    else {
      this.doubled++
      this.#example(`doubled: ${id ?? 'no id'} came again after ${bytes} bytes of other events`, body)
    }
  }

  /** Compares an event with what was issued; answers how many versions look like that. */
  #compare(line: Line, first: boolean): number {
    const { id, body, change, own } = line
    if (own && first) this.own++
    if (own) return 0
    const versions = id === undefined ? undefined : this.#expectation.events.get(id)
    if (!versions) return this.#stranger(line)
    if (first) this.delivered++
    const same = versions.filter(({ bodies, changes }) => bodies.has(body) && (change !== undefined) === changes)
    if (same.length === 0) return this.#alter(line, versions)
    for (const version of same) this.seen.add(version)
    if (same.length === 1) this.certain.add(same[0] as ExpectedEvent)
    return same.length
  }

  /** It came, but not as it should have. */
  #alter({ id, body }: Line, versions: readonly ExpectedEvent[]): 0 {
    for (const version of versions) this.seen.add(version)
    this.altered++
    this.#example(`altered: ${id ?? ''} has other bytes than its record gives`, body)
    return 0
  }

  /** No record gives this id: it was never issued, or it is a known record under a second id. */
  #stranger({ id, body }: Line): 0 {
    const known = this.#knownWithoutId().has(withoutId(body, id))
    if (known) this.doubled++
    else this.unknown++
    this.#example(
      known ? `doubled: a known record under the id ${id ?? ''}` : `unknown: ${id ?? 'no id'} was never issued`,
      body,
    )
    return 0
  }

  #knownWithoutId(): ReadonlySet<string> {
    return (this.#nameless ??= new Set(
      [...this.#expectation.events].flatMap(([id, versions]) =>
        versions.flatMap(({ bodies }) => [...bodies].map((body) => withoutId(body, id))),
      ),
    ))
  }

  #example(what: string, body: string): void {
    if (this.examples.length < mostExamples) this.examples.push(`${what}: ${body.slice(0, 200)}`)
  }
}

const withoutId = (body: string, id: string | undefined): string => (id === undefined ? body : body.replaceAll(id, ''))
