import type { ExitStatus } from '../exit.ts'

/** One row of the error table: what happened, why, what to do, and in what state things are left. */
export interface ErrorEntry {
  readonly status: ExitStatus
  readonly what: (subject: string) => string
  readonly why: string
  readonly help: string
  readonly state: string
}

export type ErrorRows = Readonly<Record<string, ErrorEntry>>
