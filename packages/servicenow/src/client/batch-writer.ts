import type { Answer } from './answer.ts'
import { readAnswer } from './answer.ts'
import type { Client } from './client.ts'
import { rowOf, tablePath } from './table.ts'
import { type Write, writeHeader, type Writer, type Written } from './writer.ts'

interface Serviced {
  readonly id?: string
  readonly body?: string
  readonly status_code?: number
}

const search = '?sysparm_exclude_reference_link=true&sysparm_display_value=false'

/** Batch API: several writes a request, carried out one after the other; what it had no time for was not begun. */
export class BatchWriter implements Writer {
  /** The whole is cut at 30 s: twenty inserts of a second still fit. */
  readonly most = 20
  private readonly client: Client

  constructor(client: Client) {
    this.client = client
  }

  async write(writes: readonly Write[], signal: AbortSignal): Promise<Written[]> {
    const body = { batch_request_id: '1', rest_requests: writes.map(request) }
    const call = { method: 'POST', path: '/api/now/v1/batch', body } as const
    const answer = await this.client.call(call, signal)
    if (answer.is !== 'ok') return writes.map(() => answer)
    const { serviced_requests: serviced = [], unserviced_requests: unserviced = [] } = answer.body as {
      serviced_requests?: readonly Serviced[]
      unserviced_requests?: readonly unknown[]
    }
    const byId = new Map(serviced.map((one) => [one.id, one]))
    const left = new Set(unserviced.map((one) => (typeof one === 'string' ? one : (one as { id?: string }).id)))
    return writes.map(({ id }) => {
      const one = byId.get(id)
      if (one) return read(one)
      const maybe = !left.has(id)
      return { is: 'later', reason: 'the batch had no time left for it', maybe, afterMs: 0 }
    })
  }
}

function request({ id, table, sysId, fields }: Write): object {
  return {
    id,
    method: sysId === undefined ? 'POST' : 'PATCH',
    url: tablePath(table, sysId) + search,
    exclude_response_headers: true,
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Accept', value: 'application/json' },
      { name: writeHeader, value: id },
    ],
    body: Buffer.from(JSON.stringify(fields)).toString('base64'),
  }
}

function read({ status_code: status = 500, body = '' }: Serviced): Written {
  const text = Buffer.from(body, 'base64').toString('utf8')
  const answer: Answer = readAnswer({ status, headers: { 'content-type': 'application/json' }, text }, true, Date.now())
  return answer.is === 'ok' ? { is: 'ok', row: rowOf(answer.result) } : answer
}
