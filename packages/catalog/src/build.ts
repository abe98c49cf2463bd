import type { Expr, Field, LogType } from './model.ts'

/** Identity with a type: a log type is checked by `check.ts`, not by running code. */
export function defineLogType(logType: LogType): LogType {
  return logType
}

/** Test of `when`: selector to the values it may have; all of them must hold. `*` in a value is any run of characters. */
export type Condition = Readonly<Record<string, string | readonly string[]>>

/** The text itself. */
export const literal = (text: string): Expr => ['literal', text]
/** The first text of the first expression that has one. */
export const first = (...exprs: readonly Expr[]): Expr => ['first', ...exprs]
/** Every text of every expression, each once. */
export const all = (...exprs: readonly Expr[]): Expr => ['all', ...exprs]
/** Looks each text up, ASCII case-insensitively; one that is not listed becomes `otherwise`, or goes as it is. */
export const table = (expr: Expr, rows: Readonly<Record<string, string>>, otherwise?: Expr): Expr =>
  otherwise === undefined ? ['table', expr, rows] : ['table', expr, rows, otherwise]
/** ASCII letters to lower case. */
export const lower = (expr: Expr): Expr => ['lower', expr]
/** The first texts of all expressions, one after the other; nothing where one is absent. */
export const concat = (...exprs: readonly Expr[]): Expr => ['concat', ...exprs]
/** All texts as one, with a separator. */
export const join = (expr: Expr, separator: string): Expr => ['join', expr, separator]
/** Address out of the forms in which Microsoft writes one (port, brackets, mapped). */
export const ip = (expr: Expr): Expr => ['ip', expr]
/** Port of `address:port`, or a port number. */
export const port = (expr: Expr): Expr => ['port', expr]
/** Time in any documented form; `unit` says what a bare number counts. */
export const time = (expr: Expr, unit?: 's' | 'ms'): Expr => (unit ? ['time', expr, unit] : ['time', expr])
/** Number out of decimal or `0x` text. */
export const number = (expr: Expr): Expr => ['number', expr]
/** Piece number `index` of each text cut at `separator`; negative counts from the end. */
export const part = (expr: Expr, separator: string, index: number): Expr => ['part', expr, separator, index]
/** Texts without this prefix and suffix, where they have them. */
export const strip = (expr: Expr, prefix: string, suffix = ''): Expr => ['strip', expr, prefix, suffix]
/** The piece called `name` by the first pattern that fits the whole text: `"%{proto} request from %{src} to %{dst}"`. */
export const dissect = (expr: Expr, patterns: readonly string[], name: string): Expr => [
  'dissect',
  expr,
  patterns,
  name,
]
/** Value of `name` in `<name>value</name>` or `name=value;…` text. */
export const pairs = (expr: Expr, name: string): Expr => ['pairs', expr, name]
/** `then` where the condition holds, else `otherwise`. */
export const when = (condition: Condition, then: Expr, otherwise?: Expr): Expr =>
  otherwise === undefined ? ['when', condition, then] : ['when', condition, then, otherwise]

const one =
  (type: Field['type']) =>
  (meaning: string, more: Partial<Field> = {}): Field => ({ type, many: false, meaning, ...more })
const many =
  (type: Field['type']) =>
  (meaning: string, more: Partial<Field> = {}): Field => ({ type, many: true, meaning, ...more })

export const keyword = one('keyword')
export const keywords = many('keyword')
export const text = one('text')
export const texts = many('text')
export const long = one('long')
export const float = one('float')
export const boolean = one('boolean')
export const date = one('date')
export const address = one('ip')
export const addresses = many('ip')
export const portNumber = one('port')
/** A container kept as it is: its minified source, embedded where the target can nest. */
export const object = one('object')
export const objects = many('object')
