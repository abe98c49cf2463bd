import { matches, type Pattern } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'
import { caseFallback } from './fallback.ts'

interface KeyBits {
  readonly seen: Map<string, readonly [number, number] | null>
  readonly lower: ReadonlySet<string>
}

export const keyBits = (rows: Readonly<Record<string, readonly [number, number]>>): KeyBits => ({
  seen: new Map(Object.entries(rows)),
  lower: new Set(Object.keys(rows).map(lowerAscii)),
})

const none: readonly [number, number] = [0, 0]
const odd = null
const limit = 4096
const mask: [number, number] = [0, 0]

/** The bits of all keys of a record. The result is overwritten by the next call. */
export function bitsOf(record: Record<string, unknown>, bits: KeyBits): readonly [number, number] {
  let low = 0
  let high = 0
  for (const key in record) {
    let row = bits.seen.get(key)
    if (row === undefined) row = learn(key, bits)
    if (row === odd) throw caseFallback
    low |= row[0]
    high |= row[1]
  }
  mask[0] = low
  mask[1] = high
  return mask
}

function learn(key: string, bits: KeyBits): readonly [number, number] | null {
  const row = bits.lower.has(lowerAscii(key)) ? odd : none
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
