import { eventClasses } from '../generate/classes.ts'
import { dsms, type DsmKey } from '../native/dsms.ts'
import { nativeMappingKeys } from '../native/mapping-keys.ts'
import { dsmOf } from '../native/payloads.ts'
import { qidRows } from './classes-to-rows.ts'
import { type Plan, planFormat } from './model.ts'

/**
 * Records in the shapes that IBM's own DSMs parse. The mappings are those that a console lacks: one that IBM ships is kept.
 */
export function nativePlan(types: readonly string[], identifier: string): Plan {
  const byDsm = Map.groupBy(
    types.filter((type) => dsmOf(type) !== undefined),
    (type) => dsmOf(type) as DsmKey,
  )
  const rows = [...byDsm].map(([key, list]) =>
    qidRows(
      'native',
      key,
      list.flatMap((id) => eventClasses(id)),
      nativeMappingKeys,
    ),
  )
  return {
    format: planFormat,
    way: 'native',
    sends: { format: 'native', hostname: `${identifier}-{type}` },
    logSourceTypes: [...byDsm.keys()].map((key) => {
      const { name, ...dsm } = dsms[key]
      return { key, name, shipped: true, ...('idHint' in dsm && { idHint: dsm.idHint }) }
    }),
    logSources: [...byDsm].flatMap(([key, list]) =>
      list.map((type) => ({
        name: `${dsms[key].name} ${type} (${identifier})`,
        description: `Records of ${type}, sent by SIEMbridge`,
        type: key,
        identifier: `${identifier}-${type}`,
      })),
    ),
    qidRecords: rows.flatMap((r) => r.qidRecords),
    eventMappings: rows.flatMap((r) => r.eventMappings),
    properties: [],
    expressions: [],
  }
}
