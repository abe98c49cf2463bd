import { problemAt } from '../problem.ts'
import type { FormatProblem } from '../problem.ts'

/** Where one pair of an extension lies: the key, and the escaped value as `[valueAt, end)`. */
export interface ScannedPair {
  readonly key: string
  readonly keyAt: number
  readonly valueAt: number
  readonly end: number
}

type Start = Omit<ScannedPair, 'end'>

const strictKey = /^[A-Za-z0-9]+$/
// Keys seen in the wild may also hold these (Elastic's and Logstash's CEF decoders accept them).
const tolerantKey = /^[A-Za-z0-9_.,[\]]+$/

/**
 * Finds the pairs of an extension that starts at `from`. A pair starts at ` key=` whose `=` is not escaped.
 * The tolerant scan takes an `=` that follows no key as part of the value; the strict one refuses it.
 */
export function scanPairs(line: string, from: number, tolerant: boolean): ScannedPair[] | FormatProblem {
  const starts: Start[] = []
  let after = from
  for (let equals = nextEquals(line, from); equals >= 0; equals = nextEquals(line, equals + 1)) {
    const start = startAt(line, after, equals, starts.length === 0)
    const ok = start !== undefined && (tolerant ? tolerantKey : strictKey).test(start.key)
    if (ok) starts.push(start)
    else if (!tolerant) return problemAt(equals, 'an "=" that is neither escaped nor follows a key')
    after = equals + 1
  }
  const first = starts[0]?.keyAt ?? line.length
  if (first !== from && !tolerant) return problemAt(from, 'text that belongs to no key')
  return starts.map((start, i) => ({ ...start, end: (starts[i + 1]?.keyAt ?? line.length + 1) - 1 }))
}

function startAt(line: string, after: number, equals: number, isFirst: boolean): Start | undefined {
  const between = line.slice(after, equals)
  const space = between.lastIndexOf(' ')
  if (space < 0 && !isFirst) return undefined
  return { key: between.slice(space + 1), keyAt: after + space + 1, valueAt: equals + 1 }
}

/** The next `=` with an even number of backslashes before it, or -1. */
function nextEquals(line: string, from: number): number {
  let at = line.indexOf('=', from)
  while (at >= 0 && isEscaped(line, at, from)) at = line.indexOf('=', at + 1)
  return at
}

function isEscaped(line: string, at: number, from: number): boolean {
  let first = at
  while (first > from && line.charCodeAt(first - 1) === 92) first--
  return (at - first) % 2 === 1
}
