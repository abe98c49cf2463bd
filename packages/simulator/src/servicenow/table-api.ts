import { failed, fine, type InstanceAnswer } from './answers.ts'
import type { Instance } from './instance.ts'
import { insert, noRecord, shown, update, type Writer } from './records.ts'
import type { Row } from './tables.ts'

export interface InstanceRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  /** `https://127.0.0.1:PORT`. */
  readonly base: string
}

const mostRows = 10_000

/** Tables that take a role of their own to be read. */
const readers: Readonly<Record<string, readonly string[]>> = {
  incident: ['itil', 'sn_incident_read', 'list_updater', 'sn_incident_write'],
  sn_si_incident: ['sn_si.analyst', 'sn_si.read', 'sn_si.write', 'sn_si.integration_user', 'sn_si.admin'],
}

/** `/api/now[/v2]/table/{table}[/{sys_id}]`. */
export function tableApi(instance: Instance, request: InstanceRequest, by: Writer): InstanceAnswer {
  const { method, path, query, headers } = request
  const [, table = '', sysId] = /^\/api\/now\/(?:v\d\/)?table\/([a-z0-9_]+)(?:\/([0-9a-f]+))?$/.exec(path) ?? []
  if (table === '' || !instance.exists(table)) return failed(400, `Invalid table ${table}`)
  if (!headers['accept']) return failed(400, 'Missing Accept header')
  if (method === 'GET')
    return sysId === undefined ? list(instance, table, request, by.user) : one(instance, table, sysId, query, by.user)
  if (!String(headers['content-type'] ?? '').includes('json')) return failed(415, 'Unsupported Media Type')
  const given = bodyOf(request.bytes)
  if (!given) return failed(400, 'Exception while reading request', 'The payload is not valid JSON')
  if (method === 'POST') return insert(instance, table, given, by)
  if (method === 'PATCH' || method === 'PUT')
    return sysId === undefined ? failed(405, 'Method not supported') : update(instance, table, sysId, given, by)
  return failed(405, 'Method not supported')
}

/** Of an array only the first is taken. Values become texts. */
export function bodyOf(bytes: Buffer): Row | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (typeof first !== 'object' || first === null) return undefined
    return Object.fromEntries(
      Object.entries(first).map(([name, v]: [string, unknown]) => [
        name,
        typeof v === 'string' ? v : JSON.stringify(v),
      ]),
    )
  } catch {
    return undefined
  }
}

const mayRead = (instance: Instance, table: string, user: string): boolean => {
  if (table.startsWith('sys_dictionary') || table === 'sys_choice' || table === 'sys_db_object')
    return !instance.oddities.dictionaryProtected || instance.hasRole(user, 'personalize_dictionary')
  const roles = readers[table]
  return roles === undefined || instance.hasRole(user, ...roles)
}

const fieldsOf = (instance: Instance, table: string, query: URLSearchParams): string[] | undefined => {
  const text = query.get('sysparm_fields')
  // Fields that do not exist are left out without a word.
  return text === null || text === ''
    ? undefined
    : text.split(',').filter((name) => instance.isField(table, name.split('.')[0] ?? ''))
}

function one(instance: Instance, table: string, sysId: string, query: URLSearchParams, user: string): InstanceAnswer {
  const row = instance.tables.get(table, sysId)
  if (!row || instance.oddities.hidesRow(table, row) || !mayRead(instance, table, user)) return noRecord
  const fields = fieldsOf(instance, table, query)
  return fine(display(instance, table, row, fields, query, user))
}

function list(instance: Instance, table: string, { query, base, path }: InstanceRequest, user: string): InstanceAnswer {
  if (!mayRead(instance, table, user))
    return readers[table]
      ? fine([])
      : failed(403, 'Insufficient rights to query records', `Field(s) of ${table} require a role`)
  const limit = Math.min(Number(query.get('sysparm_limit') ?? mostRows), mostRows)
  const offset = Number(query.get('sysparm_offset') ?? 0)
  if (!(offset >= 0) || !(limit > 0))
    return failed(400, 'Pagination not supported', 'sysparm_offset must not be negative')
  const all = instance.select(table, query.get('sysparm_query') ?? '', user)
  const fields = fieldsOf(instance, table, query)
  // The limit counts before ACLs take rows away.
  const rows = all
    .slice(offset, offset + limit)
    .filter((row) => !instance.oddities.hidesRow(table, row))
    .map((row) => display(instance, table, row, fields, query, user))
  return fine(rows, 200, {
    'x-total-count': String(all.length),
    ...(offset + limit < all.length && { link: nextLink(base + path, query, offset + limit) }),
  })
}

function nextLink(address: string, query: URLSearchParams, offset: number): string {
  const next = new URLSearchParams(query)
  next.set('sysparm_offset', String(offset))
  const first = new URLSearchParams(query)
  first.set('sysparm_offset', '0')
  return `<${address}?${first.toString()}>;rel="first",<${address}?${next.toString()}>;rel="next"`
}

/** A record, and where display values are asked for, journals as one text, newest first, in the user's time zone and format. */
function display(
  instance: Instance,
  table: string,
  row: Row,
  fields: readonly string[] | undefined,
  query: URLSearchParams,
  user: string,
): unknown {
  const plain = shown(instance, table, row, fields)
  if (query.get('sysparm_display_value') === 'true')
    return Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [
        name,
        isJournal(name) ? journalText(instance, row, name, user) : value,
      ]),
    )
  if (query.get('sysparm_exclude_reference_link') === 'true') return plain
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      const target = instance.field(table, name)?.['reference'] ?? ''
      return [name, target === '' || value === '' ? value : { link: `/api/now/v2/table/${target}/${value}`, value }]
    }),
  )
}

const isJournal = (name: string): boolean => name === 'work_notes' || name === 'comments'

const headings: Readonly<Record<string, string>> = { work_notes: 'Work notes', comments: 'Additional comments' }

function journalText(instance: Instance, row: Row, element: string, user: string): string {
  return instance.tables
    .rows('sys_journal_field')
    .filter((entry) => entry['element_id'] === row['sys_id'] && entry['element'] === element)
    .toReversed()
    .map((entry) => {
      const when = instance.inUserZone(entry['sys_created_on'] ?? '', user)
      return `${when} - ${entry['sys_created_by'] ?? ''} (${headings[element] ?? ''})\n${entry['value'] ?? ''}\n\n`
    })
    .join('')
}
