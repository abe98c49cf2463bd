import { Folded, inBothForms } from './folded.ts'
import { lowerAscii } from './text.ts'

/** Values of a condition: exact, or with `*` for any run of characters; ASCII case does not matter. */
export type Pattern = Folded<true>

const cache = new Map<string, Pattern>()

export function patternOf(values: string | readonly string[]): Pattern {
  const list = inBothForms((typeof values === 'string' ? [values] : values).map((value) => [value, true] as const)).map(
    ([value]) => value,
  )
  const key = list.join('\n')
  let pattern = cache.get(key)
  if (!pattern) {
    const globs = list.filter((v) => v.includes('*'))
    const tests = globs.map((v) => globTest(lowerAscii(v)))
    pattern = new Folded(
      list.filter((v) => !v.includes('*')).map((v) => [v, true] as const),
      (lower) => tests.some((test) => test(lower)) || undefined,
      Math.max(...globs.map(reachOf), 0),
    )
    cache.set(key, pattern)
  }
  return pattern
}

/** How far into a text a glob looks: `x*` no further than `x`. */
const reachOf = (glob: string): number => (glob.indexOf('*') === glob.length - 1 ? glob.length - 1 : Infinity)

export const matches = (text: string, pattern: Pattern): boolean => pattern.get(text) !== undefined

/** `*` as a test of lower-case text: the pieces between the stars, one behind the other. */
export function globTest(glob: string): (lower: string) => boolean {
  const [head = '', ...rest] = glob.split('*')
  const tail = rest.pop() ?? ''
  const middle = rest.filter((piece) => piece !== '')
  return (text) => {
    if (!text.startsWith(head)) return false
    let at = head.length
    for (const piece of middle) {
      const found = text.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return text.length - tail.length >= at && text.endsWith(tail)
  }
}
