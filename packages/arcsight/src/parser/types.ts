import { operations } from '../evaluate/operations/index.ts'
import { eventFields, type ValueType } from '../schema/fields.ts'
import type { Expression } from './expression.ts'
import type { Token } from './model.ts'

const known: ReadonlySet<string> = new Set<ValueType>([
  'String',
  'Integer',
  'Long',
  'TimeStamp',
  'IPAddress',
  'MacAddress',
])

const aliases: Readonly<Record<string, ValueType | undefined>> = {
  IPv6Address: 'IPAddress',
  Date: 'TimeStamp',
  Time: 'TimeStamp',
}

/** Type of a token as values have it; undefined where the file's type is unknown. */
export const tokenType = (type: string): ValueType | undefined =>
  aliases[type] ?? (known.has(type) ? (type as ValueType) : undefined)

/** Which types a field takes besides its own. */
const accepts: Readonly<Record<ValueType, readonly ValueType[]>> = {
  String: ['Integer', 'Long', 'IPAddress', 'MacAddress'],
  Integer: ['Long'],
  Long: ['Integer'],
  Float: [],
  TimeStamp: [],
  IPAddress: [],
  MacAddress: [],
}

/** Whether a value of a type may be assigned to a field. */
export const fits = (value: ValueType, field: ValueType): boolean => value === field || accepts[field].includes(value)

/** Why an expression's type does not go into a field; undefined where it does, or where that cannot be told. */
export function typeProblem(
  field: string,
  expression: Expression,
  tokens: ReadonlyMap<string, Token>,
): string | undefined {
  const wanted = eventFields.get(field)?.type
  const given = typeOf(expression, tokens)
  if (wanted === undefined || given === undefined || fits(given, wanted)) return undefined
  return `a ${given} does not go into a field of type ${wanted}`
}

function typeOf(expression: Expression, tokens: ReadonlyMap<string, Token>): ValueType | undefined {
  if (expression.is === 'quoted') return 'String'
  if (expression.is === 'empty') return undefined
  if (expression.is === 'word') {
    const token = tokens.get(expression.text)
    return token && tokenType(token.type)
  }
  const gives = operations[expression.name]?.gives
  if (typeof gives !== 'object') return gives
  const types = new Set(expression.args.slice(gives.from).flatMap((arg) => typeOf(arg, tokens) ?? []))
  return types.size === 1 ? [...types][0] : undefined
}
