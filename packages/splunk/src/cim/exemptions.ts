import type { ModelId } from './models.ts'

/** Required fields of a data model that a log type cannot give: CIM shows `unknown` there. */
export interface Exemption {
  readonly type: string
  readonly model: ModelId
  readonly fields: readonly string[]
  readonly reason: string
}

export const exemptions: readonly Exemption[] = []
