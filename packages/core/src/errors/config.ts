import type { ErrorRows } from './entry.ts'

/** Of the configuration. */
export const configErrors = {} as const satisfies ErrorRows
