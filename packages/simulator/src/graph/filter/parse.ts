import { readTicks } from '../../ticks.ts'
import { FilterError, lexFilter } from './lex.ts'
import type { Token } from './lex.ts'

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type TextFunction = 'startswith' | 'endswith' | 'contains'

/** A literal: a time keeps its text and is compared by ticks. */
export type Literal =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' }
  | { readonly type: 'time'; readonly text: string; readonly ticks: number }

/** A condition of a `$filter`. */
export type Filter =
  | { readonly type: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly type: 'not'; readonly filter: Filter }
  | { readonly type: 'compare'; readonly path: string; readonly operator: Comparison; readonly literal: Literal }
  | { readonly type: 'call'; readonly name: TextFunction; readonly path: string; readonly text: string }
  | { readonly type: 'any'; readonly path: string; readonly variable: string; readonly filter: Filter }

const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const functions: readonly string[] = ['startswith', 'endswith', 'contains']

/** Reads a `$filter`; throws a {@link FilterError} when it is none. `and` binds closer than `or`, `not` closest. */
export function parseFilter(text: string): Filter {
  const parser = new Parser(lexFilter(text), text)
  const filter = parser.or()
  parser.end()
  return filter
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #text: string
  #at = 0

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens
    this.#text = text
  }

  or(): Filter {
    let left = this.#and()
    while (this.#take('or')) left = { type: 'or', left, right: this.#and() }
    return left
  }

  end(): void {
    if (this.#at < this.#tokens.length) this.#fail('an end')
  }

  #and(): Filter {
    let left = this.#unary()
    while (this.#take('and')) left = { type: 'and', left, right: this.#unary() }
    return left
  }

  #unary(): Filter {
    if (this.#take('not')) return { type: 'not', filter: this.#unary() }
    if (!this.#take('(')) return this.#condition()
    const filter = this.or()
    this.#need(')')
    return filter
  }

  #condition(): Filter {
    const name = this.#next('name').text
    if (functions.includes(name) && this.#take('(')) return this.#call(name as TextFunction)
    if (name.endsWith('/any') && this.#take('(')) return this.#any(name.slice(0, -'/any'.length))
    const operator = this.#next('name').text
    if (!comparisons.includes(operator)) this.#fail('an operator')
    return { type: 'compare', path: name, operator: operator as Comparison, literal: this.#literal() }
  }

  #call(name: TextFunction): Filter {
    const path = this.#next('name').text
    this.#need(',')
    const text = unquote(this.#next('string').text)
    this.#need(')')
    return { type: 'call', name, path, text }
  }

  #any(path: string): Filter {
    const variable = this.#next('name').text
    this.#need(':')
    const filter = this.or()
    this.#need(')')
    return { type: 'any', path, variable, filter }
  }

  #literal(): Literal {
    const token = this.#tokens[this.#at++]
    if (token?.kind === 'string') return { type: 'string', value: unquote(token.text) }
    if (token?.kind === 'number') return { type: 'number', value: Number(token.text) }
    if (token?.kind === 'time') return timeLiteral(token)
    if (token?.text === 'true' || token?.text === 'false') return { type: 'boolean', value: token.text === 'true' }
    if (token?.text === 'null') return { type: 'null' }
    return this.#fail('a literal')
  }

  #next(kind: Token['kind']): Token {
    const token = this.#tokens[this.#at++]
    return token?.kind === kind ? token : this.#fail(`a ${kind}`)
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.text !== text || token.kind === 'string') return false
    this.#at++
    return true
  }

  #need(text: string): void {
    if (!this.#take(text)) this.#fail(`'${text}'`)
  }

  #fail(expected: string): never {
    const at = this.#tokens[this.#at - 1]?.at ?? this.#text.length
    throw new FilterError(`Syntax error near position ${at} in '${this.#text}': ${expected} expected.`)
  }
}

function timeLiteral({ text }: Token): Literal {
  const ticks = readTicks(text)
  if (ticks === undefined) throw new FilterError(`The time '${text}' is invalid.`)
  return { type: 'time', text, ticks }
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'")
}
