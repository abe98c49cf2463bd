import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml'
import type { ConfigProblem } from './problem.ts'
import { offsetIn } from './text-offset.ts'

export type Path = readonly (string | number)[]

export interface Place {
  /** Counted from 1. */
  readonly line: number
  readonly column: number
}

/** A YAML text that keeps where everything stands. */
export interface YamlText {
  /** Plain values; undefined where `problems` holds something. */
  readonly value: unknown
  /** What is no YAML. */
  readonly problems: readonly ConfigProblem[]
  /** Where the value of a path begins; where it is missing, the key of what should hold it. */
  at(path: Path, offset?: number): Place
  /** Where the key of a member stands. */
  keyAt(path: Path, key: string): Place
}

const syntaxHelp = 'check the indentation, colons and quotes here; `siembridge schema` helps editors to do so'

/** Reads one YAML document. Never throws for what a text holds. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }): ConfigProblem => ({
    ...place(pos[0]),
    what: `no YAML: ${message}`,
    help: syntaxHelp,
  }))
  const { value, problem } = problems.length > 0 ? {} : plainValue(document)
  if (problem !== undefined) problems.push({ line: 1, column: 1, what: `no YAML: ${problem}`, help: syntaxHelp })
  return {
    value,
    problems,
    at: (path, offset) => place(offsetOf(document, path) + inside(document, text, path, offset)),
    keyAt: (path, key) => place(keyOffset(nodeAt(document, path), key) ?? offsetOf(document, path)),
  }
}

function plainValue(document: Document): { value?: unknown; problem?: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents
  for (const part of path) {
    node = resolved(document, node)
    if (isMap(node)) node = pairOf(node.items, String(part))?.value
    else if (isSeq(node)) node = node.items[Number(part)]
    else return undefined
  }
  return node
}

const resolved = (document: Document, node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)

const pairOf = (pairs: readonly Pair[], key: string): Pair | undefined =>
  pairs.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === key)

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

function keyOffset(node: unknown, key: string): number | undefined {
  return isMap(node) ? startOf(pairOf(node.items, key)?.key) : undefined
}

/** A value begins where it stands; one that is empty or missing, at the key of what holds it. */
function offsetOf(document: Document, path: Path): number {
  const node = nodeAt(document, path)
  if (isNode(node) && !(isScalar(node) && node.value === null)) return node.range?.[0] ?? 0
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(document, path.slice(0, length - 1))
    const found = keyOffset(parent, String(path[length - 1])) ?? startOf(nodeAt(document, path.slice(0, length)))
    if (found !== undefined) return found
  }
  return 0
}

/** How far into its source text a character of a string value stands. */
function inside(document: Document, text: string, path: Path, offset: number | undefined): number {
  const node = nodeAt(document, path)
  if (offset === undefined || !isScalar(node) || typeof node.value !== 'string' || !node.range) return 0
  return offsetIn(text.slice(node.range[0], node.range[1]), node.value, offset)
}
