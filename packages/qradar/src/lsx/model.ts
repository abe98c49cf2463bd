import type { Identity, MatcherKind, PatternType } from './grammar.ts'

/** A log source extension as it was read. Lines are those of the file, from 1. */
export interface Lsx {
  readonly file: string
  readonly patterns: ReadonlyMap<string, Pattern>
  /** By rising `order`. */
  readonly groups: readonly MatchGroup[]
  /** True where the elements below the root are in its namespace too. */
  readonly childrenInNamespace: boolean
}

export interface Pattern {
  readonly id: string
  readonly type: PatternType
  /** Everything between the tags, line ends and spaces included. */
  readonly text: string
  readonly caseInsensitive: boolean
  readonly trim: boolean
  /** `use-default-pattern="true"`: java.util.regex in place of the faster adaptive engine. */
  readonly java: boolean
  readonly line: number
}

export interface MatchGroup {
  readonly order: number
  readonly description: string
  readonly typeOverride?: number
  readonly matchers: readonly Matcher[]
  readonly singles: readonly Single[]
  readonly multiples: readonly Multiple[]
  readonly line: number
}

export interface Matcher {
  readonly kind: MatcherKind
  readonly field: string
  readonly pattern: string
  readonly order: number
  /** Number of a group, or a template with substitutions. */
  readonly group: string
  readonly substitutions: boolean
  readonly dateFormat?: string
  readonly pairDelimiter?: string
  readonly valueDelimiter?: string
  readonly listDelimiter?: string
  readonly line: number
}

export interface Modifier {
  readonly category?: string
  readonly severity?: number
  readonly identity: Identity
  readonly lookUpAgain: boolean
  readonly line: number
}

export interface Single extends Modifier {
  readonly eventName: string
}

export interface Multiple extends Modifier {
  readonly pattern: string
  readonly group?: number
}
