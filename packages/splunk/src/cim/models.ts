import { endpointModels } from './models/endpoint.ts'
import type { DataModel } from './models/model.ts'
import { serviceModels } from './models/service.ts'

/** Every data model that log types fill. */
export const dataModels = [...serviceModels, ...endpointModels] as const

export type ModelId = (typeof dataModels)[number]['id']
export const modelOf = (id: ModelId): DataModel => dataModels.find((model) => model.id === id) as DataModel
export type { DataModel }
