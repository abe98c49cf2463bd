import type { LogType, Shape, Test } from './model.ts'

/** Two shapes of one rank that some record could pass both: which would win is nobody's decision. */
export function overlaps(types: readonly LogType[]): { readonly a: string; readonly b: string }[] {
  const shapes = types.flatMap((type) =>
    Object.entries(type.shapes).map(([name, shape]) => ({ name: `${type.id}/${name}`, shape })),
  )
  return shapes.flatMap((a, i) =>
    shapes.slice(i + 1).flatMap((b) => (disjoint(a.shape, b.shape) ? [] : [{ a: a.name, b: b.name }])),
  )
}

function disjoint(a: Shape, b: Shape): boolean {
  if ((a.rank ?? 0) !== (b.rank ?? 0)) return true
  return (
    refuses(a.when, b.when) ||
    refuses(b.when, a.when) ||
    answers(a.when).some((x) => answers(b.when).some((y) => x.selector === y.selector && apart(x.values, y.values)))
  )
}

const keysOf = (either: string): string[] => either.split('|').map((key) => key.toLowerCase())

/** A key that the one demands and the other refuses, whichever of its names is there. */
const refuses = (a: Test, b: Test): boolean =>
  a.has.some((has) => (b.lacks ?? []).some((lacks) => keysOf(has).every((key) => keysOf(lacks).includes(key))))

interface Answer {
  readonly selector: string
  readonly values: readonly string[]
}

function answers({ is, also }: Test): Answer[] {
  return [is, also].flatMap((test) => {
    if (!test) return []
    const [selector, ...values] = test
    return [{ selector: selector.toLowerCase(), values: values.map((v) => v.toLowerCase()) }]
  })
}

const apart = (a: readonly string[], b: readonly string[]): boolean => a.every((x) => b.every((y) => differs(x, y)))

/** Whether no text is of both patterns: their fixed beginnings, or their fixed ends, contradict each other. */
function differs(a: string, b: string): boolean {
  if (!a.includes('*') && !b.includes('*')) return a !== b
  const [headA, headB] = [a, b].map((p) => p.split('*')[0] ?? '') as [string, string]
  const [tailA, tailB] = [a, b].map((p) => p.split('*').at(-1) ?? '') as [string, string]
  const heads = headA.startsWith(headB) || headB.startsWith(headA)
  const tails = tailA.endsWith(tailB) || tailB.endsWith(tailA)
  if (!heads || !tails) return true
  // One exact text against a pattern: it must also hold the pieces between.
  if (!a.includes('*')) return !holds(a, b)
  return !b.includes('*') && !holds(b, a)
}

function holds(text: string, pattern: string): boolean {
  let at = 0
  for (const piece of pattern.split('*')) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}
