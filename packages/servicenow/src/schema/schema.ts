/** One field of a table, as the dictionary has it. */
export interface SchemaField {
  readonly name: string
  /** `string`, `integer`, `reference`, `journal_input`, `boolean`, `html`… */
  readonly type: string
  /** Characters; 0 where the dictionary does not say. */
  readonly length: number
  readonly mandatory: boolean
  readonly readOnly: boolean
  /** Table that a reference leads to. */
  readonly reference: string
  readonly label: string
}

export interface Choice {
  readonly value: string
  readonly label: string
  /** Value of the field that this one depends on: `category` of a `subcategory`. */
  readonly dependent: string
}

/** What is known of a table. */
export interface TableSchema {
  readonly table: string
  readonly fields: ReadonlyMap<string, SchemaField>
  readonly choices: ReadonlyMap<string, readonly Choice[]>
  /** Read from the instance; else what ServiceNow ships is taken. */
  readonly read: boolean
}

const field = (name: string, type: string, length: number, reference = ''): [string, SchemaField] => [
  name,
  { name, type, length, mandatory: false, readOnly: false, reference, label: name },
]

/** What ServiceNow ships ("Table API" and case API: lengths of `task`), for instances whose dictionary the bridge may not read. */
const shipped = new Map<string, SchemaField>([
  field('short_description', 'string', 160),
  field('description', 'string', 4000),
  field('close_notes', 'string', 4000),
  field('correlation_id', 'string', 100),
  field('correlation_display', 'string', 100),
  field('close_code', 'string', 40),
  field('work_notes', 'journal_input', 4000),
  field('comments', 'journal_input', 4000),
  field('impact', 'integer', 0),
  field('urgency', 'integer', 0),
  field('state', 'integer', 0),
  field('assignment_group', 'reference', 32, 'sys_user_group'),
  field('assigned_to', 'reference', 32, 'sys_user'),
  field('caller_id', 'reference', 32, 'sys_user'),
  field('cmdb_ci', 'reference', 32, 'cmdb_ci'),
  field('business_service', 'reference', 32, 'cmdb_ci_service'),
  field('company', 'reference', 32, 'core_company'),
  field('location', 'reference', 32, 'cmn_location'),
  field('problem_id', 'reference', 32, 'problem'),
  field('affected_user', 'reference', 32, 'sys_user'),
])

export const shippedSchema = (table: string): TableSchema => ({
  table,
  fields: shipped,
  choices: new Map(),
  read: false,
})

/** Column of a table that a person names its records by. */
const nameColumns: Readonly<Record<string, readonly string[]>> = {
  sys_user: ['user_name', 'email', 'name'],
  problem: ['number'],
  incident: ['number'],
}

export const nameColumnsOf = (table: string): readonly string[] => nameColumns[table] ?? ['name']
