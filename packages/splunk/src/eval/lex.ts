/** One word of an eval expression, with the place where it begins. */
export interface Token {
  readonly is: 'name' | 'quoted-name' | 'text' | 'number' | 'sign'
  readonly value: string
  readonly at: number
}

/** An expression outside the subset, or no expression at all. */
export class EvalError extends Error {
  /** Characters before the place. */
  readonly at: number
  constructor(problem: string, at: number) {
    super(problem)
    this.name = 'EvalError'
    this.at = at
  }
}

const patterns: readonly (readonly [Token['is'], RegExp])[] = [
  ['text', /"((?:[^"\\]|\\.)*)"/y],
  ['quoted-name', /'([^']+)'/y],
  ['number', /(\d+(?:\.\d+)?)/y],
  ['name', /([A-Za-z_][A-Za-z0-9_]*)/y],
  ['sign', /(==|[(),]|-(?=\d))/y],
]

/** Throws EvalError. */
export function lexEval(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at++
    if (at >= source.length) return tokens
    const [token, end] = tokenAt(source, at)
    tokens.push(token)
    at = end
  }
}

function tokenAt(source: string, at: number): [Token, number] {
  for (const [is, pattern] of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (!found) continue
    const value = found[1] as string
    return [{ is, value: is === 'text' ? value.replaceAll(/\\(["\\])/g, '$1') : value, at }, pattern.lastIndex]
  }
  throw new EvalError(`${JSON.stringify(source[at])} does not belong into an expression that is generated`, at)
}
