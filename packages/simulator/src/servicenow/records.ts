import { failed, fine, forbidden, type InstanceAnswer, policy } from './answers.ts'
import type { Instance } from './instance.ts'
import { newSysId, type Row, timeText } from './tables.ts'

export interface Writer {
  readonly user: string
  /** What the writer calls the write. */
  readonly write: string
}

/** Roles that may write a table, and those that may close its records. */
const writers: Readonly<Record<string, readonly string[]>> = {
  incident: ['itil', 'list_updater', 'sn_incident_write'],
  sn_si_incident: ['sn_si.analyst', 'sn_si.write', 'sn_si.integration_user', 'sn_si.admin'],
}
const closers = ['itil_admin']

const final: Readonly<Record<string, readonly string[]>> = { incident: ['7', '8'], sn_si_incident: ['3', '7'] }
const started: Readonly<Record<string, string>> = { incident: '1', sn_si_incident: '10' }
const journals = ['work_notes', 'comments']

/** Impact and urgency to priority: the look-up rules that ServiceNow ships. */
const priority = (impact: string, urgency: string): string =>
  ({ '11': '1', '12': '2', '13': '3', '21': '2', '22': '3', '23': '4', '31': '3', '32': '4', '33': '5' })[
    impact + urgency
  ] ?? '4'

/** States that each may go to, by the NIST process. */
const nist: Readonly<Record<string, readonly string[]>> = {
  '10': ['16', '7', '3'],
  '16': ['10', '18', '7', '3'],
  '18': ['16', '19', '7', '3'],
  '19': ['18', '20', '7', '3'],
  '20': ['19', '100', '7', '3'],
  '100': ['20', '3', '7'],
  '3': ['16'],
  '7': ['16'],
}

export function insert(instance: Instance, table: string, given: Row, by: Writer): InstanceAnswer {
  if (!mayWrite(instance, table, by.user)) return forbidden('Insert')
  const { oddities, tables } = instance
  const taken = accepted(instance, table, given, by.user)
  const ruled = oddities.businessRule(table, taken, undefined)
  if (ruled === 'abort')
    return failed(403, 'Operation Failed', "Operation against file 'incident' was aborted by Business Rule 'Validate'")
  const missing = (oddities.mandatory[table] ?? []).filter((field) => !ruled[field])
  if (missing.length > 0) return policy(missing)
  const correlation = ruled['correlation_id'] ?? ''
  if (oddities.uniqueCorrelation && tables.rows(table).some((row) => row['correlation_id'] === correlation))
    return failed(403, 'Operation Failed', 'Unique Key violation detected by database')
  const now = timeText(instance.now())
  const state = ruled['state'] ?? started[table] ?? ''
  const row = tables.put(table, {
    ...withoutJournals(ruled),
    sys_id: newSysId(),
    number: tables.nextNumber(table),
    state,
    active: String(!(final[table] ?? []).includes(state)),
    priority: priority(ruled['impact'] ?? '3', ruled['urgency'] ?? '3'),
    sys_created_on: now,
    sys_created_by: by.user,
    sys_updated_on: now,
    sys_updated_by: by.user,
    sys_mod_count: '0',
    ...ended(table, state, now),
  })
  journal(instance, table, row, ruled, by.user)
  note(instance, 'insert', table, row, given, by)
  return fine(shown(instance, table, row), 201, { location: `/api/now/v2/table/${table}/${row['sys_id'] ?? ''}` })
}

export function update(instance: Instance, table: string, sysId: string, given: Row, by: Writer): InstanceAnswer {
  const { oddities, tables } = instance
  const before = tables.get(table, sysId)
  if (!before || oddities.hidesRow(table, before)) return noRecord
  if (!mayWrite(instance, table, by.user)) return forbidden('Update')
  const isFinal = (final[table] ?? []).includes(before['state'] ?? '')
  if (isFinal && oddities.closedIsReadOnly && !instance.hasRole(by.user)) return forbidden('Update')
  const taken = accepted(instance, table, given, by.user)
  const ruled = oddities.businessRule(table, taken, before)
  if (ruled === 'abort')
    return failed(403, 'Operation Failed', "Operation against file 'incident' was aborted by Business Rule 'Validate'")
  const changes = allowed(instance, table, ruled, before)
  const refusal = closing(instance, table, changes, before, by.user)
  if (refusal) return refusal
  const now = timeText(instance.now())
  const state = changes['state'] ?? before['state'] ?? ''
  const next = { ...before, ...withoutJournals(changes) }
  const row = tables.put(table, {
    ...next,
    active: String(!(final[table] ?? []).includes(state)),
    priority: priority(next['impact'] ?? '3', next['urgency'] ?? '3'),
    sys_updated_on: now,
    sys_updated_by: by.user,
    sys_mod_count: String(Number(before['sys_mod_count'] ?? 0) + 1),
    ...(state !== before['state'] && ended(table, state, now)),
  })
  journal(instance, table, row, changes, by.user)
  note(instance, 'update', table, row, given, by)
  return fine(shown(instance, table, row))
}

export const noRecord = failed(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval")

const mayWrite = (instance: Instance, table: string, user: string): boolean => {
  const roles = writers[table]
  return roles === undefined || instance.hasRole(user, ...roles)
}

/** Fields that the table has and the writer may write, cut to their lengths. What else is given is dropped without a word. */
function accepted(instance: Instance, table: string, given: Row, user: string): Row {
  const dropped = instance.oddities.protectedFields[table] ?? []
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const field = instance.field(table, name)
      if (!field || dropped.includes(name)) return []
      if (field['read_only'] === 'true' && !instance.hasRole(user)) return []
      const length = journals.includes(name) ? instance.oddities.journalLength : Number(field['max_length'])
      const isText = ['string', 'journal_input'].includes(field['internal_type'] ?? '')
      return [[name, isText ? value.slice(0, length) : value]]
    }),
  )
}

/** A jump that the process does not know is dropped, and the rest is written. */
function allowed(instance: Instance, table: string, changes: Row, before: Row): Row {
  const { state, ...rest } = changes
  if (state === undefined || table !== 'sn_si_incident' || !instance.oddities.nistProcess) return changes
  return state === before['state'] || (nist[before['state'] ?? ''] ?? []).includes(state) ? changes : rest
}

function closing(
  instance: Instance,
  table: string,
  changes: Row,
  before: Row,
  user: string,
): InstanceAnswer | undefined {
  const { state } = changes
  if (state === undefined || state === before['state']) return undefined
  const ends = table === 'incident' ? ['6', '7'] : ['3']
  if (!ends.includes(state)) return undefined
  const missing = ['close_code', 'close_notes'].filter((field) => !(changes[field] ?? before[field]))
  if (missing.length > 0) return policy(missing)
  const allowedCodes = instance.tables
    .rows('sys_choice')
    .filter((row) => row['name'] === table && row['element'] === 'close_code' && row['inactive'] !== 'true')
    .map((row) => row['value'])
  if (!allowedCodes.includes(changes['close_code'] ?? before['close_code'])) return policy(['close_code'])
  return table === 'incident' && state === '7' && !instance.hasRole(user, ...closers) ? forbidden('Update') : undefined
}

function ended(table: string, state: string, now: string): Row {
  if (table === 'incident' && state === '6') return { resolved_at: now }
  if ((final[table] ?? []).includes(state)) return { closed_at: now }
  return { resolved_at: '', closed_at: '' }
}

const withoutJournals = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !journals.includes(name)))

function journal(instance: Instance, table: string, row: Row, changes: Row, user: string): void {
  for (const element of journals)
    if (changes[element])
      instance.tables.put('sys_journal_field', {
        name: table,
        element,
        element_id: row['sys_id'] ?? '',
        value: changes[element],
        sys_created_on: timeText(instance.now()),
        sys_created_by: user,
      })
}

function note(instance: Instance, does: 'insert' | 'update', table: string, row: Row, fields: Row, by: Writer): void {
  instance.tables.writes.push({
    at: instance.now(),
    user: by.user,
    does,
    table,
    sysId: row['sys_id'] ?? '',
    correlation: row['correlation_id'] ?? '',
    version: Number(row['sys_mod_count'] ?? 0),
    write: by.write,
    fields,
  })
}

/** A record as it is read: journal fields are empty, and so is what an ACL hides. */
export function shown(instance: Instance, table: string, row: Row, fields?: readonly string[]): Row {
  const hidden = new Set(instance.oddities.hiddenFields[table])
  const names = fields ?? Object.keys(row)
  return Object.fromEntries(
    names.map((name) => [name, hidden.has(name) || journals.includes(name) ? '' : instance.value(table, row, name)]),
  )
}
