import type { Finding } from '@siembridge/core'
import { bridgeUser, type SeedUser, type SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { describe, expect, test } from 'vitest'
import { Bench } from './bench.ts'

/** A configuration in which everything is right, for an instance as it is delivered. */
const right = {
  rules: [
    {
      name: 'security',
      when: 'severity >= high',
      record: 'sn_si_incident',
      fields: { category: 'malware', assignment_group: 'Security Operations', affected_user: '{{user.email}}' },
    },
    {
      name: 'alerts',
      fields: { category: 'security', subcategory: 'phishing, spam', caller_id: 'bridge', contact_type: 'monitoring' },
    },
  ],
}

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })
const fields = (values: Readonly<Record<string, string>>) => rule({ fields: values })

interface Planted {
  readonly fault: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly user?: Partial<SeedUser>
  readonly plant?: (instance: SimulatedServiceNow) => void
  /** What the finding names, what it says, and the mend. */
  readonly finds: readonly [subject: RegExp, says: RegExp, help: RegExp]
}

const change =
  (table: string, where: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>) =>
  ({ tables }: SimulatedServiceNow): void => {
    const row = tables.rows(table).find((one) => Object.entries(where).every(([name, value]) => one[name] === value))
    if (!row) throw new Error(`there is no such row in ${table}`)
    tables.put(table, { ...row, ...to })
  }

const faults: readonly Planted[] = [
  {
    fault: 'a mapped field that does not exist',
    options: fields({ u_alert_id: '{{native}}' }),
    finds: [/field u_alert_id/, /has no field u_alert_id/, /take it out/],
  },
  {
    fault: 'a field that is misspelt',
    options: fields({ asignment_group: 'Service Desk' }),
    finds: [/field asignment_group/, /has no field/, /Write assignment_group/],
  },
  {
    fault: 'a field that the dictionary has read-only',
    options: fields({ location: 'x' }),
    plant: change('sys_dictionary', { element: 'location' }, { read_only: 'true' }),
    finds: [/field location/, /read-only/, /another field/],
  },
  {
    fault: 'an unknown choice value',
    options: fields({ category: 'securty' }),
    finds: [/field category/, /"securty" is no choice/, /security/],
  },
  {
    fault: 'the label of a choice instead of its value',
    options: fields({ category: 'Inquiry / Help' }),
    finds: [/field category/, /is no choice/, /"inquiry"/],
  },
  {
    fault: 'a subcategory of another category',
    options: fields({ category: 'network', subcategory: 'malware' }),
    finds: [/field subcategory/, /belongs to the category security/, /category: security/],
  },
  {
    fault: 'a subcategory without a category',
    options: fields({ subcategory: 'vpn' }),
    finds: [/field subcategory/, /without a category/, /category: network/],
  },
  {
    fault: 'a mandatory field that no rule fills',
    plant: change('sys_dictionary', { element: 'caller_id' }, { mandatory: 'true' }),
    options: rule({}),
    finds: [/field caller_id/, /mandatory in incident/, /under fields/],
  },
  {
    fault: 'a mandatory field that can be empty',
    plant: change('sys_dictionary', { element: 'category', name: 'incident' }, { mandatory: 'true' }),
    options: fields({ category: '{{microsoft.alert.category}}' }),
    finds: [/field category/, /is empty for events without/, /fall back/],
  },
  {
    fault: 'a text that is longer than its field',
    options: fields({ contact_type: 'a'.repeat(60) }),
    finds: [/field contact_type/, /holds 40 characters/, /Shorten/],
  },
  {
    fault: 'a group that does not exist',
    options: fields({ assignment_group: 'SecOps' }),
    finds: [/field assignment_group/, /no "SecOps" in sys_user_group/, /sys_id/],
  },
  {
    fault: 'a group that is not active',
    options: fields({ assignment_group: 'Old Team' }),
    finds: [/field assignment_group/, /not active/, /active/],
  },
  {
    fault: 'a name that two groups have',
    options: fields({ assignment_group: 'Service Desk' }),
    plant: ({ tables }) => void tables.put('sys_user_group', { name: 'Service Desk', active: 'true' }),
    finds: [/field assignment_group/, /several/, /sys_id/],
  },
  {
    fault: 'a number field with a text',
    options: fields({ severity: 'very bad' }),
    finds: [/field severity/, /is a number/, /number/],
  },
  {
    fault: 'a close code of an older release',
    options: rule({ close_code: 'Closed/Resolved by Caller' }),
    finds: [/close_code/, /is no close code/, /Solution provided/],
  },
  {
    fault: 'an instance without any usual close code',
    options: rule({}),
    plant: ({ tables }) => {
      for (const row of tables
        .rows('sys_choice')
        .filter((one) => one['element'] === 'close_code' && one['name'] === 'incident'))
        tables.put('sys_choice', { ...row, value: `Ours: ${row['value'] ?? ''}` })
    },
    finds: [/close_code/, /none of the usual/, /Name one/],
  },
  {
    fault: 'a state that the instance does not have',
    options: rule({ reopen_state: 42 }),
    finds: [/reopen_state/, /state 42 is no choice/, /1, 2, 3/],
  },
  {
    fault: 'closing without the role itil_admin',
    options: rule({ resolve_state: 7 }),
    finds: [/resolve_state/, /may not close/, /itil_admin/],
  },
  {
    fault: 'a user without itil',
    user: { roles: ['snc_internal'] },
    options: rule({}),
    finds: [/roles of bridge/, /may not make and change incidents/, /itil/],
  },
  {
    fault: 'a user without a role for security incidents',
    user: { roles: ['itil'] },
    options: rule({ record: 'sn_si_incident' }),
    finds: [/roles of bridge/, /security incidents/, /sn_si\.analyst/],
  },
  {
    fault: 'a user without the role for events',
    user: { roles: ['itil'] },
    options: rule({ record: 'em_event' }),
    finds: [/roles of bridge/, /send events/, /evt_mgmt_integration/],
  },
  {
    fault: 'a field that events do not have',
    options: rule({ record: 'em_event', fields: { short_description: 'x' } }),
    finds: [/field short_description/, /none that events have/, /metric_name/],
  },
  {
    fault: 'a user in another time zone',
    user: { timeZone: 'US/Pacific' },
    finds: [/user bridge/, /US\/Pacific/, /GMT/],
  },
  {
    fault: 'a user with another date format',
    user: { dateFormat: 'dd-MM-yyyy' },
    finds: [/user bridge/, /dd-MM-yyyy/, /yyyy-MM-dd/],
  },
  {
    fault: 'a wrong password',
    options: { auth: { method: 'basic', user: 'bridge', password: 'env:OTHER' } },
    finds: [/instance/, /refuses the credentials \(401\)/, /auth/],
  },
  {
    fault: 'client credentials that the instance does not allow',
    options: { auth: { method: 'client-credentials', client_id: 'app', client_secret: 'env:CLIENT' } },
    finds: [/instance/, /unsupported_grant_type/, /glide\.oauth\.inbound\.client\.credential\.grant_type\.enabled/],
  },
  {
    fault: 'a table whose plugin is not active',
    options: rule({ record: 'sn_si_incident' }),
    plant: ({ tables }) => {
      for (const row of tables.rows('sys_db_object').filter((one) => one['name'] === 'sn_si_incident'))
        tables.remove('sys_db_object', row['sys_id'] ?? '')
    },
    finds: [/table sn_si_incident/, /does not exist/, /Activate/],
  },
  {
    fault: 'a correlation_id that is not active: look-ups would find every record',
    plant: ({ tables }) => {
      change('sys_dictionary', { element: 'correlation_id' }, { active: 'false' })({ tables } as SimulatedServiceNow)
    },
    finds: [/field correlation_id/, /does not exist, or is not active/, /100 characters/],
  },
  {
    fault: 'a correlation_id that is too short',
    plant: change('sys_dictionary', { element: 'correlation_id' }, { max_length: '40' }),
    finds: [/field correlation_id/, /40 characters/, /100/],
  },
  {
    fault: 'a correlation_id that an ACL hides',
    plant: ({ tables, oddities }) => {
      tables.put('incident', { number: 'INC1', correlation_id: 'somebody', sys_created_on: '2026-01-01 00:00:00' })
      oddities.hiddenFields['incident'] = ['correlation_id']
    },
    finds: [/field correlation_id/, /hides correlation_id/, /ACL/],
  },
  {
    fault: 'a dictionary that may not be read',
    plant: ({ oddities }) => void (oddities.dictionaryProtected = true),
    finds: [/table incident/, /may not be read/, /personalize_dictionary/],
  },
  {
    fault: 'attachments without json',
    options: { attach: 'first' },
    plant: change('sys_properties', { name: 'glide.attachment.extensions' }, { value: 'pdf,png' }),
    finds: [/glide\.attachment\.extensions/, /does not list json/, /Add json/],
  },
  {
    fault: 'an import set without its transform map',
    options: { api: 'import-set' },
    finds: [/transform map of u_siembridge_ticket/, /does not exist/, /generate servicenow/],
  },
  {
    fault: 'a transform map that does not coalesce',
    options: { api: 'import-set' },
    plant: ({ tables }) => {
      for (const target_table of ['incident', 'sn_si_incident']) {
        const { sys_id: map = '' } = tables.put('sys_transform_map', {
          name: 'm',
          source_table: 'u_siembridge_ticket',
          target_table,
          active: 'true',
        })
        tables.put('sys_transform_entry', {
          map,
          source_field: 'u_correlation_id',
          target_field: 'correlation_id',
          coalesce: 'false',
        })
      }
    },
    finds: [/transform map/, /does not coalesce/, /coalesce/],
  },
  {
    fault: 'a rule that no event reaches',
    options: { rules: [{ name: 'all' }, { name: 'never', when: 'severity >= high' }] },
    finds: [/rule never/, /gets no event/, /first/],
  },
  {
    fault: 'an instance that sleeps',
    plant: ({ oddities }) => void (oddities.asleep = true),
    finds: [/instance/, /a page instead of JSON/, /instance is up/],
  },
]

const notGood = (findings: readonly Finding[]): Finding[] => findings.filter(({ is }) => is !== 'good')

describe('the pre-flight', () => {
  test('finds nothing in a right configuration', async () => {
    await using bench = await Bench.open(right)
    expect(notGood(await bench.check())).toEqual([])
    expect(bench.instance.tables.writes).toEqual([])
  })

  test('finds nothing in a configuration without rules of its own', async () => {
    await using bench = await Bench.open()
    expect(notGood(await bench.check())).toEqual([])
  })

  test('knows at least twenty faults', () => expect(faults.length).toBeGreaterThanOrEqual(20))

  test.each(faults)('finds $fault, with the field and the mend', async ({ options, user, plant, finds }) => {
    const [subject, says, help] = finds
    const clients = [{ id: 'app', secret: 'client secret', user: 'bridge' }]
    await using bench = await Bench.open({ ...right, ...options }, { users: [{ ...bridgeUser, ...user }], clients })
    Object.assign(bench.secrets, { 'env:OTHER': 'closed barley', 'env:CLIENT': 'client secret' })
    plant?.(bench.instance)
    const found = notGood(await bench.check())
    const match = found.filter((one) => subject.test(one.subject) && says.test(one.says) && help.test(one.help ?? ''))
    expect(match, JSON.stringify(found, undefined, 1)).not.toEqual([])
    expect(bench.instance.tables.writes).toEqual([])
  })
})
