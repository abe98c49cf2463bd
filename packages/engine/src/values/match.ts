import { Folded } from './folded.ts'
import { lowerAscii } from './text.ts'

/** Values of a condition: exact, or with `*` for any run of characters; ASCII case does not matter. */
export type Pattern = Folded<true>

const cache = new Map<string, Pattern>()

export function patternOf(values: string | readonly string[]): Pattern {
  const list = typeof values === 'string' ? [values] : values
  const key = list.join('\n')
  let pattern = cache.get(key)
  if (!pattern) {
    const tests = list.filter((v) => v.includes('*')).map((v) => globTest(lowerAscii(v)))
    pattern = new Folded(
      list.filter((v) => !v.includes('*')).map((v) => [v, true] as const),
      (lower) => tests.some((test) => test(lower)) || undefined,
    )
    cache.set(key, pattern)
  }
  return pattern
}

export const matches = (text: string, pattern: Pattern): boolean => pattern.get(text) !== undefined

/** `*` as a test of lower-case text; a regular expression only where nothing simpler does. */
export function globTest(glob: string): (lower: string) => boolean {
  const pieces = glob.split('*')
  const [head = '', middle = '', tail = ''] = pieces
  if (pieces.length === 2) return (text) => text.length >= head.length + middle.length && text.startsWith(head) && text.endsWith(middle)
  if (pieces.length === 3 && head === '' && tail === '') return (text) => text.includes(middle)
  const form = new RegExp(`^${pieces.map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')}$`)
  return (text) => form.test(text)
}
