import type { Finding } from '@siembridge/core'
import { isFailure, query } from '../client/table.ts'
import { tablesOf } from '../prepare.ts'
import { createRules } from '../rules/rule.ts'
import { statesOf } from '../tickets/states.ts'
import { bad, type Look } from './look.ts'

/** Attachments: whether the type may be attached, where that can be read. */
export async function* attachmentFindings({ client, options }: Look): AsyncGenerator<Finding> {
  if (options.attach === 'off') return
  const name = 'glide.attachment.extensions'
  const rows = await query(client, 'sys_properties', `name=${name}`, ['name', 'value'])
  const value = isFailure(rows) ? '' : (rows.find((row) => row['name'] === name)?.['value'] ?? '')
  const allowed = value.split(',').map((one) => one.trim().toLowerCase())
  if (value !== '' && !allowed.includes('json'))
    yield bad(
      `property ${name}`,
      'does not list json: records could not be attached',
      'Add json to the property, or write attach: off.',
    )
}

/** An import set: staging table, a map for each table, found by correlation_id, with every field that the rules fill. */
export async function* importFindings(look: Look): AsyncGenerator<Finding> {
  const { client, options } = look
  if (options.api !== 'import-set') return
  const staging = options.staging_table
  const help = 'Make it with `siembridge generate servicenow` and load the update set.'
  const maps = await query(client, 'sys_transform_map', `source_table=${staging}^active=true`, [
    'sys_id',
    'source_table',
    'target_table',
  ])
  if (isFailure(maps)) return yield bad(`staging table ${staging}`, maps.reason, help)
  for (const table of tablesOf(options)) {
    const subject = `transform map of ${staging} to ${table}`
    const map = maps.find((row) => row['source_table'] === staging && row['target_table'] === table)
    if (!map) {
      yield bad(subject, 'does not exist, or is not active', help)
      continue
    }
    const entries = await query(client, 'sys_transform_entry', `map=${map['sys_id'] ?? ''}`, [
      'map',
      'source_field',
      'target_field',
      'coalesce',
    ])
    const rows = isFailure(entries) ? [] : entries.filter((row) => row['map'] === map['sys_id'])
    if (!rows.some((row) => row['target_field'] === 'correlation_id' && row['coalesce'] === 'true'))
      yield bad(
        subject,
        'does not coalesce on correlation_id: every update would make another ticket',
        'Set coalesce at its field map of correlation_id.',
      )
    const mapped = new Set(rows.map((row) => row['target_field']))
    const missing = neededFields(look, table).filter((name) => !mapped.has(name))
    if (missing.length > 0) yield bad(subject, `has no field map for ${missing.join(', ')}`, help)
  }
}

export const neededFields = ({ options }: Pick<Look, 'options'>, table: string): string[] => [
  ...new Set([
    'correlation_id',
    'work_notes',
    'impact',
    'urgency',
    'state',
    'close_code',
    'close_notes',
    statesOf(table).parent,
    ...createRules(options.rules)
      .filter((rule) => rule.table === table)
      .flatMap((rule) => [...rule.templates.keys()]),
  ]),
]
