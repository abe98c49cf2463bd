import type { Expr } from '@siembridge/catalog'
import { quoted } from '../column.ts'
import { Inexpressible, oneOf, type Printed, whereSet, withTokens } from './printed.ts'
import { printSelector } from './selector.ts'

/** An expression of the catalog as FlexConnector writes it. Throws Inexpressible with the reason why it cannot. */
export function printExpression(expr: Expr, root: string): Printed {
  if (typeof expr === 'string') return printSelector(expr, root)
  const [operation, ...args] = expr
  const print = printers[operation]
  if (!print) throw new Inexpressible(`the operation "${operation}" has no equal`)
  return print(args, root)
}

const text = (value: string): Printed => {
  if (/["\\\n\r]/.test(value)) throw new Inexpressible('it is a text with quotes or backslashes')
  return { expression: quoted(value), tokens: [] }
}

const lower = (value: Printed): Printed => withTokens(`__toLowerCase(${value.expression})`, [value])

type Printer = (args: readonly unknown[], root: string) => Printed

const printers: Readonly<Record<string, Printer | undefined>> = {
  literal: ([value]) => text(value as string),
  first: (exprs, root) => firstOf(exprs as readonly Expr[], root),
  lower: ([expr], root) => lower(printExpression(expr as Expr, root)),
  ip: ([expr], root) => printExpression(expr as Expr, root),
  concat: (exprs, root) => concatenated((exprs as readonly Expr[]).map((expr) => printExpression(expr, root))),
  table: ([expr, rows, otherwise], root) => {
    const value = printExpression(expr as Expr, root)
    const rest = otherwise === undefined ? value : printExpression(otherwise as Expr, root)
    return whereSet(value, oneOf(mapped(value, Object.entries(rows as Record<string, string>)), rest))
  },
  when: ([condition, then, otherwise], root) => {
    const no = otherwise === undefined ? nothing : printExpression(otherwise as Expr, root)
    return Object.entries(condition as Record<string, string | readonly string[]>).reduceRight(
      (yes, [selector, values]) => branch(printSelector(selector, root), values, yes, no),
      printExpression(then as Expr, root),
    )
  },
}

const nothing: Printed = { expression: '', tokens: [] }

/** As many alternatives as can be written before one that cannot: what is behind it would hide what it says. */
function firstOf(exprs: readonly Expr[], root: string): Printed {
  const parts: Printed[] = []
  for (const expr of exprs) {
    try {
      parts.push(printExpression(expr, root))
      if (parts.at(-1)?.partly !== undefined) return oneOf(...parts)
    } catch (error) {
      if (!(error instanceof Inexpressible) || parts.length === 0) throw error
      return { ...oneOf(...parts), partly: error.message }
    }
  }
  return oneOf(...parts)
}

/** Exact keys, in lower case: the catalog compares without regard to ASCII case. */
export function mapped(value: Printed, rows: readonly (readonly [key: string, value: string])[]): Printed {
  const pairs = rows.map(([key, row]) => `${key.toLowerCase()}=${row}`)
  if (rows.some(([key]) => key.includes('='))) throw new Inexpressible('it is a table with "=" in a key')
  return withTokens(
    `__simpleMap(${[lower(value).expression, ...pairs.map((pair) => text(pair).expression)].join(',')})`,
    [value],
  )
}

/** Nothing where one of the parts is not there. */
function concatenated(parts: readonly Printed[]): Printed {
  const whole = withTokens(`__concatenate(${parts.map((p) => p.expression).join(',')})`, parts)
  return parts.filter(({ tokens }) => tokens.length > 0).reduceRight((then, part) => whereSet(part, then), whole)
}

function branch(value: Printed, values: string | readonly string[], yes: Printed, no: Printed): Printed {
  return [values].flat().reduceRight<Printed>((rest, wanted) => {
    if (wanted.includes('*')) throw new Inexpressible('it asks whether a text fits a pattern')
    const test = `${lower(value).expression},${text(wanted.toLowerCase()).expression}`
    return withTokens(`__ifThenElse(${test},${yes.expression},${rest.expression})`, [value, yes, rest])
  }, no)
}
