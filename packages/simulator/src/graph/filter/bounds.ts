import type { Filter } from './parse.ts'

/** Ticks that an item has to lie between, both included; wider than the filter, never narrower. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

const all: Bounds = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** The bounds that the filter sets to a time by conditions that all have to hold. */
export function boundsOf(filter: Filter | undefined, path: string): Bounds {
  if (filter?.type === 'and') {
    const [left, right] = [boundsOf(filter.left, path), boundsOf(filter.right, path)]
    return { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) }
  }
  if (filter?.type !== 'compare' || filter.path !== path || filter.literal.type !== 'time') return all
  const { operator, literal } = filter
  const isLower = operator === 'eq' || operator === 'ge' || operator === 'gt'
  const isUpper = operator === 'eq' || operator === 'le' || operator === 'lt'
  return { from: isLower ? literal.ticks : all.from, to: isUpper ? literal.ticks : all.to }
}
