import { leefKeys } from '@siembridge/formats'
import { leefItems } from '@siembridge/engine/lines'
import { type FlatItem, flatKeys } from '@siembridge/engine/plans'
import { isForRules, leefPropertyName, ownKeys, propertyName } from '../fields.ts'
import { eventClasses } from '../generate/classes.ts'
import { leefMappingKeys } from '../generate/mapping-keys.ts'
import { qidRows } from './classes-to-rows.ts'
import { type Plan, planFormat } from './model.ts'

/** IBM ships it for LEEF of any vendor. */
export const universalLeef = { key: 'universal-leef', name: 'Universal LEEF', shipped: true, idHint: 212 } as const

const isNumber = ({ type, many }: FlatItem): boolean =>
  !many && (type === 'long' || type === 'float' || type === 'port')

/** Keys of ours that every line has. */
const own = ['sb_event_id', 'sb_type', 'sb_name', 'sb_category'] as const

/** Lines of LEEF to the type Universal LEEF: everything can be set up over the console's API. */
export function leefPlan(types: readonly string[], identifier: string): Plan {
  const type = universalLeef.key
  const rows = qidRows(
    'leef',
    type,
    types.flatMap((id) => eventClasses(id)),
    leefMappingKeys,
  )
  const { properties, expressions } = leefProperties(types)
  return {
    format: planFormat,
    way: 'leef',
    sends: { format: 'leef', hostname: identifier },
    logSourceTypes: [{ ...universalLeef }],
    logSources: [
      {
        name: `SIEMbridge (${identifier})`,
        description: 'Events of Microsoft clouds as LEEF, sent by SIEMbridge',
        type,
        identifier,
      },
    ],
    ...rows,
    properties,
    expressions,
  }
}

/** Attributes that QRadar does not normalise: each a property. */
export function leefProperties(types: readonly string[]): Pick<Plan, 'properties' | 'expressions'> {
  const numbers = new Set(
    types.flatMap((id) =>
      flatKeys(id)
        .filter(isNumber)
        .map(({ key }) => key),
    ),
  )
  const properties: Plan['properties'] = own.map((key) => ({
    name: propertyName(key),
    description: `${ownKeys[key]} (${key})`,
    propertyType: 'string',
    useForRules: false,
  }))
  const keys = new Map<string, string>(own.map((key) => [key, propertyName(key)]))
  for (const { key, field, predefined } of types.flatMap((id) => leefItems(id))) {
    if (keys.has(key) || (predefined && leefKeys[key]?.normalized === true && key !== 'identHostName')) continue
    const name = predefined ? leefPropertyName(key) : propertyName(key)
    const numeric = predefined ? leefKeys[key]?.type === 'integer' : numbers.has(key)
    keys.set(key, name)
    properties.push({
      name,
      description: predefined ? `The LEEF attribute ${key}` : field,
      propertyType: numeric ? 'numeric' : 'string',
      useForRules: !predefined && isForRules(field),
    })
  }
  const expressions = [...keys].map(([key, property]) => ({
    property,
    type: universalLeef.key,
    kind: 'leef' as const,
    expression: key,
  }))
  return { properties, expressions }
}
