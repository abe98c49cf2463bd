import type { EntityTable } from '../model.ts'
import { defenderCloudEntities } from './defender-cloud.ts'
import { graphEntities } from './graph.ts'

/** The shared tables of entity kinds. */
export const entityTables: readonly EntityTable[] = [defenderCloudEntities, graphEntities]
