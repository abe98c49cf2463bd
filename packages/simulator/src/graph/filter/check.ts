import { FilterError } from './lex.ts'
import type { Comparison, Filter, TextFunction } from './parse.ts'

export type Operator = Comparison | TextFunction

/** The operators that a collection documents, by property path; `name/any` lists what may stand in its lambda. */
export type Filterable = Readonly<Record<string, readonly Operator[]>>

/** Throws a {@link FilterError} at the first property or operator that the collection does not document. */
export function checkFilter(filter: Filter, filterable: Filterable, prefix = ''): void {
  switch (filter.type) {
    case 'and':
    case 'or':
      checkFilter(filter.left, filterable, prefix)
      checkFilter(filter.right, filterable, prefix)
      return
    case 'not':
      return checkFilter(filter.filter, filterable, prefix)
    case 'any':
      return checkAny(filter, filterable)
    case 'compare':
      return checkOperator(filter.path, filter.operator, filterable, prefix)
    case 'call':
      return checkOperator(filter.path, filter.name, filterable, prefix)
  }
}

function checkAny(filter: Extract<Filter, { type: 'any' }>, filterable: Filterable): void {
  const key = `${filter.path}/any`
  const allowed = filterable[key]
  if (!allowed) throw new FilterError(`Invalid filter clause: '${filter.path}' takes no lambda.`)
  checkFilter(filter.filter, { '*': allowed }, '*')
}

// Inside a lambda every path is one of its variable.
function checkOperator(path: string, operator: Operator, filterable: Filterable, prefix: string): void {
  const allowed = filterable[prefix === '' ? path : prefix]
  if (!allowed) throw new FilterError(`Invalid filter clause: the property '${path}' cannot be filtered on.`)
  if (!allowed.includes(operator)) {
    throw new FilterError(`Invalid filter clause: the operator '${operator}' is not supported on '${path}'.`)
  }
}
