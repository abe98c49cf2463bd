import type { Format } from '@siembridge/engine'
import { leefKey } from '../evaluate/extract.ts'
import { evaluateLeef } from '../evaluate/universal-leef.ts'
import { Views } from '../evaluate/views.ts'
import { presets } from '../evaluate/switches.ts'
import type { Plan } from '../plan/model.ts'
import { expectedLeefFields, expectedLeefProperties } from './expected.ts'
import { payloadOf } from './lsx-way.ts'
import { qidTables } from './plan-table.ts'
import { compare, readEvent, shownFields, stateOf, timeField } from './result.ts'
import { collector, type WayVerifier } from './way.ts'

/** Events as LEEF, parsed by Universal LEEF and the plan's properties. */
export function leefWay(plan: Plan, file: string, maxPayload: number): WayVerifier {
  const [type] = plan.logSourceTypes
  const lookUp = qidTables(plan).get(type?.key ?? '') ?? (() => undefined)
  const known = new Set(plan.expressions.map(({ property }) => property))
  return (view, inspected) => {
    const payload = payloadOf(view, inspected, plan.sends.format as Format, plan.sends.hostname, maxPayload)
    const { event, ambiguous } = readEvent((ask) => evaluateLeef(payload, { lookUp, collector }, ask))
    const { leef } = new Views(payload, presets)
    const properties = new Map<string, string>()
    for (const { property, expression } of plan.expressions) {
      const value = leefKey(leef, expression)
      if (value !== undefined) properties.set(property, value)
    }
    const got = new Map([...Object.entries(event.fields), ...properties])
    if (event.time !== undefined) got.set(timeField, new Date(event.time).toISOString())
    const expected = new Map([
      ...expectedLeefFields(view, inspected.candidate),
      ...[...expectedLeefProperties(view, inspected.candidate)].filter(([name]) => known.has(name)),
    ])
    return {
      is: stateOf(event, view.type),
      parser: file,
      type: view.type,
      fields: shownFields(event, properties),
      problems: compare(expected, got, payload.includes('sbTruncated=1')),
      ambiguous,
    }
  }
}
