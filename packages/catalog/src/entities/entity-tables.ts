import type { EntityTable } from '../model.ts'
import { defenderCloudEntities } from './defender-cloud.ts'

/** The shared tables of entity kinds. */
export const entityTables: readonly EntityTable[] = [defenderCloudEntities]
