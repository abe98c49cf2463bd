import { flatKey } from '@siembridge/engine/plans'
import { all, always, any, call, type Eval, field, text } from '../eval/ast.ts'
import { like } from './words.ts'

/**
 * Which events of a log type belong to a data model: field to the values that it may have, `*` in one for any run of
 * characters. Fields are those of the dictionary, and `signature.id` and `signature.category`.
 */
export type Condition = Readonly<Record<string, string | readonly string[]>>

const metaKeys: Readonly<Record<string, string>> = {
  'signature.id': 'sb_signature_id',
  'signature.category': 'sb_category',
}

const keyOf = (name: string): string => metaKeys[name] ?? flatKey(name)
const entries = (condition: Condition): [string, readonly string[]][] =>
  Object.entries(condition).map(([name, values]) => [keyOf(name), [values].flat()])

/** True where the event belongs; without a condition always. */
export function conditionEval(condition: Condition | undefined): Eval {
  if (condition === undefined) return always
  const tests = entries(condition).map(([key, values]) => oneOf(field(key), values))
  return tests.length === 1 ? (tests[0] as Eval) : all(...tests)
}

function oneOf(value: Eval, values: readonly string[]): Eval {
  const exact = values.filter((one) => !one.includes('*'))
  const tests = [
    ...(exact.length > 0 ? [call('in', value, ...exact.map((one) => text(one)))] : []),
    ...values.filter((one) => one.includes('*')).map((one) => like(value, one)),
  ]
  return tests.length === 1 ? (tests[0] as Eval) : any(...tests)
}

/** The terms of a search, with a space before each; `not` refuses events. */
export const conditionSearch = (condition: Condition | undefined, not: Condition | undefined): string =>
  [
    ...entries(condition ?? {}).map(([key, values]) => ` ${searchTerm(key, values)}`),
    ...(not
      ? [
          ` NOT (${entries(not)
            .map(([key, values]) => searchTerm(key, values))
            .join(' ')})`,
        ]
      : []),
  ].join('')

function searchTerm(key: string, values: readonly string[]): string {
  const terms = values.map((value) => `${key}="${value.replaceAll(/[\\"]/g, '\\$&')}"`)
  return terms.length === 1 ? (terms[0] as string) : `(${terms.join(' OR ')})`
}
