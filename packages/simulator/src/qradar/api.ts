import { type ConsoleAnswer, failed, fine } from './answers.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { parseFilter } from './filter.ts'
import type { ConsoleTables, Row } from './rows.ts'

/** A request to the API; the path is that below `/api`. */
export interface ConsoleRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** Deployments of the console. */
export interface Deployment {
  /** How many more looks find one running. */
  looks: number
  count: number
}

/** Answers one request whose token was accepted. */
export function answerApi(request: ConsoleRequest, tables: ConsoleTables, deployment: Deployment): ConsoleAnswer {
  const { method, path } = request
  if (path === '/help/versions')
    return get(method, fine([{ id: 26, version: '26.0', deprecated: false, removed: false, root_resource_ids: [] }]))
  if (path === '/system/about')
    return get(
      method,
      fine({
        build_version: '2021.6.14.20251017194912',
        external_version: '7.5.0',
        release_name: '7.5.0 UpdatePackage 14',
      }),
    )
  if (path === '/staged_config/deploy_status') return deploy(request, tables, deployment)
  const endpoint = endpoints[path]
  if (endpoint) return method === 'GET' ? list(endpoint, request, tables) : create(endpoint, request, tables)
  const [, base = '', id = ''] = /^(.*)\/(\d+)$/.exec(path) ?? []
  const single = endpoints[base]
  return single ? one(single, Number(id), request, tables) : failed(404, 1002, `There is no ${path}`)
}

const get = (method: string, answer: ConsoleAnswer): ConsoleAnswer =>
  method === 'GET' ? answer : failed(405, 1001, `${method} is not supported`)

function list({ table }: Endpoint, { query, headers }: ConsoleRequest, tables: ConsoleTables): ConsoleAnswer {
  const filter = query.get('filter')
  const test = filter === null ? () => true : parseFilter(filter)
  if (!test) return failed(422, 1000, `The filter could not be read: ${filter}`)
  const rows = tables.rows(table).filter(test)
  // Paging is by header, and a list without it comes whole.
  const range = /^items=(\d+)-(\d+)$/.exec(String(headers['range'] ?? ''))
  const [from, to] = range ? [Number(range[1]), Number(range[2])] : [0, rows.length]
  const page = rows.slice(from, to + 1).map((row) => selected(row, query.get('fields')))
  if (!range) return fine(page)
  const last = from + page.length - 1
  return {
    ...fine(page),
    headers: { 'content-range': page.length === 0 ? `items */${rows.length}` : `items ${from}-${last}/${rows.length}` },
  }
}

function create(
  { table, create: make }: Endpoint,
  { method, body, headers }: ConsoleRequest,
  tables: ConsoleTables,
): ConsoleAnswer {
  if (method !== 'POST' || !make) return failed(405, 1001, `${method} is not supported for ${table}`)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return failed(422, 1000, 'The body is no JSON object')
  return withFields(make(body as Record<string, unknown>, tables), headers)
}

function one({ table, change }: Endpoint, id: number, request: ConsoleRequest, tables: ConsoleTables): ConsoleAnswer {
  const { method, body, headers, query } = request
  const row = tables.row(table, id)
  if (!row) return failed(404, 1002, `There is no ${table} with the id ${id}`)
  if (method === 'GET') return fine(selected(row, query.get('fields')))
  if (method !== 'POST' || !change) return failed(405, 1001, `${method} is not supported for ${table}`)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return failed(422, 1000, 'The body is no JSON object')
  return withFields(change(row, body as Record<string, unknown>, tables), headers)
}

/** On POST the wanted members stand in a header of the name `fields`, not in the query. */
function withFields(answer: ConsoleAnswer, headers: ConsoleRequest['headers']): ConsoleAnswer {
  const fields = headers['fields']
  if (answer.status >= 300 || typeof fields !== 'string') return answer
  return { ...answer, body: selected(answer.body as Row, fields) }
}

function selected(row: Row, fields: string | null): unknown {
  if (fields === null || fields === '') return row
  const wanted = new Set(fields.split(',').map((name) => name.trim()))
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name)))
}

/** Begins a deploy of what waits. */
export function beginDeploy(tables: ConsoleTables, deployment: Deployment): void {
  deployment.looks = 2
  deployment.count++
  for (const row of waitingSources(tables)) tables.change('log_sources', row.id, { requires_deploy: false })
}

const waitingSources = (tables: ConsoleTables): readonly Row[] =>
  tables.rows('log_sources').filter((row) => row['requires_deploy'] === true)

function deploy({ method, body }: ConsoleRequest, tables: ConsoleTables, deployment: Deployment): ConsoleAnswer {
  if (method === 'GET') {
    const running = deployment.looks > 0
    if (running) deployment.looks--
    return fine({
      type: 'INCREMENTAL',
      status: running ? 'IN_PROGRESS' : 'COMPLETE',
      percent_complete: running ? 50 : 100,
      hosts: [],
    })
  }
  if (method !== 'POST') return failed(405, 1001, `${method} is not supported`)
  if ((body as { type?: unknown } | null)?.type !== 'INCREMENTAL') return failed(422, 1003, 'type must be INCREMENTAL')
  if (deployment.looks > 0 || waitingSources(tables).length === 0)
    return failed(409, 1002, 'A deploy is running, or there is nothing to deploy')
  beginDeploy(tables, deployment)
  return fine({ type: 'INCREMENTAL', status: 'INITIATING', percent_complete: 0, hosts: [] })
}
