import { printCode } from './print.ts'

type Range = readonly [low: number, high: number]

/** A set of code points: ranges, and properties as JavaScript spells them, such as `\p{Lu}`. */
export interface CharSet {
  readonly ranges: readonly Range[]
  readonly properties: readonly string[]
}

export const setOf = (...ranges: readonly Range[]): CharSet => ({ ranges, properties: [] })

export const single = (code: number): CharSet => setOf([code, code])

export const union = (sets: readonly CharSet[]): CharSet => ({
  ranges: sets.flatMap((set) => set.ranges),
  properties: sets.flatMap((set) => set.properties),
})

/** The ranges of all code points outside of `ranges`. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const outside: Range[] = []
  let from = 0
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) outside.push([from, low - 1])
    from = Math.max(from, high + 1)
  }
  if (from <= 0x10ffff) outside.push([from, 0x10ffff])
  return outside
}

/** With the other case of every ASCII letter in it: that is all that CASE_INSENSITIVE alone means in Java. */
export function bothCases(set: CharSet): CharSet {
  const others = set.ranges.flatMap(([low, high]) => [
    ...moved(Math.max(low, 0x41), Math.min(high, 0x5a), 0x20),
    ...moved(Math.max(low, 0x61), Math.min(high, 0x7a), -0x20),
  ])
  return { ranges: [...set.ranges, ...others], properties: set.properties }
}

const moved = (low: number, high: number, by: number): Range[] => (low <= high ? [[low + by, high + by]] : [])

/** As a class of a JavaScript RegExp with the flag `u`. */
export function printSet({ ranges, properties }: CharSet, negated = false): string {
  const body = ranges.map(([low, high]) => printRange(low, high)).join('') + properties.join('')
  return `[${negated ? '^' : ''}${body}]`
}

const printRange = (low: number, high: number): string =>
  low === high ? printCode(low) : `${printCode(low)}-${printCode(high)}`
