/** A translated piece of a pattern, and what can be said of it without running it. */
export interface Part {
  /** JavaScript. */
  readonly source: string
  /** Fewest and most code points that it can match. */
  readonly min: number
  readonly max: number
  /** Capturing groups inside. */
  readonly groups: readonly number[]
  /** Those of them that are set whenever it matches. */
  readonly sure: readonly number[]
  /** Matches at a place, not a text: `^`, `\b`, a look-around. */
  readonly assertion: boolean
}

const none: readonly number[] = []

export const atom = (source: string, length = 1): Part => ({
  source,
  min: length,
  max: length,
  groups: none,
  sure: none,
  assertion: false,
})

export const assertion = (source: string): Part => ({ ...atom(source, 0), assertion: true })

/** One after the other. */
export const sequence = (parts: readonly Part[]): Part => ({
  source: parts.map((part) => part.source).join(''),
  min: parts.reduce((sum, part) => sum + part.min, 0),
  max: parts.reduce((sum, part) => sum + part.max, 0),
  groups: parts.flatMap((part) => part.groups),
  sure: parts.flatMap((part) => part.sure),
  assertion: false,
})

/** One of them. */
export function alternation(branches: readonly Part[]): Part {
  const [first, ...others] = branches
  if (first === undefined || others.length === 0) return first ?? atom('', 0)
  return {
    source: branches.map((branch) => branch.source).join('|'),
    min: Math.min(...branches.map((branch) => branch.min)),
    max: Math.max(...branches.map((branch) => branch.max)),
    groups: branches.flatMap((branch) => branch.groups),
    sure: first.sure.filter((group) => others.every((branch) => branch.sure.includes(group))),
    assertion: false,
  }
}

/** Again and again. */
export const repeated = (part: Part, suffix: string, least: number, most: number): Part => ({
  source: `${part.assertion ? `(?:${part.source})` : part.source}${suffix}`,
  min: part.min * least,
  max: part.max === 0 || most === 0 ? 0 : part.max * most,
  groups: part.groups,
  sure: least > 0 ? part.sure : none,
  assertion: false,
})
