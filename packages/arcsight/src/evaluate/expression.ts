import type { Expression } from '../parser/expression.ts'
import { operations } from './operations/index.ts'
import type { Outcome } from './outcome.ts'
import { string, type Value } from './value.ts'

/** What an expression gives, by the values of the tokens. */
export function evaluate(
  expression: Expression,
  tokens: ReadonlyMap<string, Value | null>,
  outcome: Outcome,
): Value | null {
  if (expression.is === 'quoted') return string(expression.text)
  if (expression.is === 'empty') return null
  if (expression.is === 'word') {
    const token = tokens.get(expression.text)
    return token === undefined ? string(expression.text) : token
  }
  const operation = operations[expression.name]
  const args = expression.args.map((arg) => evaluate(arg, tokens, outcome))
  if (operation?.run) return operation.run(args, outcome)
  outcome.ambiguous(`what __${expression.name} gives is not published`)
  return null
}
