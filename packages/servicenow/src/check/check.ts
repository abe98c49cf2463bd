import type { Finding, TargetContext } from '@siembridge/core'
import { Client } from '../client/client.ts'
import { isFailure } from '../client/table.ts'
import type { ServiceNowOptions } from '../options.ts'
import { tablesOf } from '../prepare.ts'
import { ancestry, loadSchema } from '../schema/load-schema.ts'
import { References } from '../schema/references.ts'
import type { TableSchema } from '../schema/schema.ts'
import { fieldFindings } from './fields.ts'
import { keyFindings } from './key.ts'
import { bad, good, type Look, warning } from './look.ts'
import { stateFindings } from './states.ts'
import { ownUser, roleFindings, rolesOf, userFindings } from './user.ts'
import { attachmentFindings, importFindings } from './ways.ts'

/** Looks whether tickets could be made as the rules say: who signs in, tables, fields, choices, rights. Writes nothing. */
export async function* check(context: TargetContext<ServiceNowOptions>): AsyncGenerator<Finding> {
  const { options, secrets, clock } = context
  const client = new Client(options, secrets, clock)
  try {
    yield* checkWith(client, options, clock)
  } finally {
    await client.close()
  }
}

async function* checkWith(client: Client, options: ServiceNowOptions, clock: Look['clock']): AsyncGenerator<Finding> {
  const subject = `instance ${options.url}`
  const user = await ownUser(client, options)
  if (isFailure(user) && user.is !== 'refused' && user.is !== 'missing')
    return yield bad(subject, user.reason, 'help' in user ? user.help : 'Look at url, and whether the instance is up.')
  const own = isFailure(user) ? undefined : user
  const name = own?.['user_name'] ?? ('user' in options.auth ? options.auth.user : "the bridge's user")
  yield good(subject, `signs ${name} in`)
  yield* userFindings(own)
  const roles = await rolesOf(client, own)
  yield* roleFindings(options, name, roles)
  yield* reachability(options)
  const schemas = new Map<string, TableSchema>()
  for (const table of tablesOf(options)) yield* tableFindings(client, table, schemas)
  const look: Look = { client, options, clock, roles, schemas, references: new References(client, () => clock.now()) }
  for (const rule of options.rules) {
    yield* fieldFindings(rule, look)
    yield* stateFindings(rule, look)
  }
  yield* attachmentFindings(look)
  yield* importFindings(look)
}

/** A rule behind one that takes everything never gets an event. */
function* reachability({ rules }: ServiceNowOptions): Generator<Finding> {
  const all = rules.findIndex(({ when }) => when === undefined)
  const [first] = all < 0 ? [] : rules.slice(all + 1)
  if (first)
    yield bad(
      `rule ${first.name}`,
      `gets no event: rule ${rules[all]?.name ?? ''} before it takes all of them`,
      'Put it first, or give the other one a `when`.',
    )
}

async function* tableFindings(
  client: Client,
  table: string,
  schemas: Map<string, TableSchema>,
): AsyncGenerator<Finding> {
  const tables = await ancestry(client, table)
  const unreadable = isFailure(tables)
  if (!unreadable && tables.length === 0)
    return yield bad(
      `table ${table}`,
      'does not exist, or may not be seen',
      table === 'sn_si_incident'
        ? 'Activate Security Incident Response, or write record: incident.'
        : 'Correct record, or give the user a role that may see it.',
    )
  const schema = unreadable ? tables : await loadSchema(client, table)
  if (isFailure(schema) || !schema.read) {
    const why = isFailure(schema) ? `: ${schema.reason}` : ''
    yield warning(
      `table ${table}`,
      `its dictionary may not be read${why}; fields, choices and lengths are not checked`,
      'Give the user the role personalize_dictionary, or read access to sys_db_object, sys_dictionary and sys_choice.',
    )
    return yield* keyFindings(client, table, undefined)
  }
  schemas.set(table, schema)
  yield good(`table ${table}`, `${schema.fields.size} fields known`)
  yield* keyFindings(client, table, schema)
}
