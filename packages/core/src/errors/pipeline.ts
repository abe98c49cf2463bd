import type { ErrorRows } from './entry.ts'

/** Of the buffer, positions and state on disk. */
export const pipelineErrors = {} as const satisfies ErrorRows
