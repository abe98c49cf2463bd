import type { Fields } from '../eval/evaluate.ts'

/** A search of an event type: terms that all must hold, alternatives in parentheses, `NOT` before either. */
export type Search =
  | { readonly is: 'term'; readonly field: string; readonly pattern: RegExp }
  | { readonly is: 'all' | 'any'; readonly parts: readonly Search[] }
  | { readonly is: 'not'; readonly part: Search }

/** A search outside the subset that is generated. */
export class SearchError extends Error {
  constructor(problem: string) {
    super(problem)
    this.name = 'SearchError'
  }
}

const token = /\s*(\(|\)|OR\b|AND\b|NOT\b|([A-Za-z_][A-Za-z0-9_.:]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s()"]+)))/y

type Token = { readonly sign: string } | { readonly field: string; readonly value: string }

/** Throws SearchError. */
export function parseSearch(source: string): Search {
  const tokens = lex(source)
  const found = parseAll(tokens)
  if (tokens.length > 0) throw new SearchError(`the search goes on where it should end: ${source}`)
  return found
}

function lex(source: string): Token[] {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < source.trimEnd().length) {
    const at = token.lastIndex
    const found = token.exec(source)
    if (!found) throw new SearchError(`not a term that is generated: ${source.slice(at).trim()}`)
    const [, sign = '', field, quoted, plain] = found
    tokens.push(
      field === undefined
        ? { sign }
        : { field, value: quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1') },
    )
  }
  return tokens
}

function parseAll(tokens: Token[]): Search {
  const parts: Search[] = []
  for (let next = tokens[0]; next && !('sign' in next && next.sign === ')'); next = tokens[0])
    if (parts.length === 0 || !takeSign(tokens, 'AND')) parts.push(parseAny(tokens))
  if (parts.length === 0) throw new SearchError('a term is missing')
  return parts.length === 1 ? (parts[0] as Search) : { is: 'all', parts }
}

/** OR binds closer than AND (Splunk, "Boolean expressions with logical operators": the order of evaluation in a search). */
function parseAny(tokens: Token[]): Search {
  const parts = [parsePart(tokens)]
  while (takeSign(tokens, 'OR')) parts.push(parsePart(tokens))
  return parts.length === 1 ? (parts[0] as Search) : { is: 'any', parts }
}

function parsePart(tokens: Token[]): Search {
  if (takeSign(tokens, 'NOT')) return { is: 'not', part: parsePart(tokens) }
  if (takeSign(tokens, '(')) {
    const inside = parseAll(tokens)
    if (!takeSign(tokens, ')')) throw new SearchError('")" is missing')
    return inside
  }
  const next = tokens.shift()
  if (!next || 'sign' in next) throw new SearchError('a term is missing')
  return { is: 'term', field: next.field, pattern: valuePattern(next.value) }
}

function takeSign(tokens: Token[], sign: string): boolean {
  const [next] = tokens
  if (!next || !('sign' in next) || next.sign !== sign) return false
  tokens.shift()
  return true
}

/** Values compare without regard to case; `*` is any run of characters. */
const valuePattern = (value: string): RegExp =>
  new RegExp(`^${value.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'is')

/** Whether an event is of a search. A term about a field that is not there does not hold. */
export function matches(search: Search, fields: Fields): boolean {
  switch (search.is) {
    case 'term':
      return (fields.get(search.field) ?? []).some((value) => search.pattern.test(value))
    case 'all':
      return search.parts.every((part) => matches(part, fields))
    case 'any':
      return search.parts.some((part) => matches(part, fields))
    case 'not':
      return !matches(search.part, fields)
  }
}
