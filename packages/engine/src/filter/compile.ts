import { severities } from '@siembridge/catalog/vocabulary'
import type { EventView } from '../interpret/view.ts'
import { Folded } from '../values/folded.ts'
import { globTest } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'
import { timeMs } from '../values/time.ts'
import type { Filter, Operator } from './parse.ts'
import { networkOf } from './network.ts'

type Keeps<T> = (event: T) => boolean
type TestOf = Extract<Filter, { kind: 'test' }>

/** A value, or several; undefined and empty lists are absent. */
export type Values = string | readonly string[] | undefined
/** How a field's values are had from an event, resolved once a filter. */
export type Reader<T> = (field: string) => (event: T) => Values

/** A filter as a function, made once: nothing of the filter is looked up by event. */
export const compileFilter = (filter: Filter): Keeps<EventView> => compileTests(filter, viewReader)

export function compileTests<T>(filter: Filter, reader: Reader<T>): Keeps<T> {
  if (filter.kind === 'not') return negate(compileTests(filter.part, reader))
  if (filter.kind === 'test') return compileTest(filter, reader)
  const [first, ...rest] = filter.parts.map((part) => compileTests(part, reader)) as [Keeps<T>, ...Keeps<T>[]]
  const and = filter.kind === 'and'
  return rest.reduce<Keeps<T>>(
    (a, b) => (and ? (event) => a(event) && b(event) : (event) => a(event) || b(event)),
    first,
  )
}

const negate =
  <T>(keeps: Keeps<T>): Keeps<T> =>
  (event) =>
    !keeps(event)

function compileTest<T>(test: TestOf, reader: Reader<T>): Keeps<T> {
  const known = test.field === 'severity' ? ofEverySeverity(test) : undefined
  if (known !== undefined) return () => known
  const values = reader(test.field)
  if (test.op === 'exists') return (event) => (values(event)?.length ?? 0) > 0
  const passes = comparer(test)
  const any: Keeps<T> = (event) => {
    const found = values(event)
    if (typeof found === 'string') return passes(found)
    return found !== undefined && found.some(passes)
  }
  return test.op === '!=' ? negate(any) : any
}

/** Every event has one of five severities: a test that all of them pass, or none, need not know which. */
function ofEverySeverity(test: TestOf): boolean | undefined {
  if (test.op === 'exists') return true
  const passing = severities.filter(comparer(test)).length
  if (passing > 0 && passing < severities.length) return undefined
  return passing > 0 === (test.op !== '!=')
}

function viewReader(field: string): (view: EventView) => Values {
  if (field === 'severity') return (view) => view.severity
  if (field === 'type') return (view) => view.type
  if (field === 'signature') return (view) => view.signature.id
  if (field === 'tenant') return (view) => (view.tenant === '' ? undefined : view.tenant)
  if (field === 'time') return (view) => view.time
  return (view) => view.fields.get(field)
}

function comparer({ type, op, values }: TestOf): (text: string) => boolean {
  if (op === 'in' || op === '==' || op === '!=') return member(type, values)
  const wanted = lowerAscii(values[0] ?? '')
  if (op === 'contains') return (text) => lowerAscii(text).includes(wanted)
  if (op === 'startswith') return (text) => lowerAscii(text).startsWith(wanted)
  if (op === 'endswith') return (text) => lowerAscii(text).endsWith(wanted)
  if (op === 'like') {
    const glob = globTest(wanted)
    return (text) => glob(lowerAscii(text))
  }
  const rank = ranker(type)
  const limit = rank(values[0] ?? '')
  const compare = orders[op] ?? (() => false)
  return (text) => compare(rank(text), limit)
}

const orders: Readonly<Partial<Record<Operator, (a: number, b: number) => boolean>>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const severityRanks: ReadonlyMap<string, number> = new Map(severities.map((name, rank) => [name, rank]))

/** A value as a number to compare by. */
function ranker(type: TestOf['type']): (text: string) => number {
  if (type === 'severity')
    return (text) => severityRanks.get(text) ?? (severities as readonly string[]).indexOf(lowerAscii(text))
  return type === 'date' ? timeMs : Number
}

function member(type: TestOf['type'], values: readonly string[]): (text: string) => boolean {
  if (type === 'ip') {
    const networks = values.map(networkOf)
    return (text) => networks.some((holds) => holds(text))
  }
  if (type === 'long' || type === 'float' || type === 'port' || type === 'date') {
    const rank = ranker(type)
    const wanted = new Set(values.map(rank))
    return (text) => wanted.has(rank(text))
  }
  const wanted = new Folded(values.map((value) => [value, true] as const))
  return (text) => wanted.get(text) !== undefined
}
