import { lowerAscii } from './text.ts'

/** A value of a condition: exact, or with `*` for any run of characters; ASCII case does not matter. */
export interface Pattern {
  readonly exact: ReadonlySet<string>
  readonly globs: readonly RegExp[]
}

const cache = new Map<string, Pattern>()

export function patternOf(values: string | readonly string[]): Pattern {
  const list = typeof values === 'string' ? [values] : values
  const key = list.join('\n')
  const known = cache.get(key)
  if (known) return known
  const lower = list.map(lowerAscii)
  const pattern = { exact: new Set(lower.filter((v) => !v.includes('*'))), globs: lower.filter((v) => v.includes('*')).map(globOf) }
  cache.set(key, pattern)
  return pattern
}

/** `*` to a regular expression over lower-case text. */
export const globOf = (glob: string): RegExp =>
  new RegExp(`^${glob.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')}$`)

export function matches(text: string, pattern: Pattern): boolean {
  const lower = lowerAscii(text)
  return pattern.exact.has(lower) || pattern.globs.some((glob) => glob.test(lower))
}
