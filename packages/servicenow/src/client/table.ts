import type { Answer, Failure } from './answer.ts'
import type { Client } from './client.ts'
import { keyForm } from './query.ts'

/** A record as texts; references are plain sys_ids. */
export type Row = Readonly<Record<string, string>>

/** `sysparm_limit` counts before ACLs hide rows: a short page is no end, the address of the next page is. */
const pageSize = '1000'
const mostPages = 200

export const tablePath = (table: string, sysId?: string): string =>
  `/api/now/v2/table/${table}${sysId === undefined ? '' : `/${sysId}`}`

const plain = { sysparm_exclude_reference_link: 'true', sysparm_display_value: 'false' }

/** Scalars come as texts; anything else (a reference with link) is its value. */
export function rowOf(value: unknown): Row {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, v]: [string, unknown]) => [name, textOf(v)]))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return textOf((value as { value?: unknown }).value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** All rows of a query, over all pages, or why not. `stop`: no page is read after one that holds such a row. */
export async function query(
  client: Client,
  table: string,
  condition: string,
  fields: readonly string[],
  stop: (row: Row) => boolean = () => false,
): Promise<Row[] | Failure> {
  const rows: Row[] = []
  const first = searchFor(condition, fields, pageSize)
  let answer: Answer = await client.call({ method: 'GET', path: tablePath(table), query: first })
  for (let pages = 1; ; pages++) {
    // A table without rows, at an instance of the first version of the API.
    if (answer.is === 'missing' && pages === 1 && /no record/i.test(answer.reason)) return []
    if (answer.is !== 'ok') return answer
    const page = Array.isArray(answer.result) ? answer.result.map(rowOf) : []
    rows.push(...page)
    if (answer.next === undefined || pages >= mostPages || page.some(stop)) return rows
    answer = await client.call({ method: 'GET', path: answer.next })
  }
}

const searchFor = (condition: string, fields: readonly string[], limit: string) => ({
  sysparm_query: condition,
  sysparm_fields: fields.join(','),
  sysparm_limit: limit,
  ...plain,
})

/** The first row of a query, one request whatever the table holds; undefined where there is none. */
export async function firstOf(
  client: Client,
  table: string,
  condition: string,
  fields: readonly string[],
): Promise<Row | undefined | Failure> {
  const answer = await client.call({ method: 'GET', path: tablePath(table), query: searchFor(condition, fields, '1') })
  if (answer.is === 'missing' && /no record/i.test(answer.reason)) return undefined
  if (answer.is !== 'ok') return answer
  return Array.isArray(answer.result) && answer.result.length > 0 ? rowOf(answer.result[0]) : undefined
}

export const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'is' in value

/** One record by its sys_id; undefined where it is gone or hidden. */
export async function record(
  client: Client,
  table: string,
  sysId: string,
  fields: readonly string[],
): Promise<Row | undefined | Failure> {
  const answer = await client.call({
    method: 'GET',
    path: tablePath(table, sysId),
    query: { sysparm_fields: fields.join(','), ...plain },
  })
  if (answer.is === 'missing') return undefined
  return answer.is === 'ok' ? rowOf(answer.result) : answer
}

/** Work notes and comments of a record as one text, newest first. A plain read gives nothing: journal fields are only written. */
export async function notesOf(client: Client, table: string, sysId: string): Promise<string | Failure> {
  const answer = await client.call({
    method: 'GET',
    path: tablePath(table, sysId),
    query: { sysparm_display_value: 'true', sysparm_fields: 'work_notes,comments' },
  })
  if (answer.is === 'missing') return ''
  if (answer.is !== 'ok') return answer
  const { work_notes: notes = '', comments = '' } = rowOf(answer.result)
  return `${notes}\n${comments}`
}

/**
 * Tickets by their keys. What ServiceNow answers is compared with what was asked for: a part of a query that it does not understand
 * is left out there, and every record would match. Of `first` keys, tickets that took the place of the first one come too.
 */
export async function byKeys(
  client: Client,
  table: string,
  keys: readonly string[],
  fields: readonly string[],
  first: readonly string[] = [],
): Promise<Map<string, Row[]> | Failure> {
  const odd = keys.find((key) => !keyForm.test(key))
  if (odd !== undefined || keys.length === 0) throw new RangeError(`a ticket cannot be looked up by "${odd ?? ''}"`)
  const later = first.map((key) => `^ORcorrelation_idSTARTSWITH${key}:`).join('')
  const condition = `correlation_idIN${keys.join(',')}${later}^ORDERBYsys_created_on^ORDERBYsys_id`
  const isLater = (key: string): boolean => first.some((one) => isSame(key.slice(0, one.length + 1), `${one}:`))
  const strange = ({ correlation_id: key = '' }: Row): boolean => !isOtherCase(key, keys) && !isLater(key)
  // Where the query was not understood, the whole table would come.
  const rows = await query(client, table, condition, fields, strange)
  if (isFailure(rows)) return rows
  const wanted = new Map<string, Row[]>(keys.map((key) => [key, []]))
  for (const row of rows) {
    if (strange(row)) return ignoredQuery(table, row['correlation_id'])
    const key = row['correlation_id'] ?? ''
    wanted.set(key, [...(wanted.get(key) ?? []), row])
  }
  for (const found of wanted.values()) found.sort(byAge)
  return wanted
}

/** Databases that do not tell cases apart find these too. */
const isOtherCase = (key: string, keys: readonly string[]): boolean => keys.some((one) => isSame(one, key))

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const byAge = (a: Row, b: Row): number =>
  order(a['sys_created_on'], b['sys_created_on']) || order(a['sys_id'], b['sys_id'])

const order = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0)

export const ignoredQuery = (table: string, found: string | undefined): Failure => ({
  is: 'configuration',
  reason:
    found === undefined || found === ''
      ? `ServiceNow hides correlation_id of ${table}, or ignores it in queries: tickets cannot be found again`
      : `ServiceNow ignores correlation_id in queries on ${table}: it answers records of others`,
  help: 'Let the user of the bridge read and query correlation_id of the table (an ACL on the field), and set glide.invalid_query.returns_no_rows to true.',
})
