/** A row of the console's tables. Every row has an id; the other members are those that its endpoint documents. */
export interface Row {
  readonly id: number
  readonly [member: string]: unknown
}

/** Names of the tables, as the last part of their path. */
export type TableName =
  | 'low_level_categories'
  | 'qid_records'
  | 'dsm_event_mappings'
  | 'log_source_types'
  | 'log_source_extensions'
  | 'log_sources'
  | 'protocol_types'
  | 'event_collectors'
  | 'regex_properties'
  | 'property_json_expressions'
  | 'property_leef_expressions'

/** Everything that a console holds. */
export class ConsoleTables {
  private readonly tables = new Map<TableName, Map<number, Row>>()
  private readonly ids = new Map<TableName, number>()

  rows(table: TableName): readonly Row[] {
    return [...(this.tables.get(table)?.values() ?? [])]
  }

  row(table: TableName, id: number): Row | undefined {
    return this.tables.get(table)?.get(id)
  }

  /** Adds a row under the next id from `first` on, or under its own. */
  add(table: TableName, members: Readonly<Record<string, unknown>>, first = 1): Row {
    const given = members['id']
    const id = typeof given === 'number' ? given : Math.max(first, (this.ids.get(table) ?? 0) + 1)
    this.ids.set(table, Math.max(id, this.ids.get(table) ?? 0))
    const row: Row = { ...members, id }
    const rows = this.tables.get(table) ?? new Map<number, Row>()
    rows.set(id, row)
    this.tables.set(table, rows)
    return row
  }

  change(table: TableName, id: number, members: Readonly<Record<string, unknown>>): Row {
    const row: Row = { ...this.row(table, id), ...members, id }
    this.tables.get(table)?.set(id, row)
    return row
  }
}
