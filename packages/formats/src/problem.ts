/** Why a reader refused a text: a sentence, and the 0-based position (chars of the input; bytes for framing). */
export interface FormatProblem {
  readonly problem: string
  readonly at: number
}

/** Tells a reader's refusal from its result. */
export function isProblem(result: unknown): result is FormatProblem {
  // An event's own keys may be "problem" and "at", but then both hold text.
  return typeof result === 'object' && result !== null && 'problem' in result && 'at' in result && isIndex(result.at)
}

function isIndex(at: unknown): boolean {
  return typeof at === 'number'
}

/** Builds a {@link FormatProblem}. */
export function problemAt(at: number, problem: string): FormatProblem {
  return { problem, at }
}
