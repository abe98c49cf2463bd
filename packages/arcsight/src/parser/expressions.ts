import { isProblem, type Property } from '@siembridge/formats'
import { operations } from '../evaluate/operations/index.ts'
import { patternOf } from '../evaluate/patterns.ts'
import { type Expression, parseExpression, wordsOf } from './expression.ts'
import { checkFormat } from './formats.ts'
import type { Token } from './model.ts'
import type { Problems } from './problems.ts'
import { meant } from './similar.ts'

/** What an expression may name. */
export interface Names {
  readonly tokens: ReadonlyMap<string, Token>
  /** False where names come to be while it runs (`__collection`, key-value readers): then none is refused. */
  readonly closed: boolean
}

/** Tokens that connectors of syslog bring with every line (FlexConnector Developer's Guide, "Built-in Tokens"). */
const builtIn = /^_[A-Z][A-Z_]+$/

/** The right side of a mapping, and what is wrong with it. Undefined where it cannot be read. */
export function readExpression(property: Property, names: Names, problems: Problems): Expression | undefined {
  const { key, value, line } = property
  if (value.startsWith('=')) {
    problems.error(
      'double-equals',
      line,
      `${key} has two "=": the value is "${value}", which is no expression`,
      'Take one of them out.',
    )
    return undefined
  }
  const expression = parseExpression(value)
  if (isProblem(expression)) {
    problems.error(
      'expression',
      line,
      `${key}: ${expression.problem}, at character ${expression.at + 1} of the value`,
      'Correct the expression.',
    )
    return undefined
  }
  checkOperations(expression, property, problems)
  checkWords(expression, property, names, problems)
  return expression
}

function checkOperations(expression: Expression, { key, line }: Property, problems: Problems): void {
  if (expression.is !== 'operation') return
  const { name, args } = expression
  const operation = operations[name]
  for (const arg of args) checkOperations(arg, { key, line } as Property, problems)
  if (!operation) {
    problems.error(
      'operation-unknown',
      line,
      `${key}: there is no operation __${name}`,
      `Correct the name.${meant(name, Object.keys(operations))}`,
    )
    return
  }
  if (!operation.run)
    problems.warning(
      'operation-undocumented',
      line,
      `${key}: what __${name} makes of its arguments is not published`,
      'Use another operation, or try it on a connector.',
    )
  const [least, most] = operation.args
  if (args.length < least || args.length > most)
    problems.error(
      'operation-arguments',
      line,
      `${key}: __${name} takes ${least === most ? least : `at least ${least}`} arguments, not ${args.length}`,
      'Give it the arguments that it takes; an empty one counts.',
    )
  const pattern = operation.pattern === undefined ? undefined : args[operation.pattern]
  if (pattern?.is === 'quoted' || pattern?.is === 'word') checkPattern(pattern.text, name, key, line, problems)
  if (/TimeStamp|Date/.test(name))
    for (const arg of args.slice(1))
      if (arg.is === 'quoted' || arg.is === 'word') checkFormat(arg.text, key, line, problems)
}

function checkPattern(text: string, name: string, key: string, line: number, problems: Problems): void {
  const regex = patternOf(text, name === 'multilineRegexToken')
  if (typeof regex === 'string')
    problems.error(
      'pattern',
      line,
      `${key}: the pattern "${text}" cannot be run: ${regex}`,
      'Correct the pattern; in the file, each of its backslashes stands twice.',
    )
  else if (name.startsWith('regexToken') && regex.groups === 0)
    problems.error(
      'pattern-without-group',
      line,
      `${key}: the pattern "${text}" has no group to take`,
      'Put what is wanted in round brackets.',
    )
}

function checkWords(
  expression: Expression,
  { key, line }: Property,
  { tokens, closed }: Names,
  problems: Problems,
): void {
  if (expression.is === 'word' && closed && !tokens.has(expression.text) && !builtIn.test(expression.text)) {
    undeclared(expression.text, key, line, tokens, problems)
    return
  }
  if (expression.is !== 'operation') return
  // Constants may stand without quotes; where a token is meant, only one that is declared will do.
  const constant = /^(?:stringConstant|getVendor|integerConstant|getTimeZone|getOriginator|getType)$/
  for (const [at, arg] of expression.args.entries()) {
    if (arg.is === 'operation') checkWords(arg, { key, line } as Property, { tokens, closed }, problems)
    else if (
      arg.is === 'word' &&
      at === 0 &&
      closed &&
      !tokens.has(arg.text) &&
      !constant.test(expression.name) &&
      !builtIn.test(arg.text) &&
      !/^[+-]?\d+$/.test(arg.text)
    )
      undeclared(arg.text, key, line, tokens, problems)
  }
}

function undeclared(
  word: string,
  key: string,
  line: number,
  tokens: ReadonlyMap<string, Token>,
  problems: Problems,
): void {
  problems.error(
    'token-undeclared',
    line,
    `${key}: no token is called "${word}"`,
    `Declare it, or put it in quotes where text is meant.${meant(word, tokens.keys())}`,
  )
}

/** Whether the words of an expression name this token. */
export const uses = (expression: Expression, token: string): boolean =>
  wordsOf(expression).some(({ text }) => text === token)
