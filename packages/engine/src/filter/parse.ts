import type { Field, FieldType } from '@siembridge/catalog'
import { isIPv4, isIPv6 } from '../values/ip.ts'
import { timeMs } from '../values/time.ts'
import { FilterError } from './error.ts'

/** A filter as a tree. The grammar and what it means stand in `grammar.ts`. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | {
      readonly kind: 'test'
      readonly field: string
      readonly type: FilterType
      readonly op: Operator
      readonly values: readonly string[]
    }

export type FilterType = FieldType | 'severity'
export type Operator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'contains'
  | 'startswith'
  | 'endswith'
  | 'like'
  | 'in'
  | 'exists'

const virtual: Readonly<Record<string, FilterType>> = {
  severity: 'severity',
  type: 'keyword',
  signature: 'keyword',
  tenant: 'keyword',
  time: 'date',
}
const word = /[^\s()'",=<>!]+/y
const operators = /==|!=|<=|>=|=|<|>/y

/** Throws FilterError. */
export function parseFilter(text: string, dictionary: ReadonlyMap<string, Field>): Filter {
  const parser = new Parser(text, dictionary)
  const filter = parser.or()
  parser.end()
  return filter
}

class Parser {
  private at = 0
  private readonly text: string
  private readonly dictionary: ReadonlyMap<string, Field>
  constructor(text: string, dictionary: ReadonlyMap<string, Field>) {
    this.text = text
    this.dictionary = dictionary
  }

  or(): Filter {
    return this.chain('or', () => this.chain('and', () => this.not()))
  }

  end(): void {
    this.skip()
    if (this.at < this.text.length) this.fail('"and" or "or" was expected')
  }

  private chain(kind: 'and' | 'or', next: () => Filter): Filter {
    const parts = [next()]
    while (this.keyword(kind)) parts.push(next())
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts }
  }

  private not(): Filter {
    if (this.keyword('not')) return { kind: 'not', part: this.not() }
    this.skip()
    if (this.text[this.at] !== '(') return this.test()
    this.at++
    const inner = this.or()
    this.expect(')')
    return inner
  }

  private test(): Filter {
    this.skip()
    const start = this.at
    const field = this.read(word) ?? this.fail('a field was expected')
    const type = Object.hasOwn(virtual, field) ? virtual[field] : this.dictionary.get(field)?.type
    if (type === undefined) this.fail(`there is no field "${field}"; \`siembridge list fields\` prints them`, start)
    if (this.keyword('exists')) return { kind: 'test', field, type, op: 'exists', values: [] }
    if (this.keyword('not')) {
      if (!this.keyword('in')) this.fail('"in" was expected after "not"')
      return { kind: 'not', part: { kind: 'test', field, type, op: 'in', values: this.values(type) } }
    }
    if (this.keyword('in')) return { kind: 'test', field, type, op: 'in', values: this.values(type) }
    return { kind: 'test', field, type, op: this.operator(type), values: [this.value(type)] }
  }

  private operator(type: FilterType): Operator {
    this.skip()
    for (const name of ['contains', 'startswith', 'endswith', 'like'] as const) if (this.keyword(name)) return name
    const start = this.at
    const found =
      this.read(operators) ??
      this.fail('a comparison was expected: == != < <= > >= in contains startswith endswith like exists')
    if (/^[<>]/.test(found) && !['severity', 'long', 'float', 'port', 'date'].includes(type))
      this.fail('this field has no order; compare it with ==, in or like', start)
    return found === '=' ? '==' : (found as Operator)
  }

  private values(type: FilterType): string[] {
    this.skip()
    if (this.text[this.at] !== '(') return [this.value(type)]
    this.at++
    const values = [this.value(type)]
    for (this.skip(); this.text[this.at] === ','; this.skip()) {
      this.at++
      values.push(this.value(type))
    }
    this.expect(')')
    return values
  }

  private value(type: FilterType): string {
    this.skip()
    const start = this.at
    const quote = this.text[this.at]
    const value =
      quote === '"' || quote === "'" ? this.quoted(quote) : (this.read(word) ?? this.fail('a value was expected'))
    const problem = valueProblem(type, value)
    if (problem !== undefined) this.fail(problem, start)
    return value
  }

  private quoted(quote: string): string {
    const end = this.text.indexOf(quote, this.at + 1)
    if (end < 0) this.fail('the closing quote is missing')
    const value = this.text.slice(this.at + 1, end)
    this.at = end + 1
    return value
  }

  private keyword(name: string): boolean {
    this.skip()
    const found = this.text.slice(this.at, this.at + name.length)
    const next = this.text[this.at + name.length] ?? ' '
    if (found.toLowerCase() !== name || !/[\s()'",]/.test(next)) return false
    this.at += name.length
    return true
  }

  private expect(character: string): void {
    this.skip()
    if (this.text[this.at] !== character) this.fail(`"${character}" was expected`)
    this.at++
  }

  private read(form: RegExp): string | undefined {
    form.lastIndex = this.at
    const found = form.exec(this.text)?.[0]
    if (found !== undefined) this.at = form.lastIndex
    return found
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private fail(problem: string, at = this.at): never {
    throw new FilterError(problem, this.text, at)
  }
}

const severityNames: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical']

/** What is wrong with a value for a field of this type; patterns of `like` and pieces of `contains` are texts of any field. */
function valueProblem(type: FilterType, value: string): string | undefined {
  if (type === 'severity' && !severityNames.includes(value.toLowerCase()))
    return `a severity is one of ${severityNames.join(', ')}`
  if ((type === 'long' || type === 'port' || type === 'float') && (value === '' || Number.isNaN(Number(value))))
    return 'a number was expected'
  if (type === 'date' && Number.isNaN(timeMs(value))) return 'a time was expected, such as 2026-06-01T10:00:00Z'
  return type === 'ip' ? networkProblem(value) : undefined
}

function networkProblem(value: string): string | undefined {
  const [address = '', length] = value.split('/')
  if (length === undefined || (!isIPv4(address) && !isIPv6(address))) return undefined
  const most = isIPv4(address) ? 32 : 128
  return /^\d{1,3}$/.test(length) && Number(length) <= most ? undefined : `a network ends in /0 to /${most}`
}
