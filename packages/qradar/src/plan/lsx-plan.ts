import { logTypes, type LogType } from '@siembridge/catalog'
import { flatKeys } from '@siembridge/engine/plans'
import { isForRules, needsProperty, ownKeys, propertyName } from '../fields.ts'
import { eventClasses } from '../generate/classes.ts'
import { flatPath, type Form, formFolder } from '../generate/forms.ts'
import { lsxMappingKeys } from '../generate/mapping-keys.ts'
import { qidRows } from './classes-to-rows.ts'
import { type Plan, planFormat } from './model.ts'

const numeric = new Set(['long', 'float', 'port'])
const own = ['sb_event_id', 'sb_type', 'sb_severity', 'sb_signature_name', 'sb_category'] as const

/** Folder of what is generated for a form. */
export const lsxFolder = (form: Form): string => `lsx-${formFolder[form]}`

/** File of a log type's extension, in the folder of its form. */
export const lsxFile = (type: string): string => `${type}.lsx.xml`

/** Name of a log type's own log source type, and of its extension. */
export const lsxTypeName = ({ title }: Pick<LogType, 'title'>): string => `SIEMbridge ${title}`

/** JSON of a flat form to a log source type of one's own for each log type, parsed by an extension. */
export function lsxPlan(ids: readonly string[], identifier: string, form: Exclude<Form, 'raw'>): Plan {
  const types = ids.map((id) => logTypes.find((t) => t.id === id)).filter((t) => t !== undefined)
  const rows = types.map((t) => qidRows('lsx', t.id, eventClasses(t.id), lsxMappingKeys))
  const { properties, expressions } = flatProperties(ids, form)
  return {
    format: planFormat,
    way: 'lsx',
    sends: { format: form, hostname: `${identifier}-{type}` },
    logSourceTypes: types.map((t) => ({
      key: t.id,
      name: lsxTypeName(t),
      shipped: false,
      extension: { name: lsxTypeName(t), file: lsxFile(t.id) },
    })),
    logSources: types.map((t) => ({
      name: `${lsxTypeName(t)} (${identifier})`,
      description: `${t.title} as JSON, sent by SIEMbridge`.slice(0, 255),
      type: t.id,
      identifier: `${identifier}-${t.id}`,
    })),
    qidRecords: rows.flatMap((r) => r.qidRecords),
    eventMappings: rows.flatMap((r) => r.eventMappings),
    properties,
    expressions,
  }
}

/** One property a key, whatever log types have it; one expression a property and log type. */
function flatProperties(ids: readonly string[], form: Exclude<Form, 'raw'>): Pick<Plan, 'properties' | 'expressions'> {
  const properties = new Map<string, Plan['properties'][number]>()
  const expressions: Plan['expressions'] = []
  const add = (type: string, key: string, description: string, isNumber: boolean, useForRules: boolean): void => {
    const name = propertyName(key)
    if (!properties.has(name))
      properties.set(name, { name, description, propertyType: isNumber ? 'numeric' : 'string', useForRules })
    expressions.push({ property: name, type, kind: 'json', expression: flatPath(form, key) })
  }
  for (const id of ids) {
    for (const key of own) add(id, key, `${ownKeys[key]} (${key})`, false, false)
    for (const { field, key, type, many } of flatKeys(id))
      if (needsProperty(field)) add(id, key, field, numeric.has(type) && !many, isForRules(field))
  }
  return { properties: [...properties.values()], expressions }
}
