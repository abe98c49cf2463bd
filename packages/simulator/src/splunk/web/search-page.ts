import { runSearch } from '../search/commands.ts'
import { withoutInternal } from '../search/rows.ts'
import type { SearchRow } from '../search/terms.ts'
import { escaped, page, type WebAnswer } from './answer.ts'

/** Splunk's page for searches, as far as a link to it is concerned: the search, and the events that it finds. */
export function searchPage(query: URLSearchParams, rows: readonly SearchRow[]): WebAnswer {
  const search = query.get('q') ?? ''
  let body: string
  try {
    const found = runSearch(search, withoutInternal(search, rows))
    body = `<p>${found.rows.length} events</p><ol>${found.rows
      .slice(0, 50)
      .map(
        (row) =>
          `<li><code>${escaped(row['_raw'] ?? JSON.stringify(row))}</code> <b>${escaped(row['sourcetype'] ?? '')}</b>`,
      )
      .join('')}</ol>`
  } catch (error) {
    body = `<p role="alert">${escaped((error as Error).message)}</p>`
  }
  return page(
    `<!doctype html><html lang="en"><title>Search</title><h1>Search</h1><label>Search <input value="${escaped(search)}"></label>${body}`,
  )
}
