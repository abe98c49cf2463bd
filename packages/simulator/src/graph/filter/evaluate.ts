import { readTicks } from '../../ticks.ts'
import type { Comparison, Filter, Literal } from './parse.ts'

type Value = unknown
type Scope = Readonly<Record<string, Value>>

/** Whether the record meets the filter. Nothing compares as less or greater with null, as OData has it. */
export function meets(filter: Filter, record: Scope): boolean {
  switch (filter.type) {
    case 'and':
      return meets(filter.left, record) && meets(filter.right, record)
    case 'or':
      return meets(filter.left, record) || meets(filter.right, record)
    case 'not':
      return !meets(filter.filter, record)
    case 'compare':
      return valuesAt(record, filter.path).some((value) => compares(value, filter.operator, filter.literal))
    case 'call':
      return valuesAt(record, filter.path).some((value) => calls(filter.name, value, filter.text))
    case 'any':
      return valuesAt(record, filter.path)
        .flat()
        .some((value) => meets(filter.filter, { ...record, [filter.variable]: value }))
  }
}

/** The value at a path; through a list, that of each member. A type cast lets only objects of the type through. */
function valuesAt(record: Scope, path: string): Value[] {
  return path.split('/').reduce<Value[]>((values, step) => values.flatMap((value) => stepInto(value, step)), [record])
}

function stepInto(value: Value, step: string): Value[] {
  if (Array.isArray(value)) return value.flatMap((each) => stepInto(each, step))
  const members = (typeof value === 'object' ? (value ?? {}) : {}) as Scope
  if (step.startsWith('microsoft.graph.')) return members['@odata.type'] === `#${step}` ? [value] : []
  return [members[step] ?? null]
}

function compares(value: Value, operator: Comparison, literal: Literal): boolean {
  if (literal.type === 'null' || value === null) return comparesNull(value, operator, literal)
  const sign = order(value, literal)
  if (Number.isNaN(sign)) return operator === 'ne'
  const met = { eq: sign === 0, ne: sign !== 0, gt: sign > 0, ge: sign >= 0, lt: sign < 0, le: sign <= 0 }
  return met[operator]
}

function comparesNull(value: Value, operator: Comparison, literal: Literal): boolean {
  const isSame = value === null && literal.type === 'null'
  return operator === 'eq' ? isSame : operator === 'ne' && !isSame
}

/** Negative, zero or positive; NaN when the two cannot be compared. */
function order(value: Value, literal: Exclude<Literal, { type: 'null' }>): number {
  if (literal.type === 'time') return (readTicks(String(value)) ?? Number.NaN) - literal.ticks
  if (literal.type === 'number') return Number(value) - literal.value
  if (literal.type === 'boolean') return value === literal.value ? 0 : Number.NaN
  const text = String(value)
  return text < literal.value ? -1 : Number(text > literal.value)
}

function calls(name: 'startswith' | 'endswith' | 'contains', value: Value, text: string): boolean {
  if (typeof value !== 'string') return false
  if (name === 'startswith') return value.startsWith(text)
  return name === 'endswith' ? value.endsWith(text) : value.includes(text)
}
