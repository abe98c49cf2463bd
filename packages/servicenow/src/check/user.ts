import type { Finding } from '@siembridge/core'
import type { Failure } from '../client/answer.ts'
import type { Client } from '../client/client.ts'
import { isFailure, query, type Row } from '../client/table.ts'
import type { ServiceNowOptions } from '../options.ts'
import { bad, good, warning } from './look.ts'

/** Who the bridge is there. ServiceNow fills the function in; a user that the options name is asked for by name. */
export async function ownUser(client: Client, { auth }: ServiceNowOptions): Promise<Row | undefined | Failure> {
  const name = auth.method === 'basic' || auth.method === 'password' ? auth.user : 'javascript:gs.getUserName()'
  const rows = await query(client, 'sys_user', `user_name=${name}`, ['user_name', 'time_zone', 'date_format'])
  if (isFailure(rows)) return rows
  // A function that is not understood is left out, and every user would match.
  return rows.length === 1 ? rows[0] : undefined
}

const greenwich = ['', 'GMT', 'UTC', 'Etc/UTC', 'Etc/GMT']

/** Times of queries and notes are in the user's zone and format. */
export function* userFindings(user: Row | undefined): Generator<Finding> {
  if (!user) return
  const { user_name: name = '', time_zone: zone = '', date_format: format = '' } = user
  const subject = `user ${name}`
  if (!greenwich.includes(zone))
    yield warning(
      subject,
      `has the time zone ${zone}: times in queries are taken in it`,
      `Set the time zone of ${name} (sys_user.time_zone) to GMT.`,
    )
  if (!['', 'yyyy-MM-dd', 'yyyy-MM-dd HH:mm:ss'].includes(format))
    yield warning(
      subject,
      `has the date format ${format}`,
      `Set the date format of ${name} (sys_user.date_format) to yyyy-MM-dd.`,
    )
}

/** Roles of a user, inherited ones too; undefined where they may not be read. */
export async function rolesOf(client: Client, user: Row | undefined): Promise<ReadonlySet<string> | undefined> {
  if (!user) return undefined
  const name = user['user_name'] ?? ''
  const rows = await query(client, 'sys_user_has_role', `user.user_name=${name}^state=active`, [
    'user.user_name',
    'role.name',
  ])
  if (isFailure(rows)) return undefined
  const own = rows.filter((row) => row['user.user_name'] === name)
  return own.length === 0 ? undefined : new Set(own.map((row) => row['role.name'] ?? ''))
}

interface Need {
  readonly what: string
  readonly oneOf: readonly string[]
}

const tableNeeds: Readonly<Record<string, Need>> = {
  incident: { what: 'make and change incidents', oneOf: ['itil', 'list_updater', 'sn_incident_write'] },
  sn_si_incident: {
    what: 'make and change security incidents',
    oneOf: ['sn_si.analyst', 'sn_si.write', 'sn_si.integration_user', 'sn_si.admin'],
  },
  em_event: { what: 'send events', oneOf: ['evt_mgmt_integration'] },
}

/** Rights that the rules take, each told by its rule. */
export function* roleFindings(
  { rules }: ServiceNowOptions,
  name: string,
  roles: ReadonlySet<string> | undefined,
): Generator<Finding> {
  const tables = [...new Set(rules.map(({ record }) => record))]
  if (!roles) {
    const needed = tables.map((table) => tableNeeds[table]?.oneOf[0]).join(', ')
    yield warning(
      `roles of ${name}`,
      'cannot be read, so it is not known whether they are enough',
      `Let the user read sys_user_has_role, or see by hand that it has ${needed}.`,
    )
    return
  }
  const has = (wanted: readonly string[]): boolean => roles.has('admin') || wanted.some((role) => roles.has(role))
  for (const table of tables) {
    const need = tableNeeds[table]
    if (!need) continue
    if (has(need.oneOf)) yield good(`roles of ${name}`, `may ${need.what}`)
    else
      yield bad(
        `roles of ${name}`,
        `may not ${need.what}`,
        `Give ${name} the role ${need.oneOf[0] ?? ''}${need.oneOf.length > 1 ? ` (or ${need.oneOf.slice(1).join(', ')})` : ''}.`,
      )
  }
  for (const rule of rules)
    if (
      rule.record === 'incident' &&
      rule.resolve_state === 7 &&
      rule.on_resolved === 'resolve' &&
      !has(['itil_admin'])
    )
      yield bad(
        `rule ${rule.name}: resolve_state`,
        `${name} may not close incidents (state 7)`,
        'Take resolve_state out: resolved incidents (6) are closed by the instance; or give the user the role itil_admin.',
      )
}
