/** A filter that cannot be read: `at` counts characters from 0. */
export class FilterError extends Error {
  readonly at: number
  constructor(problem: string, text: string, at: number) {
    super(`filter: ${problem}\n  ${text}\n  ${' '.repeat(at)}^`)
    this.name = 'FilterError'
    this.at = at
  }
}
