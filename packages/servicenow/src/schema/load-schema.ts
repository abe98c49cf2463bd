import type { Failure } from '../client/answer.ts'
import type { Client } from '../client/client.ts'
import { isFailure, query, type Row } from '../client/table.ts'
import type { Choice, SchemaField, TableSchema } from './schema.ts'

const mostAncestors = 10

/** A table and those that it extends: `incident`, `task`. Empty where there is no such table, or none that may be seen. */
export async function ancestry(client: Client, table: string): Promise<string[] | Failure> {
  const tables: string[] = []
  for (let at = table; at !== '' && tables.length < mostAncestors && !tables.includes(at);) {
    const rows = await query(client, 'sys_db_object', `name=${at}`, ['name', 'super_class.name'])
    if (isFailure(rows)) return rows
    const row = rows.find(({ name }) => name === at)
    if (!row) return tables
    tables.push(at)
    at = row['super_class.name'] ?? ''
  }
  return tables
}

const dictionaryFields = [
  'name',
  'element',
  'internal_type',
  'max_length',
  'mandatory',
  'read_only',
  'reference',
  'column_label',
]

/** Fields and choices of a table, its own and inherited: "Data dictionary tables". */
export async function loadSchema(client: Client, table: string): Promise<TableSchema | Failure> {
  const tables = await ancestry(client, table)
  if (isFailure(tables)) return tables
  const names = tables.length === 0 ? [table] : tables
  const condition = `nameIN${names.join(',')}^elementISNOTEMPTY^active=true`
  const [rows, overrides, choices] = await Promise.all([
    query(client, 'sys_dictionary', condition, dictionaryFields),
    query(client, 'sys_dictionary_override', `name=${table}`, [
      'name',
      'element',
      'mandatory',
      'mandatory_override',
      'read_only',
      'read_only_override',
    ]),
    query(client, 'sys_choice', `nameIN${names.join(',')}^inactive=false^language=en`, [
      'name',
      'element',
      'value',
      'label',
      'dependent_value',
    ]),
  ])
  if (isFailure(rows)) return rows
  const fields = new Map<string, SchemaField>()
  // What a table says of a field stands before what those say that it extends.
  for (const name of names.toReversed())
    for (const row of rows) if (row['name'] === name && row['element']) fields.set(row['element'], fieldOf(row))
  for (const row of isFailure(overrides) ? [] : overrides) override(fields, row)
  return { table, fields, choices: choicesOf(isFailure(choices) ? [] : choices, names), read: fields.size > 0 }
}

const fieldOf = (row: Row): SchemaField => ({
  name: row['element'] ?? '',
  type: row['internal_type'] ?? 'string',
  length: Number(row['max_length'] ?? 0) || 0,
  mandatory: row['mandatory'] === 'true',
  readOnly: row['read_only'] === 'true',
  reference: row['reference'] ?? '',
  label: row['column_label'] ?? '',
})

function override(fields: Map<string, SchemaField>, row: Row): void {
  const field = fields.get(row['element'] ?? '')
  if (!field) return
  fields.set(field.name, {
    ...field,
    ...(row['mandatory_override'] === 'true' && { mandatory: row['mandatory'] === 'true' }),
    ...(row['read_only_override'] === 'true' && { readOnly: row['read_only'] === 'true' }),
  })
}

/** Choices of a table take the place of those that it would inherit, field by field. */
function choicesOf(rows: readonly Row[], names: readonly string[]): Map<string, readonly Choice[]> {
  const found = new Map<string, readonly Choice[]>()
  for (const name of names.toReversed())
    for (const [element, own] of Map.groupBy(
      rows.filter((row) => row['name'] === name),
      (row) => row['element'] ?? '',
    ))
      found.set(
        element,
        own.map((row) => ({
          value: row['value'] ?? '',
          label: row['label'] ?? '',
          dependent: row['dependent_value'] ?? '',
        })),
      )
  return found
}
