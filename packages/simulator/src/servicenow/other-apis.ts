import { createHash } from 'node:crypto'
import { failed, fine, type InstanceAnswer } from './answers.ts'
import type { Instance } from './instance.ts'
import { insert, noRecord, update, type Writer } from './records.ts'
import { bodyOf, type InstanceRequest, tableApi } from './table-api.ts'
import { newSysId, type Row, timeText } from './tables.ts'

/** `/api/now/attachment…`: list, and a file as the body. */
export function attachmentApi(instance: Instance, request: InstanceRequest, { user, write }: Writer): InstanceAnswer {
  const { method, path, query, bytes, headers } = request
  const { tables, oddities } = instance
  if (method === 'GET') {
    const conditions = (query.get('sysparm_query') ?? '').split('^').map((part) => part.split('='))
    const rows = tables
      .rows('sys_attachment')
      .filter((row) => conditions.every(([name = '', value]) => !(name in row) || row[name] === value))
    return fine(rows.map(({ content: _content, ...row }) => row))
  }
  if (method !== 'POST' || !path.endsWith('/file')) return failed(405, 'Method not supported')
  const [table, sysId, name] = ['table_name', 'table_sys_id', 'file_name'].map((key) => query.get(key) ?? '')
  if (!table || !sysId || !name || !headers['content-type']) return failed(400, 'Missing parameter')
  if (oddities.refusesAttachments) return failed(403, 'Attachment not allowed', 'File extension json is not allowed')
  const record = tables.get(table, sysId)
  if (!record || oddities.hidesRow(table, record)) return noRecord
  const row = tables.put('sys_attachment', {
    table_name: table,
    table_sys_id: sysId,
    file_name: name,
    content_type: String(headers['content-type']),
    size_bytes: String(bytes.length),
    hash: createHash('sha256').update(bytes).digest('hex'),
    content: bytes.toString('utf8'),
    sys_created_by: user,
  })
  tables.writes.push({
    at: instance.now(),
    user,
    does: 'attach',
    table,
    sysId,
    correlation: record['correlation_id'] ?? '',
    version: Number(record['sys_mod_count'] ?? 0),
    write,
    fields: { file_name: name },
  })
  const { content: _content, ...rest } = row
  return fine(rest, 201)
}

interface SubRequest {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly headers?: readonly { readonly name: string; readonly value: string }[]
}

/** `/api/now/v1/batch`: one after the other, for as long as there is time; the rest comes back unserviced. */
export function batchApi(instance: Instance, request: InstanceRequest, by: Writer): InstanceAnswer {
  const { rest_requests: all = [] } = JSON.parse(request.bytes.toString('utf8')) as {
    rest_requests?: readonly SubRequest[]
  }
  const serviced = all.slice(0, instance.oddities.batchServes).map((one) => sub(instance, one, request, by))
  const unserviced = all.slice(instance.oddities.batchServes).map(({ id }) => id)
  return { status: 200, body: { batch_request_id: '1', serviced_requests: serviced, unserviced_requests: unserviced } }
}

function sub(
  instance: Instance,
  { id, method, url, body = '', headers = [] }: SubRequest,
  outer: InstanceRequest,
  by: Writer,
): object {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const own = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]))
  const answer = tableApi(
    instance,
    { method, path: pathname, query: searchParams, headers: own, bytes: Buffer.from(body, 'base64'), base: outer.base },
    { ...by, write: own['x-siembridge-write'] ?? '' },
  )
  return {
    id,
    body: Buffer.from(JSON.stringify(answer.body)).toString('base64'),
    status_code: answer.status,
    status_text: '',
    headers: [],
    execution_time: 5,
  }
}

/** `/api/now/import/{table}`: a staging row, and what each of its transform maps makes of it. 201 also where that failed. */
export function importApi(instance: Instance, request: InstanceRequest, by: Writer): InstanceAnswer {
  const [, staging = ''] = /^\/api\/now\/import\/([a-z0-9_]+)$/.exec(request.path) ?? []
  const { tables } = instance
  const maps = tables
    .rows('sys_transform_map')
    .filter((row) => row['source_table'] === staging && row['active'] !== 'false')
  const row = bodyOf(request.bytes)
  if (maps.length === 0 || request.method !== 'POST') return failed(400, `Invalid staging table ${staging}`)
  if (!row) return failed(400, 'Exception while reading request')
  tables.put(staging, row)
  const result = maps.map((map) => (ignores(instance, map, row) ? ignored(map) : transform(instance, map, row, by)))
  return { status: 201, body: { import_set: 'ISET0010001', staging_table: staging, result } }
}

/** Scripts before a row is transformed, of the one form that is understood here: a map that leaves rows of other tables alone. */
const ignores = ({ tables }: Instance, map: Row, row: Row): boolean =>
  tables
    .rows('sys_transform_script')
    .filter(
      (script) => script['map'] === map['sys_id'] && script['when'] === 'onBefore' && script['active'] !== 'false',
    )
    .some((script) => {
      const [, table] = /if \(source\.u_table != '(\w+)'\) ignore = true/.exec(script['script'] ?? '') ?? []
      return table !== undefined && row['u_table'] !== table
    })

const ignored = (map: Row): object => ({
  transform_map: map['name'] ?? '',
  table: map['target_table'] ?? '',
  status: 'ignored',
  status_message: 'Row transform ignored by onBefore script',
})

function transform(instance: Instance, map: Row, row: Row, by: Writer): object {
  const { tables } = instance
  const table = map['target_table'] ?? ''
  const entries = tables.rows('sys_transform_entry').filter((entry) => entry['map'] === map['sys_id'])
  const fields: Record<string, string> = {}
  for (const entry of entries) {
    const value = row[entry['source_field'] ?? '']
    if (value !== undefined) fields[entry['target_field'] ?? ''] = value
  }
  const coalesce = entries.find((entry) => entry['coalesce'] === 'true')?.['target_field']
  const wanted = coalesce === undefined ? '' : (fields[coalesce] ?? '')
  const found = wanted === '' ? undefined : tables.rows(table).find((one) => one[coalesce ?? ''] === wanted)
  const answer = found
    ? update(instance, table, found['sys_id'] ?? '', fields, by)
    : insert(instance, table, fields, by)
  const common = { transform_map: map['name'] ?? '', table }
  if (answer.status >= 300) {
    const { error } = answer.body as { error: { message: string; detail: string | null } }
    return { ...common, status: 'error', error_message: error.detail ?? error.message }
  }
  const { result } = answer.body as { result: Row }
  return {
    ...common,
    display_name: 'number',
    display_value: result['number'],
    record_link: `/api/now/table/${table}/${result['sys_id'] ?? ''}`,
    status: found ? 'updated' : 'inserted',
    sys_id: result['sys_id'],
  }
}

/** `/api/global/em/jsonv2`: events, folded into alerts by their message key. */
export function eventApi(instance: Instance, request: InstanceRequest, { user, write }: Writer): InstanceAnswer {
  if (!instance.hasRole(user, 'evt_mgmt_integration'))
    return failed(403, 'Operation Failed', 'User requires role evt_mgmt_integration')
  const { records = [] } = JSON.parse(request.bytes.toString('utf8')) as { records?: readonly Row[] }
  const names = write.split(',')
  const { tables } = instance
  records.forEach((record, at) => {
    const key = record['message_key'] ?? ''
    const event = tables.put('em_event', { ...record, sys_id: newSysId(), sys_created_on: timeText(instance.now()) })
    const alert = tables.rows('em_alert').find((row) => row['message_key'] === key)
    const closes = record['resolution_state'] === 'Closing' || record['severity'] === '0'
    if (alert || record['severity'] !== '0')
      tables.put('em_alert', {
        ...alert,
        ...record,
        sys_id: alert?.['sys_id'] ?? newSysId(),
        state: closes ? 'Closed' : 'Open',
      })
    tables.writes.push({
      at: instance.now(),
      user,
      does: 'event',
      table: 'em_event',
      sysId: event['sys_id'] ?? '',
      correlation: key,
      version: 0,
      write: names[at] ?? '',
      fields: record,
    })
  })
  return fine({ 'Default Bulk Endpoint': `${records.length} events were inserted` })
}
