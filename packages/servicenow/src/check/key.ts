import type { Finding } from '@siembridge/core'
import type { Client } from '../client/client.ts'
import { firstOf, ignoredQuery, isFailure } from '../client/table.ts'
import type { TableSchema } from '../schema/schema.ts'
import { keyPrefix } from '../tickets/key.ts'
import { bad, good } from './look.ts'

/** Longest correlation id that the bridge writes: that of a ticket that was folded away. */
const longestKey = 66

/** Whether tickets can be found again: without that, none may be made. */
export async function* keyFindings(
  client: Client,
  table: string,
  schema: TableSchema | undefined,
): AsyncGenerator<Finding> {
  const subject = `${table}: field correlation_id`
  const field = schema?.fields.get('correlation_id')
  if (schema?.read && !field)
    return yield bad(
      subject,
      'does not exist, or is not active',
      'Add it to the table (string, 100 characters) or make it active: tickets are found by it.',
    )
  if (field && field.length > 0 && field.length < longestKey)
    return yield bad(
      subject,
      `holds ${field.length} characters; keys would be cut`,
      'Make it as long as ServiceNow delivers it: 100 characters.',
    )
  const columns = ['sys_id', 'correlation_id']
  const probe = await firstOf(client, table, `correlation_id=${keyPrefix}probe-nobody`, columns)
  if (isFailure(probe)) return yield bad(subject, probe.reason, 'help' in probe ? probe.help : 'Look again later.')
  const any = await firstOf(client, table, 'correlation_idISNOTEMPTY^ORDERBYDESCsys_created_on', columns)
  const row = isFailure(any) ? undefined : any
  const blind = probe !== undefined || (row !== undefined && (row['correlation_id'] ?? '') === '')
  if (!blind) return yield good(subject, 'can be read and asked for: tickets are found again')
  const failure = ignoredQuery(table, probe?.['correlation_id'])
  yield bad(subject, failure.reason, 'help' in failure ? failure.help : '')
}
