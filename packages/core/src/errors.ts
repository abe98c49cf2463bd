import { applyErrors } from './errors/apply.ts'
import { commandErrors } from './errors/command.ts'
import { configErrors } from './errors/config.ts'
import type { ErrorEntry } from './errors/entry.ts'
import { pipelineErrors } from './errors/pipeline.ts'
import { inputErrors } from './errors/input.ts'
import { sourceErrors } from './errors/source.ts'
import { targetErrors } from './errors/target.ts'
import type { ExitStatus } from './exit.ts'

/** Every error that a person can meet, under its permanent name. The page docs/errors.md is generated from this table. */
export const errorTable = {
  ...commandErrors,
  ...configErrors,
  ...sourceErrors,
  ...targetErrors,
  ...pipelineErrors,
  ...applyErrors,
  ...inputErrors,
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type ErrorName = keyof typeof errorTable

/** An error out of the table. Its message is for a person and holds no secret. */
export class SiembridgeError extends Error {
  readonly code: ErrorName
  readonly status: ExitStatus
  /** `subject` fills in the row's sentence; `detail` is what the system said. */
  constructor(code: ErrorName, subject: string, detail?: string) {
    const entry: ErrorEntry = errorTable[code]
    const said = detail === undefined ? '' : ` (${detail.trim().replace(/\s*\n\s*/g, ' ')})`
    super(`${entry.what(subject)}${said}\n  why:   ${entry.why}\n  do:    ${entry.help}\n  state: ${entry.state}`)
    this.name = 'SiembridgeError'
    this.code = code
    this.status = entry.status
  }
}
