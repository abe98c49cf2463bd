import type { LogType, Shape, Test } from '@siembridge/catalog'
import { isObject, type Json, type JsonObject } from '../json/json.ts'
import { matches, patternOf } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'
import { select, textOf } from './select.ts'

/** One shape of one type; the order of the list is the order in which records are tried against it. */
export interface Candidate {
  readonly type: LogType
  readonly name: string
  readonly shape: Shape
}

/** Every shape of the types, lowest rank first; within a rank the checker has proved that the order does not matter. */
export function candidates(types: readonly LogType[]): readonly Candidate[] {
  return types
    .flatMap((type) => Object.entries(type.shapes).map(([name, shape]) => ({ type, name, shape })))
    .toSorted(
      (a, b) => (a.shape.rank ?? 0) - (b.shape.rank ?? 0) || order(a.type.id, b.type.id) || order(a.name, b.name),
    )
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The first shape whose test the record passes. */
export function recognise(record: Json, list: readonly Candidate[]): Candidate | undefined {
  if (!isObject(record)) return undefined
  const keys = new Set([...record.keys()].map(lowerAscii))
  return list.find(({ shape }) => passes(record, keys, shape.when))
}

function passes(record: JsonObject, keys: ReadonlySet<string>, test: Test): boolean {
  const has = (either: string): boolean => either.split('|').some((key) => keys.has(lowerAscii(key)))
  return (
    test.has.every(has) &&
    !(test.lacks ?? []).some(has) &&
    discriminates(record, test.is) &&
    discriminates(record, test.also)
  )
}

function discriminates(record: JsonObject, test: Test['is']): boolean {
  if (!test) return true
  const [selector, ...values] = test
  const pattern = patternOf(values)
  return select(selector, { here: record, record, levels: new Map() }).some((v) => matches(textOf(v), pattern))
}
