/** One answer of a check: what was looked at, whether it is well, and what to do where it is not. */
export interface Finding {
  /** What was looked at, as a person would say it: `token of tenant contoso`. */
  readonly subject: string
  readonly is: 'good' | 'warning' | 'bad'
  /** What was found. Holds no secret. */
  readonly says: string
  /** Name out of the error table, where it is one of its errors. */
  readonly code?: string
  /** What to do about it. */
  readonly help?: string
}
