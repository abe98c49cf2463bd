import type { Row, Tables } from './tables.ts'

type Field = readonly [element: string, type: string, length: number, more?: Row]

const reference = (element: string, table: string): Field => [element, 'reference', 32, { reference: table }]

const task: readonly Field[] = [
  ['number', 'string', 40, { read_only: 'true' }],
  ['short_description', 'string', 160],
  ['description', 'string', 4000],
  ['close_notes', 'string', 4000],
  ['correlation_id', 'string', 100],
  ['correlation_display', 'string', 100],
  ['work_notes', 'journal_input', 4000],
  ['comments', 'journal_input', 4000],
  ['impact', 'integer', 40],
  ['urgency', 'integer', 40],
  ['priority', 'integer', 40, { read_only: 'true' }],
  ['state', 'integer', 40],
  ['active', 'boolean', 40],
  ['contact_type', 'string', 40],
  ['closed_at', 'glide_date_time', 40],
  ['sys_class_name', 'sys_class_name', 80],
  reference('assignment_group', 'sys_user_group'),
  reference('assigned_to', 'sys_user'),
  reference('cmdb_ci', 'cmdb_ci'),
  reference('company', 'core_company'),
  reference('location', 'cmn_location'),
]

const incident: readonly Field[] = [
  reference('caller_id', 'sys_user'),
  reference('parent_incident', 'incident'),
  reference('problem_id', 'problem'),
  ['category', 'string', 40],
  ['subcategory', 'string', 40],
  ['close_code', 'string', 40],
  ['resolved_at', 'glide_date_time', 40],
  ['incident_state', 'integer', 40],
  ['hold_reason', 'integer', 40],
  ['severity', 'integer', 40],
]

const security: readonly Field[] = [
  reference('affected_user', 'sys_user'),
  reference('parent_security_incident', 'sn_si_incident'),
  reference('incident', 'incident'),
  ['category', 'string', 40],
  ['subcategory', 'string', 40],
  ['close_code', 'string', 40],
  ['attack_vector', 'string', 40],
  ['risk_score', 'integer', 40],
  ['substate', 'integer', 40],
  ['secure_notes', 'html', 8000],
]

/** Columns that every record has. */
export const systemColumns = [
  'sys_id',
  'sys_created_on',
  'sys_created_by',
  'sys_updated_on',
  'sys_updated_by',
  'sys_mod_count',
]

/** Columns of tables that have no dictionary here. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  sys_db_object: ['name', 'super_class', 'label'],
  sys_dictionary: [
    'name',
    'element',
    'internal_type',
    'max_length',
    'mandatory',
    'read_only',
    'reference',
    'column_label',
    'active',
  ],
  sys_dictionary_override: ['name', 'element', 'mandatory', 'mandatory_override', 'read_only', 'read_only_override'],
  sys_choice: ['name', 'element', 'value', 'label', 'dependent_value', 'inactive', 'language', 'sequence'],
  sys_user: ['user_name', 'email', 'name', 'active', 'time_zone', 'date_format', 'locked_out'],
  sys_user_group: ['name', 'active'],
  sys_user_has_role: ['user', 'role', 'state'],
  sys_user_role: ['name'],
  sys_journal_field: ['name', 'element', 'element_id', 'value'],
  sys_transform_map: ['name', 'source_table', 'target_table', 'active'],
  sys_transform_entry: ['map', 'source_field', 'target_field', 'coalesce'],
  sys_properties: ['name', 'value'],
  cmdb_ci: ['name', 'active'],
  core_company: ['name'],
  cmn_location: ['name'],
  em_event: ['message_key', 'source', 'node', 'severity', 'resolution_state'],
  em_alert: ['message_key', 'state'],
}

const choices: Readonly<Record<string, readonly (readonly [value: string, label: string, dependent?: string])[]>> = {
  'incident.state': [
    ['1', 'New'],
    ['2', 'In Progress'],
    ['3', 'On Hold'],
    ['6', 'Resolved'],
    ['7', 'Closed'],
    ['8', 'Canceled'],
  ],
  'task.impact': [
    ['1', '1 - High'],
    ['2', '2 - Medium'],
    ['3', '3 - Low'],
  ],
  'task.urgency': [
    ['1', '1 - High'],
    ['2', '2 - Medium'],
    ['3', '3 - Low'],
  ],
  'task.contact_type': [
    ['email', 'Email'],
    ['monitoring', 'Monitoring'],
  ],
  'incident.category': [
    ['inquiry', 'Inquiry / Help'],
    ['software', 'Software'],
    ['network', 'Network'],
    ['security', 'Security'],
  ],
  'incident.subcategory': [
    ['email', 'Email', 'software'],
    ['vpn', 'VPN', 'network'],
    ['phishing, spam', 'Phishing, spam', 'security'],
    ['malware', 'Malware', 'security'],
  ],
  'incident.close_code': [
    ['Solution provided', 'Solution provided'],
    ['Workaround provided', 'Workaround provided'],
    ['Resolved by caller', 'Resolved by caller'],
    ['No resolution provided', 'No resolution provided'],
    ['Duplicate', 'Duplicate'],
  ],
  'sn_si_incident.state': [
    ['10', 'Draft'],
    ['16', 'Analysis'],
    ['18', 'Contain'],
    ['19', 'Eradicate'],
    ['20', 'Recover'],
    ['100', 'Review'],
    ['3', 'Closed'],
    ['7', 'Cancelled'],
  ],
  'sn_si_incident.close_code': [
    ['Investigation completed', 'Investigation completed'],
    ['Threat mitigated', 'Threat mitigated'],
    ['Patched vulnerability', 'Patched vulnerability'],
    ['Invalid vulnerability', 'Invalid vulnerability'],
    ['Not resolved', 'Not resolved'],
    ['False positive', 'False positive'],
  ],
  'sn_si_incident.category': [
    ['phishing', 'Phishing'],
    ['malware', 'Malicious code activity'],
  ],
}

/** A user of the instance. */
export interface SeedUser {
  readonly name: string
  readonly password: string
  readonly roles: readonly string[]
  readonly email?: string
  readonly timeZone?: string
  readonly dateFormat?: string
  readonly active?: boolean
  /** A second factor is asked for. */
  readonly mfa?: boolean
}

/** Tables, dictionary, choices, groups and users, as an instance with Incident Management and Security Incident Response has them. */
export function seed(tables: Tables, users: readonly SeedUser[]): void {
  const objects = new Map<string, string>()
  for (const [name, parent] of [
    ['task', ''],
    ['incident', 'task'],
    ['sn_si_incident', 'task'],
  ] as const)
    objects.set(name, tables.put('sys_db_object', { name, super_class: objects.get(parent) ?? '' })['sys_id'] ?? '')
  for (const [table, fields] of Object.entries({ task, incident, sn_si_incident: security }))
    for (const [element, type, length, more] of fields)
      tables.put('sys_dictionary', {
        name: table,
        element,
        internal_type: type,
        max_length: String(length),
        mandatory: 'false',
        read_only: 'false',
        reference: '',
        column_label: element,
        active: 'true',
        ...more,
      })
  for (const [where, values] of Object.entries(choices)) {
    const [name = '', element = ''] = where.split('.')
    for (const [value, label, dependent = ''] of values)
      tables.put('sys_choice', {
        name,
        element,
        value,
        label,
        dependent_value: dependent,
        inactive: 'false',
        language: 'en',
      })
  }
  for (const name of ['Security Operations', 'Service Desk']) tables.put('sys_user_group', { name, active: 'true' })
  tables.put('sys_user_group', { name: 'Old Team', active: 'false' })
  tables.put('sys_properties', { name: 'glide.attachment.extensions', value: '' })
  for (const user of users) seedUser(tables, user)
}

function seedUser(tables: Tables, user: SeedUser): void {
  const { sys_id: id = '' } = tables.put('sys_user', {
    user_name: user.name,
    name: user.name,
    email: user.email ?? `${user.name}@example.com`,
    active: String(user.active ?? true),
    time_zone: user.timeZone ?? 'GMT',
    date_format: user.dateFormat ?? 'yyyy-MM-dd',
    locked_out: 'false',
  })
  for (const name of user.roles) {
    const role =
      tables.rows('sys_user_role').find((row) => row['name'] === name) ?? tables.put('sys_user_role', { name })
    tables.put('sys_user_has_role', { user: id, role: role['sys_id'] ?? '', state: 'active' })
  }
}
