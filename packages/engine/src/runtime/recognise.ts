import { matches, type Pattern } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'

interface KeyBits {
  /** Keys as they were seen, in any letters; grows up to a limit. */
  readonly seen: Map<string, readonly [number, number]>
  readonly lower: ReadonlyMap<string, readonly [number, number]>
}

/** Rows are by key in lower case: the tests of shapes know no case. */
export const keyBits = (rows: Readonly<Record<string, readonly [number, number]>>): KeyBits => ({
  seen: new Map(Object.entries(rows)),
  lower: new Map(Object.entries(rows)),
})

const none: readonly [number, number] = [0, 0]
const limit = 4096
const mask: [number, number] = [0, 0]

/** The bits of all keys of a record. The result is overwritten by the next call. */
export function bitsOf(record: Record<string, unknown>, bits: KeyBits): readonly [number, number] {
  let low = 0
  let high = 0
  for (const key in record) {
    const row = bits.seen.get(key) ?? learn(key, bits)
    low |= row[0]
    high |= row[1]
  }
  mask[0] = low
  mask[1] = high
  return mask
}

function learn(key: string, bits: KeyBits): readonly [number, number] {
  const row = bits.lower.get(lowerAscii(key)) ?? none
  if (bits.seen.size < limit) bits.seen.set(key, row)
  return row
}

/** Number of the shape whose discriminator has one of these values: exact ones before patterns. */
export function shapeAt(texts: readonly string[], exact: ReadonlyMap<string, number>, globs: readonly (readonly [Pattern, number])[]): number {
  for (const text of texts) {
    const at = exact.get(text) ?? exact.get(lowerAscii(text))
    if (at !== undefined) return at
  }
  for (const [pattern, at] of globs) if (texts.some((text) => matches(text, pattern))) return at
  return -1
}
