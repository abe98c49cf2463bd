import { delivered, type Oddities } from './oddities.ts'
import { parseQuery, type Query } from './query.ts'
import { columns, seed, type SeedUser, systemColumns } from './seed.ts'
import { type Row, Tables } from './tables.ts'

/** Minutes by which a few time zones lie behind GMT, without summer time. */
const zones: Readonly<Record<string, number>> = {
  'US/Pacific': 480,
  'US/Eastern': 300,
  'Europe/Berlin': -60,
  'Asia/Tokyo': -540,
}

/** What an instance holds, and how its tables are read. */
export class Instance {
  readonly tables = new Tables()
  readonly oddities: Oddities = delivered()
  readonly users: readonly SeedUser[]
  /** Moves the instance's clock against that of the machine, in milliseconds. */
  clockMs = 0

  constructor(users: readonly SeedUser[]) {
    this.users = users
    seed(this.tables, users)
  }

  now(): number {
    return Date.now() + this.clockMs
  }

  user(name: string): SeedUser | undefined {
    return this.users.find((user) => user.name === name)
  }

  hasRole(name: string, ...roles: readonly string[]): boolean {
    const own = this.rolesOf(name)
    return own.has('admin') || roles.some((role) => own.has(role))
  }

  /** Roles as the tables have them: an administrator may have changed them. */
  rolesOf(name: string): ReadonlySet<string> {
    const id = this.tables.rows('sys_user').find((row) => row['user_name'] === name)?.['sys_id']
    const held = this.tables.rows('sys_user_has_role').filter((row) => row['user'] === id)
    return new Set(held.map((row) => this.tables.get('sys_user_role', row['role'] ?? '')?.['name'] ?? ''))
  }

  exists(table: string): boolean {
    return table in columns || this.tables.rows('sys_db_object').some((row) => row['name'] === table)
  }

  /** A table and those that it extends. */
  ancestry(table: string): string[] {
    const row = this.tables.rows('sys_db_object').find((one) => one['name'] === table)
    const parent = row && this.tables.get('sys_db_object', row['super_class'] ?? '')
    return [table, ...(parent ? this.ancestry(parent['name'] ?? '') : [])]
  }

  /** Dictionary of a field, of the table itself before those that it extends. */
  field(table: string, element: string): Row | undefined {
    const rows = this.tables
      .rows('sys_dictionary')
      .filter((row) => row['element'] === element && row['active'] !== 'false')
    for (const name of this.ancestry(table)) {
      const found = rows.find((row) => row['name'] === name)
      if (found) return found
    }
    return undefined
  }

  isField(table: string, element: string): boolean {
    return (
      systemColumns.includes(element) || (columns[table]?.includes(element) ?? this.field(table, element) !== undefined)
    )
  }

  /** Table that a reference field leads to. */
  private target(table: string, element: string): string {
    const known: Readonly<Record<string, string>> = {
      'sys_user_has_role.user': 'sys_user',
      'sys_user_has_role.role': 'sys_user_role',
      'sys_db_object.super_class': 'sys_db_object',
      'sys_transform_entry.map': 'sys_transform_map',
    }
    return known[`${table}.${element}`] ?? this.field(table, element)?.['reference'] ?? ''
  }

  /** Value of a field, over references by dots. */
  value(table: string, row: Row, path: string): string {
    const [head = '', ...rest] = path.split('.')
    if (rest.length === 0) return row[head] ?? ''
    const next = this.target(table, head)
    const other = this.tables.get(next, row[head] ?? '')
    return other ? this.value(next, other, rest.join('.')) : ''
  }

  private has(table: string, path: string): boolean {
    const [head = '', ...rest] = path.split('.')
    if (!this.isField(table, head)) return false
    return rest.length === 0 || this.has(this.target(table, head), rest.join('.'))
  }

  query(table: string, text: string, user: string): Query {
    return parseQuery(text, {
      has: (field) => this.has(table, field),
      value: (row, field) => this.value(table, row, field),
      time: (given) => this.inUtc(given, user),
    })
  }

  /** Rows of a query in its order; what makes no sense in it is left out, or nothing is found. */
  select(table: string, text: string, user: string): Row[] {
    const { keeps, order, invalid } = this.query(table, text.replaceAll('javascript:gs.getUserName()', user), user)
    if (invalid && !this.oddities.ignoresInvalidQueries) return []
    const rows = this.tables.rows(table).filter(keeps)
    return rows.toSorted((a, b) => {
      for (const { field, down } of order) {
        const [x, y] = [this.value(table, a, field), this.value(table, b, field)]
        if (x !== y) return (x < y ? -1 : 1) * (down ? -1 : 1)
      }
      return 0
    })
  }

  private offset(user: string): number {
    const zone = this.tables.rows('sys_user').find((row) => row['user_name'] === user)?.['time_zone'] ?? ''
    return (zones[zone] ?? 0) * 60_000
  }

  private inUtc(text: string, user: string): string {
    return this.oddities.queriesInUserZone ? shifted(text, this.offset(user)) : text
  }

  /** A time as the user sees it. */
  inUserZone(text: string, user: string): string {
    return text === '' ? '' : shifted(text, -this.offset(user))
  }
}

const shifted = (text: string, ms: number): string =>
  ms === 0 ? text : new Date(Date.parse(`${text.replace(' ', 'T')}Z`) + ms).toISOString().slice(0, 19).replace('T', ' ')
