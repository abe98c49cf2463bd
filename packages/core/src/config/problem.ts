/** Something wrong with a configuration, for a person: where, what, why, and what to do. Holds no value of a secret. */
export interface ConfigProblem {
  /** Counted from 1. */
  readonly line: number
  readonly column: number
  readonly what: string
  readonly why?: string
  readonly help?: string
}

/** `file:line:column: what — why — do: help`, on one line. */
export const problemText = (file: string, { line, column, what, why, help }: ConfigProblem): string =>
  [`${file}:${line}:${column}: ${what}`, why, help === undefined ? undefined : `do: ${help}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' — ')
    .replace(/\s*\n\s*/g, ' ')

/** In the order of the file. Of what is said of one value several times, the first counts. */
export function sortProblems(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = new Set<string>()
  return problems
    .filter(({ line, column, what }) => {
      const key = `${line}:${column}:${/^"[^"]*"/.exec(what)?.[0] ?? what}`
      return seen.has(key) ? false : seen.add(key)
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
}
