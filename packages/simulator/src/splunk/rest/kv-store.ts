import { randomUUID } from 'node:crypto'
import type { ConfStore } from '../apps/conf-store.ts'
import { refused, type RestAnswer, type RestRequest } from './request.ts'

type Row = Record<string, unknown> & { _key: string }

/** Rows and bytes of one `batch_save` (limits.conf.spec, [kvstore]). */
const batchRows = 1000

/** `storage/collections/data`: the collections that apps name in collections.conf. One row is written or read as a whole. */
export class KvStore {
  /** Answers 503, as a store that does not run. */
  down = false
  /** There is none, as on a universal forwarder. */
  disabled = false
  private readonly rows = new Map<string, Map<string, Row>>()
  private readonly confs: ConfStore

  constructor(confs: ConfStore) {
    this.confs = confs
  }

  /** What `server/info` says of it. */
  get status(): string {
    if (this.disabled) return 'disabled'
    return this.down ? 'failed' : 'ready'
  }

  /** Documents of a collection as they are. */
  documents(app: string, collection: string): readonly Readonly<Record<string, unknown>>[] {
    return [...(this.rows.get(`${app}/${collection}`)?.values() ?? [])]
  }

  answer(request: RestRequest): RestAnswer {
    const [collection = '', key] = request.path
    if (this.disabled) return refused(503, 'KV Store is disabled.')
    if (this.down) return refused(503, 'KV Store is in maintenance mode or not running.')
    if (!this.confs.stanza('collections', collection, request.app))
      return refused(404, `Could not find collection ${collection}`)
    const id = `${request.app}/${collection}`
    const rows = this.rows.get(id) ?? new Map<string, Row>()
    this.rows.set(id, rows)
    if (key === 'batch_save') return this.batch(rows, request)
    if (key === undefined) return this.whole(rows, request)
    return this.one(rows, key, request)
  }

  private whole(rows: Map<string, Row>, { method, query, body }: RestRequest): RestAnswer {
    if (method === 'POST') {
      const row = rowOf(body)
      if (!row) return notJson
      const key = keyOf(row) ?? randomUUID().replaceAll('-', '').slice(0, 24)
      if (rows.has(key)) return refused(409, 'A document with the same key and user already exists.')
      rows.set(key, { ...row, _key: key, _user: 'nobody' })
      return { status: 201, json: { _key: key } }
    }
    const found = matching([...rows.values()], query.get('query'))
    if (!found) return notJson
    if (method === 'DELETE') {
      for (const { _key } of found) rows.delete(_key)
      return { status: 200, json: null }
    }
    const skip = Number(query.get('skip') ?? 0)
    const limit = Number(query.get('limit') ?? 0)
    return { status: 200, json: found.slice(skip, limit > 0 ? skip + limit : undefined) }
  }

  private one(rows: Map<string, Row>, key: string, { method, body }: RestRequest): RestAnswer {
    if (!rows.has(key)) return refused(404, 'Could not find object.')
    if (method === 'DELETE') {
      rows.delete(key)
      return { status: 200, json: null }
    }
    if (method === 'POST') {
      const row = rowOf(body)
      if (!row) return notJson
      // A row is replaced, not merged.
      rows.set(key, { ...row, _key: key, _user: 'nobody' })
      return { status: 200, json: { _key: key } }
    }
    return { status: 200, json: rows.get(key) }
  }

  private batch(rows: Map<string, Row>, { body }: RestRequest): RestAnswer {
    const list = jsonOf(body)
    if (!Array.isArray(list)) return notJson
    if (list.length > batchRows) return refused(400, `Request exceeds the limit of ${batchRows} documents`)
    const keys = list.map((row: Record<string, unknown>) => {
      const key = keyOf(row) ?? randomUUID()
      rows.set(key, { ...row, _key: key, _user: 'nobody' })
      return key
    })
    return { status: 200, json: keys }
  }
}

function keyOf({ _key: key }: Record<string, unknown>): string | undefined {
  return typeof key === 'string' ? key : undefined
}

const notJson = refused(400, 'JSON in the request is invalid.')

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function rowOf(body: string): Record<string, unknown> | undefined {
  const value = jsonOf(body)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

/** Rows whose members have the values of a query; operators of the store are not simulated but for `$gt`, `$gte`, `$lt`, `$lte`. */
function matching(rows: readonly Row[], query: string | null): Row[] | undefined {
  if (query === null) return [...rows]
  const wanted = rowOf(query)
  return wanted && rows.filter((row) => Object.entries(wanted).every(([name, value]) => holds(row[name], value)))
}

const operators: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  $gt: (a, b) => a > b,
  $gte: (a, b) => a >= b,
  $lt: (a, b) => a < b,
  $lte: (a, b) => a <= b,
}

function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted
  return Object.entries(wanted).every(
    ([name, against]) => operators[name]?.(comparable(value), comparable(against)) ?? false,
  )
}

const comparable = (value: unknown): string | number => (typeof value === 'number' ? value : String(value))
