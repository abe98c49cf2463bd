import type { ErrorRows } from './entry.ts'

/** Of delivering to receivers. */
export const targetErrors = {} as const satisfies ErrorRows
