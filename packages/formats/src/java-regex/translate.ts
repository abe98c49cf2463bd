import { problemAt, type FormatProblem } from '../problem.ts'
import { Refused } from './cursor.ts'
import type { JavaFlags } from './group.ts'
import { Parser } from './parser.ts'

/** A pattern of java.util.regex as JavaScript runs it: the same matches, and the same text in every group. */
export interface JavaRegex {
  readonly pattern: string
  /** As `Matcher.find()`: the first match anywhere. */
  readonly find: RegExp
  /** As `Matcher.matches()`: the whole text or nothing. */
  readonly whole: RegExp
  /** How many groups capture. */
  readonly groups: number
  /** Numbers of named groups. */
  readonly names: ReadonlyMap<string, number>
  /**
   * Position of the first `\b` or `\B`. Up to Java 18 they take letters and digits of every script for parts of a word, from
   * Java 19 on and here ASCII alone: where a text has others the answers may differ.
   */
  readonly asciiFrom?: number
}

/**
 * Translates a pattern. What JavaScript has no exact equal for is refused, with its position and the reason: possessive and atomic
 * groups, classes within classes, look-behind without a longest length, references to groups that may not be set, repeated
 * parts that can match nothing, and what java.util.regex itself does not compile. `flags` are those of `Pattern.compile`.
 */
export function javaRegex(pattern: string, flags: Partial<JavaFlags> = {}): JavaRegex | FormatProblem {
  const parser = new Parser(pattern, { caseInsensitive: false, multiline: false, dotAll: false, ...flags })
  try {
    const { source } = parser.whole()
    return {
      pattern,
      find: new RegExp(source, 'u'),
      whole: new RegExp(`^(?:${source})$`, 'u'),
      groups: parser.groups,
      names: parser.names,
      ...(parser.wordBoundaryAt !== undefined && { asciiFrom: parser.wordBoundaryAt }),
    }
  } catch (error) {
    if (error instanceof Refused) return problemAt(error.at, error.message)
    // V8 has limits of its own, such as the size of a compiled pattern.
    if (error instanceof SyntaxError) return problemAt(0, `JavaScript cannot compile it: ${error.message}`)
    throw error
  }
}
