import { SiembridgeError } from '../errors.ts'
import { type ConfigProblem, problemText } from './problem.ts'

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigError extends SiembridgeError {
  readonly file: string
  readonly problems: readonly ConfigProblem[]
  constructor(file: string, problems: readonly ConfigProblem[]) {
    super('ConfigurationWrong', `${file} has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}`)
    this.name = 'ConfigError'
    this.file = file
    this.problems = problems
  }

  /** A line for each problem. */
  get lines(): readonly string[] {
    return this.problems.map((problem) => problemText(this.file, problem))
  }
}
