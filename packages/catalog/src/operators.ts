import type { Expr } from './model.ts'

/** The form of an operation's arguments: what the checker demands, and which of them are expressions themselves. */
export interface OperatorForm {
  /** What is wrong with the arguments, or nothing. */
  check(args: readonly unknown[]): string | undefined
  expressions(args: readonly unknown[]): readonly Expr[]
}

const isExpr = (value: unknown): value is Expr =>
  typeof value === 'string' || (Array.isArray(value) && typeof value[0] === 'string')
const isText = (value: unknown): value is string => typeof value === 'string'
const isRows = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText)

const exprsOnly: OperatorForm = {
  check: (args) => (args.length > 0 && args.every(isExpr) ? undefined : 'wants one expression or more'),
  expressions: (args) => args as readonly Expr[],
}

/** One expression, then fixed arguments. */
function onOne(names: string, ...tests: readonly ((value: unknown) => boolean)[]): OperatorForm {
  return {
    check: (args) =>
      isExpr(args[0]) && args.length <= tests.length + 1 && tests.every((t, i) => t(args[i + 1]))
        ? undefined
        : `wants ${names}`,
    expressions: (args) => [args[0] as Expr],
  }
}

const optional = (test: (value: unknown) => boolean) => (value: unknown) => value === undefined || test(value)

/** Every operation, once: the checker, the interpreter and the generator know no other. */
export const operators: Readonly<Record<string, OperatorForm>> = {
  literal: {
    check: (args) => (args.length === 1 && isText(args[0]) ? undefined : 'wants a text'),
    expressions: () => [],
  },
  first: exprsOnly,
  all: exprsOnly,
  concat: exprsOnly,
  lower: onOne('an expression'),
  ip: onOne('an expression'),
  port: onOne('an expression'),
  number: onOne('an expression'),
  join: onOne('an expression and a separator', isText),
  time: onOne(
    'an expression and perhaps "s" or "ms"',
    optional((v) => v === 's' || v === 'ms'),
  ),
  part: onOne('an expression, a separator and a whole number', (v) => isText(v) && v !== '', Number.isInteger),
  strip: onOne('an expression, a prefix and a suffix', isText, isText),
  pairs: onOne('an expression and a name', (v) => isText(v) && v !== ''),
  dissect: onOne(
    'an expression, patterns and a name',
    (v) => Array.isArray(v) && v.length > 0 && v.every(isText),
    isText,
  ),
  table: {
    check: (args) =>
      isExpr(args[0]) && isRows(args[1]) && (args.length === 2 || (args.length === 3 && isExpr(args[2])))
        ? undefined
        : 'wants an expression, rows, and perhaps an expression',
    expressions: (args) => [args[0] as Expr, ...(args.length === 3 ? [args[2] as Expr] : [])],
  },
  when: {
    check: (args) =>
      typeof args[0] === 'object' &&
      args[0] !== null &&
      args.slice(1).length > 0 &&
      args.length <= 3 &&
      args.slice(1).every(isExpr)
        ? undefined
        : 'wants a condition and one or two expressions',
    expressions: (args) => [...Object.keys(args[0] as object), ...(args.slice(1) as Expr[])],
  },
}
