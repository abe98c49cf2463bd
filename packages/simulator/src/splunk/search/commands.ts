import { parseTerms, type SearchRow } from './terms.ts'

export interface SearchResult {
  readonly fields: readonly string[]
  readonly rows: readonly SearchRow[]
}

type Command = (result: SearchResult, args: string) => SearchResult

const words = (args: string): string[] => args.split(/[\s,]+/).filter((word) => word !== '')

function stats({ rows }: SearchResult, args: string): SearchResult {
  const [, aggregates = '', , by = ''] = /^(.*?)(\s+by\s+(.*))?$/is.exec(args.trim()) ?? []
  const keys = words(by)
  const counted = [...aggregates.matchAll(/(count|(max|min|latest)\(([^)]+)\))(?:\s+as\s+(\w+))?/g)]
  const groups = Map.groupBy(
    rows.filter((row) => keys.every((key) => row[key] !== undefined)),
    (row) => JSON.stringify(keys.map((key) => row[key])),
  )
  const made = [...groups.values()].map((group) => ({
    ...Object.fromEntries(keys.map((key) => [key, group[0]?.[key] ?? ''])),
    ...Object.fromEntries(
      counted.map(([whole, , how, field = '', name]) => [name ?? whole, valueOf(group, how, field)]),
    ),
  }))
  const none = made.length === 0 && keys.length === 0 ? [{ count: '0' }] : made
  return { fields: [...keys, ...counted.map(([whole, , , , name]) => name ?? whole)], rows: none }
}

function valueOf(group: readonly SearchRow[], how: string | undefined, field: string): string {
  if (how === undefined) return `${group.length}`
  if (how === 'latest') return group[0]?.[field] ?? ''
  const values = group.map((row) => Number(row[field]))
  return `${how === 'max' ? Math.max(...values) : Math.min(...values)}`
}

/** `tstats AGGREGATES where TERMS by FIELDS`, over fields that are written when an event is indexed. */
function tstats({ fields, rows }: SearchResult, args: string): SearchResult {
  const [, aggregates = '', , terms = '', , by = ''] = /^(.*?)(\swhere\s(.*?))?(\sby\s(.*))?$/is.exec(args.trim()) ?? []
  const matches = parseTerms(terms)
  return stats({ fields, rows: rows.filter((row) => matches(row)) }, `${aggregates} by ${by}`)
}

/** Commands of the search language that the add-on's pages and dashboards use. */
const commands: Readonly<Record<string, Command>> = {
  head: ({ fields, rows }, args) => ({ fields, rows: rows.slice(0, Number(args.trim() || 10)) }),
  table: ({ rows }, args) => {
    const wanted = words(args)
    return {
      fields: wanted,
      rows: rows.map((row) =>
        Object.fromEntries(wanted.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]]))),
      ),
    }
  },
  search: ({ fields, rows }, args) => {
    const matches = parseTerms(args)
    return { fields, rows: rows.filter((row) => matches(row)) }
  },
  stats,
  tstats,
}

const everything = ['_time', '_raw', 'index', 'host', 'source', 'sourcetype']

/** Runs a search over rows, newest first. Throws with Splunk's words for what it does not know. */
export function runSearch(search: string, rows: readonly SearchRow[]): SearchResult {
  const [first = '', ...rest] = pipesOf(search)
  const generates = search.trimStart().startsWith('|')
  let result: SearchResult = { fields: everything, rows }
  if (!generates) result = commands['search']?.(result, first.replace(/^\s*search\s/, '')) as SearchResult
  for (const part of generates ? [first, ...rest] : rest) {
    const [, name = '', args = ''] = /^\s*(\w+)\s*(.*)$/s.exec(part) ?? []
    const command = commands[name]
    if (!command) throw new Error(`Unknown search command '${name}'.`)
    result = command(result, args)
  }
  return result
}

/** Parts between `|`, but for those within quotes. */
const pipesOf = (search: string): string[] =>
  [...search.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^|"])+/g)].map(([part]) => part)
