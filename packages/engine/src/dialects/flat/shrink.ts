import { byteLength, type TextMode } from '@siembridge/formats/parts'
import { leefKeyOf } from '../leef/fields.ts'
import type { FlatItem } from './plan.ts'

const mark = ',"sb_truncated":1'
const bulky = 256

/** Fields that LEEF has keys for: the ones that rules ask for first. */
const principal = new Set(leefKeyOf.map(([field]) => field))

/**
 * The flat line of an event in at most `cap` bytes (0: no limit). Whole fields go until it fits: first bulky ones, then small
 * ones, last those that LEEF has keys for, each time from the end of the line; then it says `"sb_truncated":1`. `encode`
 * makes the line of some items.
 */
export function fitFlat(
  encode: (items: readonly FlatItem[]) => string,
  plan: readonly FlatItem[],
  cap: number,
  mode: TextMode,
): string {
  const line = encode(plan)
  if (cap === 0) return line
  const size = byteLength(line, mode)
  if (size <= cap) return line
  const empty = byteLength(encode([]), mode)
  const sizes = plan.map((item) => byteLength(encode([item]), mode) - empty)
  const rank = (at: number): number => (principal.has(plan[at]?.field ?? '') ? 2 : (sizes[at] ?? 0) < bulky ? 1 : 0)
  const order = plan
    .map((_, at) => at)
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b))
  let excess = size + mark.length - cap
  const gone = new Set<number>()
  for (const at of order) {
    if (excess <= 0) break
    gone.add(at)
    excess -= sizes[at] ?? 0
  }
  return `${encode(plan.filter((_, at) => !gone.has(at))).slice(0, -1)}${mark}}`
}
