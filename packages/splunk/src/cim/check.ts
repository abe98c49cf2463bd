import type { DataModel } from './models.ts'
import { exemptions } from './exemptions.ts'

/** What a data model misses in an event. */
export interface CimProblem {
  readonly model: string
  readonly field: string
  readonly is: 'missing' | 'value'
  readonly got?: string
  readonly reason: string
}

type Fields = ReadonlyMap<string, readonly string[]>

/** Required fields without a value and values outside the data model's lists; what is exempt is left out. */
export function cimProblems(type: string, model: DataModel, fields: Fields): CimProblem[] {
  return [...missing(type, model, fields), ...wrong(model, fields)]
}

export const exemptFields = (type: string, model: string): ReadonlyMap<string, string> =>
  new Map(
    exemptions
      .filter((one) => one.type === type && one.model === model)
      .flatMap(({ fields, reason }) => fields.map((field) => [field, reason] as const)),
  )

function missing(type: string, model: DataModel, fields: Fields): CimProblem[] {
  const exempt = exemptFields(type, model.id)
  return wanted(model, fields)
    .filter(({ field }) => !exempt.has(field) && !given(fields.get(field)))
    .map(({ field, reason }) => ({ model: model.id, field, is: 'missing', reason }))
}

/** Required fields, and those that other fields of the event make required. */
export function wanted(model: DataModel, fields: Fields): { field: string; reason: string }[] {
  const conditional = (model.conditional ?? []).filter(({ where }) =>
    Object.entries(where).every(([name, values]) => fields.get(name)?.some((value) => values.includes(value))),
  )
  return [
    ...model.required.map((field) => ({ field, reason: `required by ${model.title}` })),
    ...conditional.map(({ field, where }) => ({
      field,
      reason: `required by ${model.title} where ${Object.entries(where)
        .map(([name, values]) => `${name} is ${values.join(' or ')}`)
        .join(' and ')}`,
    })),
  ]
}

/** `unknown` is what CIM itself puts where there is nothing. */
const given = (values: readonly string[] | undefined): boolean =>
  values !== undefined && values.some((value) => value !== '' && value.toLowerCase() !== 'unknown')

function wrong(model: DataModel, fields: Fields): CimProblem[] {
  return Object.entries(model.values ?? {}).flatMap(([field, allowed]) =>
    (fields.get(field) ?? [])
      .filter((value) => !allowed.includes(value))
      .map((got) => ({
        model: model.id,
        field,
        is: 'value' as const,
        got,
        reason: `${model.title} knows ${allowed.join(', ')}`,
      })),
  )
}
