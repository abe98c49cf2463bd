import type { EntityTable } from '../model.ts'

/** The shared tables of entity kinds. */
export const entityTables: readonly EntityTable[] = []
