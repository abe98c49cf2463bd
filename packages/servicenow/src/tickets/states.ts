import { type CanonicalState, fromNative, type System } from '@siembridge/sync'
import type { Row } from '../client/table.ts'
import type { Rule } from '../rules/rule.ts'
import type { RecordTable } from '../rules/rule-options.ts'
import type { TableSchema } from '../schema/schema.ts'
import { fit, oneLine } from './text.ts'

interface TableStates {
  readonly system: System
  readonly resolve: string
  readonly reopen: string
  readonly cancel: string
  /** No way back for the usual roles: closed and cancelled. */
  readonly final: readonly string[]
  /** Field that says which record another one belongs to or repeats. */
  readonly parent: string
}

/** Both state models: of Incident Management, and the NIST one of Security Incident Response. */
export const tableStates: Readonly<Record<Exclude<RecordTable, 'em_event'>, TableStates>> = {
  incident: {
    system: 'servicenow-incident',
    resolve: '6',
    reopen: '2',
    cancel: '8',
    final: ['7', '8'],
    parent: 'parent_incident',
  },
  sn_si_incident: {
    system: 'servicenow-sir',
    resolve: '3',
    reopen: '16',
    cancel: '7',
    final: ['3', '7'],
    parent: 'parent_security_incident',
  },
}

export const statesOf = (table: string): TableStates => tableStates[table === 'sn_si_incident' ? table : 'incident']

export const canonicalOf = (table: string, row: Row): CanonicalState | undefined =>
  fromNative(statesOf(table).system, {
    state: row['state'] ?? '',
    ...(row['close_code'] && { verdict: row['close_code'] }),
  })

/** Usual close codes, by what they say; instances keep different lists, and older ones other words. */
const closeCodes: Readonly<Record<'true' | 'false' | 'benign', readonly string[]>> = {
  true: [
    'Threat mitigated',
    'Solution provided',
    'Solved (Permanently)',
    'Resolved by request',
    'Solved Remotely (Permanently)',
  ],
  false: [
    'False positive',
    'No resolution provided',
    'Not Solved (Not Reproducible)',
    'Solution provided',
    'Solved (Permanently)',
  ],
  benign: ['Investigation completed', 'Resolved by request', 'Solution provided', 'Solved (Permanently)'],
}

/** The close code for a resolved ticket; undefined where the instance has none of the usual ones. */
export function closeCode(rule: Rule, schema: TableSchema, canonical: CanonicalState): string | undefined {
  const choices = schema.choices.get('close_code')?.map(({ value }) => value)
  const wanted = schema.table === rule.table ? rule.options.close_code : undefined
  if (wanted !== undefined) return !choices || choices.includes(wanted) ? wanted : undefined
  const kind = canonical.endsWith('false-positive') ? 'false' : canonical.endsWith('benign') ? 'benign' : 'true'
  const usual = closeCodes[kind]
  if (!choices || choices.length === 0) return schema.table === 'incident' ? 'Solution provided' : usual[0]
  return usual.find((code) => choices.includes(code))
}

/** Fields that resolve a ticket; undefined where the instance has no close code for it. */
export function resolving(
  rule: Rule,
  schema: TableSchema,
  canonical: CanonicalState,
  says: string,
): Readonly<Record<string, string>> | undefined {
  const code = closeCode(rule, schema, canonical)
  if (code === undefined) return undefined
  // The rule may make records of another table now; states are those of the ticket's own.
  const own = schema.table === rule.table ? rule.options.resolve_state : undefined
  const state = String(own ?? statesOf(schema.table).resolve)
  const length = schema.fields.get('close_notes')?.length || 4000
  return { state, close_code: code, close_notes: fit(oneLine(says), length) }
}

/** Times come in UTC where display values are not asked for: `2026-01-19 04:52:04`. */
export const timeOf = (text: string | undefined): number => (text ? Date.parse(`${text.replace(' ', 'T')}Z`) : NaN)
