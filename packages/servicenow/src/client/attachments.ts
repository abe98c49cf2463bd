import { createHash } from 'node:crypto'
import type { Failure } from './answer.ts'
import type { Client } from './client.ts'
import { writeHeader } from './writer.ts'

/** Name of a record's file: its content's hash is in it, so that the same content is never attached twice. */
export const attachmentName = (content: string): string =>
  `alert-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.json`

/**
 * Attaches a record to a ticket, unless it is there. `fresh`: the ticket was made a moment ago, and nobody needs to look. Answers
 * undefined, or why not.
 */
export async function attach(
  client: Client,
  { table, sysId, content, write, fresh }: AttachmentCall,
  signal: AbortSignal,
): Promise<'attached' | 'there' | Failure> {
  const name = attachmentName(content)
  if (!fresh) {
    const listed = await client.call({
      method: 'GET',
      path: '/api/now/attachment',
      query: { sysparm_query: `table_sys_id=${sysId}^file_name=${name}`, sysparm_limit: '100' },
    })
    if (listed.is !== 'ok') return listed
    const rows = Array.isArray(listed.result) ? (listed.result as { file_name?: string; table_sys_id?: string }[]) : []
    if (rows.some((row) => row.file_name === name && row.table_sys_id === sysId)) return 'there'
  }
  const answer = await client.call(
    {
      method: 'POST',
      path: '/api/now/attachment/file',
      query: { table_name: table, table_sys_id: sysId, file_name: name },
      bytes: { content: Buffer.from(content), type: 'application/json' },
      headers: { [writeHeader]: write },
    },
    signal,
  )
  return answer.is === 'ok' ? 'attached' : answer
}

export interface AttachmentCall {
  readonly table: string
  readonly sysId: string
  readonly content: string
  /** Name of the write in the journal. */
  readonly write: string
  readonly fresh: boolean
}
