import { type Expr, parseSelector, type Selector, type Step } from '@siembridge/catalog'
import { isPlainMember } from '../lsx/keypath.ts'

/** A way to find a value in Microsoft's record: members from its root, or a text that is always the same. */
export type RawSource = { readonly path: readonly string[] } | { readonly literal: string }

export interface RawReading {
  /** Tried one after the other. */
  readonly sources: readonly RawSource[]
  /** True where what is found is an address that may have a port behind it. */
  readonly address: boolean
  /** Why some of it cannot be written as an extension. */
  readonly lost: readonly string[]
}

const none = (why: string): RawReading => ({ sources: [], address: false, lost: [why] })

/** What of an expression of the catalog a keypath can say. `root` is that of the shape. */
export function rawReading(expression: Expr, root: string | undefined): RawReading {
  if (typeof expression === 'string') return ofSelector(expression, root)
  const [op, ...args] = expression
  if (op === 'literal') return { sources: [{ literal: String(args[0]) }], address: false, lost: [] }
  if (op === 'time') return rawReading(args[0] as Expr, root)
  if (op === 'ip') return { ...rawReading(args[0] as Expr, root), address: true }
  if (op !== 'first') return none(`the operation ${op}`)
  const parts = args.map((part) => rawReading(part as Expr, root))
  return {
    sources: parts.flatMap(({ sources }) => sources),
    address: parts.some(({ address }) => address),
    lost: parts.flatMap(({ lost }) => lost),
  }
}

/** Alternatives of names beyond so many are left out. */
const mostPaths = 6

function ofSelector(text: string, root: string | undefined): RawReading {
  const selector = parseSelector(text)
  const base = baseOf(selector, root)
  if (!base) return none(`"${text}" begins at an element of a list`)
  let paths: (readonly string[])[] = [base]
  for (const step of selector.steps) {
    const why = obstacle(step)
    if (why !== undefined) return none(`"${text}": ${why}`)
    if (step.kind === 'key') paths = paths.flatMap((path) => step.names.map((name) => [...path, name]))
  }
  const plain = [...new Map(paths.filter((path) => path.every(isPlainMember)).map((p) => [p.join('\0'), p])).values()]
  const lost = plain.length < paths.length || plain.length > mostPaths ? [`"${text}": not all of its names`] : []
  if (selector.steps.some(({ kind }) => kind === 'json')) lost.push(`"${text}": where it is JSON inside a text`)
  return { sources: plain.slice(0, mostPaths).map((path) => ({ path })), address: false, lost }
}

function baseOf({ from }: Selector, root: string | undefined): readonly string[] | undefined {
  if (from === 'record' || root === undefined) return from === 'record' || from === 'here' ? [] : undefined
  if (from !== 'here') return undefined
  const { steps } = parseSelector(root)
  // A root that may be JSON in a text is taken as the object that it usually is.
  return steps.every((step) => step.kind === 'key' || step.kind === 'json')
    ? steps.flatMap((step) => (step.kind === 'key' ? step.names.slice(0, 1) : []))
    : undefined
}

function obstacle(step: Step): string | undefined {
  switch (step.kind) {
    case 'key':
    case 'json':
      return undefined
    case 'each':
      return 'keypaths do not go through lists'
    case 'where':
      return 'keypaths cannot search a list'
  }
}
