import { checkFilter } from './filter/check.ts'
import { FilterError } from './filter/lex.ts'
import { parseFilter } from './filter/parse.ts'
import type { CollectionKind } from './collection-kinds.ts'
import type { Filterable, Operator } from './filter/check.ts'
import type { Filter } from './filter/parse.ts'

/** The query options of a list request, checked against what the collection documents. */
export interface ListQuery {
  readonly filter: Filter | undefined
  readonly orderBy: string
  readonly descending: boolean
  readonly top: number
  readonly skip: number
  readonly count: boolean
  readonly expandAlerts: boolean
  readonly skipToken: string | undefined
}

/** A query option that the service refuses: 400 with this message. */
export class QueryError extends Error {}

const known = new Set(['$filter', '$orderby', '$top', '$skip', '$skiptoken', '$count', '$expand'])

/** Reads the options; throws a {@link QueryError} or a {@link FilterError}. `largest` caps the page below the limits. */
export function readQuery(kind: CollectionKind, query: URLSearchParams, options: QueryOptions): ListQuery {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.has(name)) throw new QueryError(`The query option '${name}' is not supported.`)
  }
  const { orderBy, descending } = readOrder(kind, query.get('$orderby'))
  return {
    filter: readFilter(kind, query.get('$filter'), options),
    orderBy,
    descending,
    top: readTop(kind, query.get('$top'), options.largest),
    skip: readSkip(kind, query.get('$skip')),
    count: query.get('$count') === 'true',
    expandAlerts: readExpand(kind, query.get('$expand')),
    skipToken: query.get('$skiptoken') ?? undefined,
  }
}

export interface QueryOptions {
  readonly largest: number | undefined
  readonly undocumentedOperators: boolean
}

function readFilter(
  kind: CollectionKind,
  text: string | null,
  { undocumentedOperators }: QueryOptions,
): Filter | undefined {
  if (text === null) return undefined
  if (text.trim() === '') throw new FilterError('Invalid filter clause: it is empty.')
  const filter = parseFilter(text)
  checkFilter(filter, undocumentedOperators ? withOpenRanges(kind.filterable) : kind.filterable)
  return filter
}

function withOpenRanges(filterable: Filterable): Filterable {
  const open = (operators: readonly Operator[]): readonly Operator[] =>
    operators.includes('ge') ? [...operators, 'gt', 'lt'] : operators
  return Object.fromEntries(Object.entries(filterable).map(([path, operators]) => [path, open(operators)]))
}

// Newest first, unless told.
function readOrder(
  kind: CollectionKind,
  text: string | null,
): { readonly orderBy: string; readonly descending: boolean } {
  if (text === null) return { orderBy: kind.timeField, descending: true }
  const [, orderBy = '', direction] = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/.exec(text) ?? []
  if (!kind.orderable.includes(orderBy)) throw new QueryError(`Invalid orderby clause: '${text}'.`)
  return { orderBy, descending: direction === 'desc' }
}

function readTop(kind: CollectionKind, text: string | null, largest: number | undefined): number {
  const asked = text === null ? kind.defaultPage : Number(text)
  if (!Number.isInteger(asked) || asked < 1)
    throw new QueryError(`Invalid value '${text}' for $top query option found.`)
  if (asked > kind.maxPage && kind.overTop === 'refuse') {
    throw new QueryError(
      `The limit of '${kind.maxPage}' for Top query has been exceeded. The value from the incoming request is '${asked}'.`,
    )
  }
  return Math.min(asked, kind.maxPage, largest ?? Number.POSITIVE_INFINITY)
}

function readSkip(kind: CollectionKind, text: string | null): number {
  if (text === null) return 0
  if (kind.maxSkip === 0) throw new QueryError("Query option 'Skip' is not allowed.")
  const skip = Number(text)
  if (!Number.isInteger(skip) || skip < 0) throw new QueryError(`Invalid value '${text}' for $skip query option found.`)
  if (skip > kind.maxSkip) {
    throw new QueryError(
      `The limit of '${kind.maxSkip}' for Skip query has been exceeded. The value from the incoming request is '${skip}'.`,
    )
  }
  return skip
}

function readExpand(kind: CollectionKind, text: string | null): boolean {
  if (text === null) return false
  if (text !== 'alerts' || !kind.streams.includes('incidents'))
    throw new QueryError(`Could not find a property named '${text}'.`)
  return true
}
