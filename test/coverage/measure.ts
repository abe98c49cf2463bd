import { dictionaryOf, logTypes } from '@siembridge/catalog'
import { createEngine, Output } from '@siembridge/engine'
import { type Leaf, leavesOf, normal } from './leaves.ts'
import { ownTime, tupleTimes } from './times.ts'

export interface Measured {
  readonly name: string
  /** Type that it was taken for; undefined where it was rejected. */
  readonly type: string | undefined
  /** Why it is of a type that takes what no other claims. */
  readonly generic: string | undefined
  readonly timeRight: boolean
  readonly leaves: number
  /** Leaves found in fields with a name and type of their own, and in any field but the original. */
  readonly named: number
  readonly any: number
  readonly missing: readonly Leaf[]
}

interface Event {
  readonly '@timestamp': string
  readonly event: { readonly original?: string }
}

// A record without a time of its own gets this one.
const now = 1_234_567_890_123
const engine = await createEngine({ to: 'ecs', now: () => now })

const generics = new Set(logTypes.filter((t) => t.generic).map((t) => t.id))

/** Fields that hold a whole list or object as it came. */
const containers = new Set(
  [...dictionaryOf(logTypes)].filter(([, field]) => field.type === 'object').map(([name]) => name),
)

export function measure(name: string, bytes: Buffer): Measured {
  const leaves = leavesOf(JSON.parse(bytes.toString('utf8')))
  const out = new Output()
  const { type } = engine.record(bytes, out)
  const events = out
    .take()
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)
  if (type === undefined)
    return {
      name,
      type,
      generic: undefined,
      timeRight: false,
      leaves: leaves.length,
      named: 0,
      any: 0,
      missing: leaves,
    }
  const printed = events.flatMap((event) => leavesOf(event))
  const any = valuesOf(printed)
  const named = valuesOf(printed.filter(({ path }) => !inContainer(path)))
  return {
    name,
    type,
    generic: generics.has(type) ? reasonOf(leaves) : undefined,
    timeRight: rightTime(type, leaves, events),
    leaves: leaves.length,
    named: leaves.filter(({ value }) => isFound(value, named)).length,
    any: leaves.filter(({ value }) => isFound(value, any)).length,
    missing: leaves.filter(({ value }) => !isFound(value, any)),
  }
}

const valuesOf = (leaves: readonly Leaf[]): ReadonlySet<string> =>
  new Set(leaves.flatMap(({ value }) => [normal(value), ...pieces(value)]))

const inContainer = (path: string): boolean => {
  const plain = path.replace(/\[\d+\]|~/g, '')
  for (let end = plain.length; end > 0; end = plain.lastIndexOf('.', end - 1))
    if (containers.has(plain.slice(0, end))) return true
  return false
}

/** A value stands there whole, or all of its pieces do. */
function isFound(value: string, values: ReadonlySet<string>): boolean {
  if (values.has(normal(value))) return true
  const parts = tuple.test(value) ? tuplePieces(value) : pieces(value)
  return parts.length > 1 && parts.every((part) => values.has(part))
}

/** Of lists in a text (`a, b;c`), of `NAME\user`, of `name=value`, and of a name with its id (`PowerShell (T1059.001)`). */
const pieces = (value: string): string[] =>
  value
    .split(/[,;|\\=]|: | \(|\)$/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map(normal)

const tuple = /^(?:\d{10}|\d{13}),[0-9a-f:.]+,[0-9a-f:.]+,\d+,\d+,/i

const letters: Readonly<Record<string, string>> = {
  T: 'tcp',
  U: 'udp',
  I: 'inbound',
  O: 'outbound',
  A: 'allow',
  D: 'deny',
  B: 'begin',
  C: 'continuing',
  E: 'end',
}

/** Of a tuple of a flow log, its letters written out. The D of a version 2 or 4 state is also a decision. */
function tuplePieces(value: string): string[] {
  const [time = '', ...columns] = value.split(',')
  const ms = time.length === 10 ? Number(time) * 1000 : Number(time)
  return [`time ${ms}`, ...columns.filter((column) => column !== '').map((column) => normal(letters[column] ?? column))]
}

function rightTime(type: string, leaves: readonly Leaf[], events: readonly Event[]): boolean {
  const wanted = ownTime(type, leaves)
  const tuples = new Set(tupleTimes(leaves))
  return events.every((event) => {
    const time = Date.parse(event['@timestamp'].replace(/(\.\d{3})\d+/, '$1'))
    return tuples.size > 0 ? tuples.has(time) : time === (wanted ?? now)
  })
}

const names = ['category', 'Workload', 'RecordType', 'operationName', 'Operation']

/** What the record calls itself, by which no type of its own was found. */
const reasonOf = (leaves: readonly Leaf[]): string =>
  `no type of its own for ${
    leaves
      .filter(({ path }) => names.some((name) => name.toLowerCase() === path.toLowerCase()))
      .map(({ path, value }) => `${path} ${value}`)
      .join(', ') || 'it'
  }`
