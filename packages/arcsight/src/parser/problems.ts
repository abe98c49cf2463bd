import type { ParserProblem } from '@siembridge/core'

/** Problems of one file as they are found. */
export class Problems {
  readonly found: ParserProblem[] = []
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  /** It does not do what it says, or does not load. */
  error(code: string, line: number | undefined, message: string, help: string): void {
    this.add('error', code, line, message, help)
  }

  /** Readings of the vendor's documents differ, or a check is not possible. */
  warning(code: string, line: number | undefined, message: string, help: string): void {
    this.add('warning', code, line, message, help)
  }

  private add(
    level: ParserProblem['level'],
    code: string,
    line: number | undefined,
    message: string,
    help: string,
  ): void {
    this.found.push({ level, code, file: this.file, ...(line !== undefined && { line }), message, help })
  }
}
