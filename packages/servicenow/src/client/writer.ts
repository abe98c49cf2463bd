import type { Answer } from './answer.ts'
import type { Client } from './client.ts'
import { type Row, rowOf, tablePath } from './table.ts'

/** A write of one record. */
export interface Write {
  /** Name of the write in the journal; goes along as a header, so that a log of requests can be matched with it. */
  readonly id: string
  readonly table: string
  /** Correlation id of the record, which import sets find it by. */
  readonly correlation: string
  /** Undefined for a new record. */
  readonly sysId?: string
  readonly fields: Row
}

/** What came of it: the record as it is now, as far as the way tells it. */
export type Written = { readonly is: 'ok'; readonly row: Row } | Exclude<Answer, { readonly is: 'ok' }>

/** A way to write records. Answers stand in the order of the writes. */
export interface Writer {
  /** Writes that make sense together. */
  readonly most: number
  write(writes: readonly Write[], signal: AbortSignal): Promise<Written[]>
}

export const writeHeader = 'x-siembridge-write'

const written = (answer: Answer): Written => (answer.is === 'ok' ? { is: 'ok', row: rowOf(answer.result) } : answer)

const query = { sysparm_exclude_reference_link: 'true', sysparm_display_value: 'false' }

/** Table API: a request a record. */
export class TableWriter implements Writer {
  readonly most = 1
  private readonly client: Client

  constructor(client: Client) {
    this.client = client
  }

  async write(writes: readonly Write[], signal: AbortSignal): Promise<Written[]> {
    const done: Written[] = []
    for (const { id, table, sysId, fields } of writes) {
      const method = sysId === undefined ? 'POST' : 'PATCH'
      const call = {
        method,
        path: tablePath(table, sysId),
        query,
        body: fields,
        headers: { [writeHeader]: id },
      } as const
      done.push(written(await this.client.call(call, signal)))
    }
    return done
  }
}
