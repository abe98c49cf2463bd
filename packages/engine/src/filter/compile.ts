import { severities } from '@siembridge/catalog'
import type { EventView } from '../interpret/view.ts'
import { globOf } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'
import { timeMs } from '../values/time.ts'
import type { Filter, Operator } from './parse.ts'
import { networkOf } from './network.ts'

type Keeps = (view: EventView) => boolean
type TestOf = Extract<Filter, { kind: 'test' }>

/** A filter as a function, made once: nothing of the filter is looked up by event. */
export function compileFilter(filter: Filter): Keeps {
  if (filter.kind === 'not') return negate(compileFilter(filter.part))
  if (filter.kind === 'test') return compileTest(filter)
  const parts = filter.parts.map(compileFilter)
  return filter.kind === 'and' ? (view) => parts.every((keeps) => keeps(view)) : (view) => parts.some((keeps) => keeps(view))
}

const negate =
  (keeps: Keeps): Keeps =>
  (view) =>
    !keeps(view)

function compileTest(test: TestOf): Keeps {
  const values = reader(test.field)
  if (test.op === 'exists') return (view) => values(view) !== undefined
  const passes = comparer(test)
  const any: Keeps = (view) => values(view)?.some(passes) ?? false
  return test.op === '!=' ? negate(any) : any
}

/** Where a field's values are. */
function reader(field: string): (view: EventView) => readonly string[] | undefined {
  if (field === 'severity') return (view) => [view.severity]
  if (field === 'type') return (view) => [view.type]
  if (field === 'signature') return (view) => [view.signature.id]
  if (field === 'tenant') return (view) => (view.tenant === '' ? undefined : [view.tenant])
  if (field === 'time') return (view) => (view.time === undefined ? undefined : [view.time])
  return (view) => view.fields.get(field)
}

function comparer({ type, op, values }: TestOf): (text: string) => boolean {
  if (op === 'in' || op === '==' || op === '!=') return member(type, values)
  const wanted = lowerAscii(values[0] ?? '')
  if (op === 'contains') return (text) => lowerAscii(text).includes(wanted)
  if (op === 'startswith') return (text) => lowerAscii(text).startsWith(wanted)
  if (op === 'endswith') return (text) => lowerAscii(text).endsWith(wanted)
  if (op === 'like') {
    const glob = globOf(wanted)
    return (text) => glob.test(lowerAscii(text))
  }
  const rank = ranker(type)
  const limit = rank(values[0] ?? '')
  return (text) => orders[op]?.(rank(text), limit) ?? false
}

const orders: Readonly<Partial<Record<Operator, (a: number, b: number) => boolean>>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** A value as a number to compare by. */
function ranker(type: TestOf['type']): (text: string) => number {
  if (type === 'severity') return (text) => (severities as readonly string[]).indexOf(lowerAscii(text))
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
  const wanted = new Set(values.map(lowerAscii))
  return (text) => wanted.has(lowerAscii(text))
}
