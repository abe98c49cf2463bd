import { compareItems } from '../world/collection.ts'
import { readTicks } from '../ticks.ts'
import { boundsOf } from './filter/bounds.ts'
import { meets } from './filter/evaluate.ts'
import type { Collection, Item } from '../world/collection.ts'
import type { CollectionKind } from './collection-kinds.ts'
import type { ListQuery } from './query.ts'
import type { Position } from './skip-tokens.ts'

/** The items of one page and where it ended, if there is more. */
export interface SelectedPage {
  readonly items: readonly Item[]
  readonly total: number
  readonly next: Position | undefined
}

/** The page of the query that follows `after`, out of what the collections show at this moment. */
export function selectPage(
  kind: CollectionKind,
  collections: readonly Collection[],
  query: ListQuery,
  after: Position | undefined,
  paging: 'keyset' | 'offset',
): SelectedPage {
  const matches = ordered(kind, collections, query)
  const start = paging === 'offset' || !after ? (after?.offset ?? query.skip) : startAfter(matches, after, query)
  const items = matches.slice(start, start + query.top)
  const last = items.at(-1)
  const more = start + items.length < matches.length
  const next = last && more ? { ticks: last.ticks, id: last.version.id, offset: start + items.length } : undefined
  return { items, total: matches.length, next }
}

function ordered(kind: CollectionKind, collections: readonly Collection[], query: ListQuery): Item[] {
  const { filter, orderBy } = query
  const { from, to } = boundsOf(filter, kind.timeField)
  let items = collections
    .flatMap((collection) => collection.between(from, to))
    .filter(({ version }) => !filter || meets(filter, version.fields))
  if (orderBy !== kind.timeField) items = items.map((item) => reordered(item, orderBy))
  if (orderBy !== kind.timeField || collections.length > 1) items.sort(compareItems)
  return query.descending ? items.toReversed() : items
}

function reordered({ version }: Item, orderBy: string): Item {
  return { ticks: readTicks(String(version.fields[orderBy])) ?? 0, version }
}

// Ids break ties, so that items of one time on both sides of a cut are neither lost nor repeated.
function startAfter(matches: readonly Item[], { ticks, id }: Position, { descending }: ListQuery): number {
  const key = { ticks, version: { id } } as Item
  const found = matches.findIndex((item) => (descending ? compareItems(item, key) < 0 : compareItems(item, key) > 0))
  return found === -1 ? matches.length : found
}
