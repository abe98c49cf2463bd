import { z } from 'zod'
import { serviceNowOptions } from './options.ts'
import { ruleOptions } from './rules/rule-options.ts'

/** An option as a page of documents shows it. */
export interface OptionRow {
  readonly name: string
  /** As it would be written; empty where there is none. */
  readonly preset: string
  readonly meaning: string
}

interface Json {
  readonly description?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Json>>
  readonly required?: readonly string[]
}

const left = ['rules', 'auth']

/** Options of the target and of a rule, from the schema that checks them. */
export const describeOptions = (): { readonly target: readonly OptionRow[]; readonly rule: readonly OptionRow[] } => ({
  target: rowsOf(serviceNowOptions).filter(({ name }) => !left.includes(name)),
  rule: rowsOf(ruleOptions),
})

function rowsOf(schema: z.ZodType): OptionRow[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return Object.entries(properties).map(([name, { description = '', default: preset }]) => ({
    name,
    preset: required.includes(name) ? 'needed' : preset === undefined ? '' : written(preset),
    meaning: description,
  }))
}

const written = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '{}' ? '' : text
}
