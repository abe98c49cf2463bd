import type { Client } from './client.ts'
import { type Write, writeHeader, type Writer, type Written } from './writer.ts'

interface Transformed {
  readonly table?: string
  readonly status?: string
  readonly sys_id?: string
  readonly display_value?: string
  readonly error_message?: string
  readonly status_message?: string
}

/**
 * Import Set API: a row of the staging table, which a transform map turns into a ticket by its correlation id. It takes texts alone, and
 * answers 201 also where the transformation failed.
 */
export class ImportWriter implements Writer {
  readonly most = 1
  private readonly client: Client
  private readonly staging: string

  constructor(client: Client, staging: string) {
    this.client = client
    this.staging = staging
  }

  async write(writes: readonly Write[], signal: AbortSignal): Promise<Written[]> {
    const done: Written[] = []
    for (const write of writes) done.push(await this.one(write, signal))
    return done
  }

  private async one({ id, table, sysId, fields, correlation }: Write, signal: AbortSignal): Promise<Written> {
    const columns = Object.entries(fields).map(([name, value]) => [`u_${name}`, value])
    // Every map of the staging table runs for every row; each takes those that are for its own table.
    const body = { ...Object.fromEntries(columns), u_table: table, u_correlation_id: correlation }
    const path = `/api/now/import/${this.staging}`
    const answer = await this.client.call({ method: 'POST', path, body, headers: { [writeHeader]: id } }, signal)
    if (answer.is !== 'ok') return answer
    const all =
      (answer.result as { result?: readonly Transformed[] }).result ?? (answer.result as readonly Transformed[])
    const came = all.find((one) => one.table === table) ?? all[0]
    const { status, sys_id: found, display_value: number, error_message: error, status_message: said } = came ?? {}
    if ((status === 'inserted' || status === 'updated') && found)
      return { is: 'ok', row: { sys_id: found, number: number ?? '' } }
    if (status === 'ignored' && sysId !== undefined) return { is: 'ok', row: { sys_id: sysId } }
    const reason = `the transformation of ${this.staging} says ${status ?? 'nothing'}: ${error ?? said ?? 'no reason'}`
    return { is: 'refused', reason, status: 201 }
  }
}
