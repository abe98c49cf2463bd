import { randomBytes } from 'node:crypto'

/** A record: every value is a text. */
export type Row = Readonly<Record<string, string>>

/** One write that an instance took. */
export interface TakenWrite {
  readonly at: number
  readonly user: string
  readonly does: 'insert' | 'update' | 'attach' | 'event'
  readonly table: string
  readonly sysId: string
  /** Correlation id of the record after the write, and its version. */
  readonly correlation: string
  readonly version: number
  /** What the writer called it, where it did (header x-siembridge-write). */
  readonly write: string
  readonly fields: Row
}

export const newSysId = (): string => randomBytes(16).toString('hex')

/** Tables of an instance, their records in the order in which they were made. */
export class Tables {
  private readonly tables = new Map<string, Map<string, Row>>()
  readonly writes: TakenWrite[] = []
  private numbers = 10_000

  rows(table: string): Row[] {
    return [...(this.tables.get(table)?.values() ?? [])]
  }

  get(table: string, sysId: string): Row | undefined {
    return this.tables.get(table)?.get(sysId)
  }

  put(table: string, row: Row): Row {
    const sysId = row['sys_id'] ?? newSysId()
    const whole = { ...row, sys_id: sysId }
    const rows = this.tables.get(table) ?? new Map<string, Row>()
    this.tables.set(table, rows)
    rows.set(sysId, whole)
    return whole
  }

  /** What an administrator does by hand. */
  remove(table: string, sysId: string): void {
    this.tables.get(table)?.delete(sysId)
  }

  /** What a person does in a form: no rule and no ACL stands in the way. */
  edit(table: string, sysId: string, changes: Row, who: string, nowMs: number): Row {
    const before = this.get(table, sysId)
    if (!before) throw new Error(`there is no ${table} ${sysId}`)
    return this.put(table, {
      ...before,
      ...changes,
      sys_updated_by: who,
      sys_updated_on: timeText(nowMs),
      sys_mod_count: String(Number(before['sys_mod_count'] ?? 0) + 1),
    })
  }

  nextNumber(table: string): string {
    return `${table === 'sn_si_incident' ? 'SIR' : 'INC'}${String(++this.numbers).padStart(7, '0')}`
  }
}

/** `2026-01-19 04:52:04`, in UTC. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
