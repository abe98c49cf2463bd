import type { EventClass } from '../generate/classes.ts'
import type { MappingKey } from '../generate/mapping-keys.ts'
import { activityOperation, providerOf } from './azure.ts'
import { envelopesOf } from './entra.ts'
import { workloadsOf } from './office.ts'
import { dsmOf, tablePrefix, tablesOf } from './payloads.ts'

/** What a shipped DSM looks events of a class up by, for mappings that IBM's own list lacks. */
export function nativeMappingKeys(of: EventClass): readonly MappingKey[] {
  switch (dsmOf(of.type)) {
    case 'azure-platform':
      return undecided(of) ? activityKeys(of.id) : []
    case 'entra-id':
      return entraKeys(of)
    case 'office-365':
      return undecided(of) ? workloadsOf(of.type).map((category) => ({ eventId: of.id, category })) : []
    case 'defender-xdr':
      return undecided(of) ? tableKeys(of) : []
    default:
      return []
  }
}

/** These DSMs' event ids do not say how it came out: one class an id is enough. */
const undecided = ({ outcomes, generic }: EventClass): boolean => outcomes.includes('') && !generic

const activityCategories: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^MICROSOFT\.AUTHORIZATION\/POLICIES\//, ['Policy']],
  [/^MICROSOFT\.SECURITY\/LOCATIONS\/ALERTS\//, ['Security']],
  [/^MICROSOFT\.SERVICEHEALTH\//, ['ServiceHealth']],
  [/^MICROSOFT\.RESOURCEHEALTH\//, ['ResourceHealth']],
  [/\/(ACTIVATED|RESOLVED)\/ACTION$/, ['Alert']],
  [/^MICROSOFT\.INSIGHTS\/AUTOSCALESETTINGS\/SCALE/, ['Autoscale']],
  [/^MICROSOFT\.ADVISOR\//, ['Recommendation']],
  [/\/WRITE$/, ['Write']],
  [/\/DELETE$/, ['Delete']],
  [/^/, ['Action']],
]

function activityKeys(id: string): MappingKey[] {
  const eventId = activityOperation(id)
  const categories = activityCategories.find(([pattern]) => pattern.test(eventId))?.[1] ?? []
  // As JSON the category of the log, present or former; as LEEF the resource provider.
  return [...new Set([...categories, 'Administrative', providerOf(eventId)])].map((category) => ({ eventId, category }))
}

/** `Add member to group-success`, category `AuditLogs` (sample of "Microsoft Entra ID"). Other logs name one operation each. */
function entraKeys(of: EventClass): MappingKey[] {
  if (of.type === 'entra.directory-audit') {
    if (of.generic) return []
    const result = of.outcomes.includes('success')
      ? ['-success']
      : of.outcomes.includes('failure')
        ? ['-failure', '-failed']
        : ['', '-timeout']
    return result.map((suffix) => ({ eventId: `${of.id.trim()}${suffix}`, category: 'AuditLogs' }))
  }
  if (!of.generic) return []
  return envelopesOf(of.type).flatMap(([category, operation]) =>
    signInResults(of).map((suffix) => ({ eventId: `${operation}${suffix}`, category })),
  )
}

const signInResults = ({ outcomes }: EventClass): string[] =>
  outcomes.flatMap((outcome) => (outcome === '' ? [''] : outcome === 'unknown' ? [] : [`-${outcome}`]))

/** Actions of tables whose ids are not the actions themselves. */
const actions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'xdr.email': {
    'email.phish-zap': ['Phish ZAP'],
    'email.malware-zap': ['Malware ZAP'],
    'email.spam-zap': ['Spam ZAP'],
    'email.manual-remediation': ['Manual remediation'],
    'email.dynamic-delivery': ['Dynamic Delivery'],
  },
  'xdr.streaming': {
    DeviceImageLoadEvents: ['ImageLoaded'],
    IdentityQueryEvents: ['LDAP query', 'SAMR query', 'DNS query'],
  },
}

/** By the action, or the table itself where its rows have none. */
function tableKeys({ id, type }: EventClass): MappingKey[] {
  // The general type takes any table: its ids are their names.
  const tables = tablesOf(type).map((table) => (table.endsWith('*') ? `${tablePrefix}${id}` : table))
  const names = actions[type]?.[id] ?? [id]
  return tables.flatMap((category) => [...names, category].map((eventId) => ({ eventId, category })))
}
