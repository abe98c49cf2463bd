import { createHash } from 'node:crypto'
import type { ServiceNowOptions } from '../options.ts'
import { tablesOf } from '../prepare.ts'
import { neededFields } from '../check/ways.ts'

/** A record of a table, as an update set carries it. */
export interface SetRecord {
  readonly table: string
  /** Name of the update: records that have a name of their own there are told by it. */
  readonly update: string
  readonly fields: Readonly<Record<string, string>>
}

/** The same records have the same ids at every instance and in every run: loading the set again changes them in place. */
export const idOf = (...parts: readonly string[]): string =>
  createHash('md5')
    .update(['siembridge', ...parts].join('\0'))
    .digest('hex')

const widest = 4000
/** Columns of the staging table that need no more; what rules fill may be long. */
const short = new Set([
  'table',
  'correlation_id',
  'correlation_display',
  'short_description',
  'impact',
  'urgency',
  'state',
  'close_code',
  'parent_incident',
  'parent_security_incident',
])

/** Staging table, its columns, and for each table a transform map that finds its tickets by correlation_id. */
export function importSetRecords(options: ServiceNowOptions): SetRecord[] {
  const staging = options.staging_table
  const tables = tablesOf(options)
  const fields = [...new Set(tables.flatMap((table) => neededFields({ options }, table)))]
  return [
    stagingTable(staging),
    ...['table', ...fields].map((field) => column(staging, field)),
    ...tables.flatMap((table) => mapOf(staging, table, options)),
  ]
}

function stagingTable(name: string): SetRecord {
  const sysId = idOf('table', name)
  return record('sys_db_object', sysId, `sys_db_object_${sysId}`, {
    name,
    label: 'SIEMbridge ticket',
    // Staging tables of import sets extend this one.
    super_class: 'sys_import_set_row',
    is_extendable: 'false',
  })
}

function column(staging: string, field: string): SetRecord {
  const element = `u_${field}`
  return record('sys_dictionary', idOf('column', staging, element), `sys_dictionary_${staging}_${element}`, {
    name: staging,
    element,
    column_label: field,
    internal_type: 'string',
    max_length: String(short.has(field) ? 255 : widest),
    active: 'true',
  })
}

function mapOf(staging: string, table: string, options: ServiceNowOptions): SetRecord[] {
  const map = idOf('map', staging, table)
  const transform = record('sys_transform_map', map, `sys_transform_map_${map}`, {
    name: `SIEMbridge to ${table}`,
    source_table: staging,
    target_table: table,
    active: 'true',
    run_business_rules: 'true',
    enforce_mandatory_fields: 'onlyMappedFields',
    copy_empty_fields: 'false',
    order: '100',
  })
  const script = idOf('script', staging, table)
  // Every active map of a staging table runs for every row: each leaves the others' rows alone.
  const own = record('sys_transform_script', script, `sys_transform_script_${script}`, {
    map,
    when: 'onBefore',
    active: 'true',
    order: '100',
    script: `(function runTransformScript(source, map, log, target) {\n  if (source.u_table != '${table}') ignore = true;\n})(source, map, log, target);`,
  })
  const entries = neededFields({ options }, table).map((field) => {
    const entry = idOf('entry', staging, table, field)
    return record('sys_transform_entry', entry, `sys_transform_entry_${entry}`, {
      map,
      source_table: staging,
      source_field: `u_${field}`,
      target_table: table,
      target_field: field,
      coalesce: String(field === 'correlation_id'),
      coalesce_case_sensitive: 'true',
      // A value that is no choice makes no new one.
      choice_action: 'ignore',
    })
  })
  return [transform, own, ...entries]
}

const record = (table: string, sysId: string, update: string, fields: Readonly<Record<string, string>>): SetRecord => ({
  table,
  update,
  fields: { ...fields, sys_id: sysId, sys_class_name: table, sys_scope: 'global' },
})
