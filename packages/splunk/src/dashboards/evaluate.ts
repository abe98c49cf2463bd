import type { Eval } from '../eval/ast.ts'
import { evaluate, textsOf } from '../eval/evaluate.ts'
import { parseEval } from '../eval/parse.ts'
import type { Subject } from './subject.ts'

/** What the macro of a subject makes of the fields of an event. Throws EvalError for what the interpreter does not know. */
export function subjectFields(
  { fields }: Subject,
  found: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(fields).flatMap(([name, expression]) => {
      const values = textsOf(evaluate(parseEval(expression), found))
      return values.length === 0 ? [] : [[name, values] as const]
    }),
  )
}

/** Fields of events that the expressions of a subject read. */
export const eventFieldsRead = ({ fields }: Subject): ReadonlySet<string> =>
  new Set(Object.values(fields).flatMap((expression) => namesIn(parseEval(expression))))

function namesIn(node: Eval): readonly string[] {
  switch (node.is) {
    case 'field':
      return [node.name]
    case 'text':
    case 'number':
      return []
    case 'equal':
      return [...namesIn(node.left), ...namesIn(node.right)]
    case 'all':
    case 'any':
      return node.parts.flatMap((part) => namesIn(part))
    case 'call':
      return node.args.flatMap((part) => namesIn(part))
  }
}
