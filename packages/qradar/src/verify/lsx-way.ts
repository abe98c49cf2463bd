import type { OutputFile, ParsedEvent, ParserProblem } from '@siembridge/core'
import type { EventView, Inspected } from '@siembridge/engine/inspect'
import { lineOf } from '@siembridge/engine/lines'
import type { Format } from '@siembridge/engine'
import { checkLsx } from '../evaluate/check.ts'
import { evaluate } from '../evaluate/event.ts'
import { templateValue } from '../evaluate/keypath-value.ts'
import { Compiled, isRefusal } from '../evaluate/pattern.ts'
import { presets } from '../evaluate/switches.ts'
import { Views } from '../evaluate/views.ts'
import type { Lsx } from '../lsx/model.ts'
import { readLsx } from '../lsx/read.ts'
import type { Plan } from '../plan/model.ts'
import { expectedFields, expectedFlatProperties } from './expected.ts'
import { qidTables } from './plan-table.ts'
import { compare, readEvent, shownFields, stateOf, timeField } from './result.ts'
import { collector, headerFor, received, type WayVerifier } from './way.ts'

interface Loaded {
  readonly lsx: Lsx
  readonly compiled: Compiled
}

/** Loads an extension and what is wrong with it. */
export function loadLsx({ path, content }: OutputFile): {
  readonly loaded?: Loaded
  readonly problems: ParserProblem[]
} {
  const { lsx, problems } = readLsx(path, content)
  if (!lsx) return { problems }
  const compiled = new Compiled()
  return { loaded: { lsx, compiled }, problems: [...problems, ...checkLsx(lsx, compiled)] }
}

/** Events as JSON, each parsed by the extension of its log type, and by the plan's properties. */
export function lsxWay(plan: Plan, extensions: ReadonlyMap<string, Loaded>, maxPayload: number): WayVerifier {
  const tables = qidTables(plan)
  const paths = new Compiled()
  const expressions = Map.groupBy(plan.expressions, ({ type }) => type)
  const format = plan.sends.format as Format
  return (view, inspected) => {
    const planned = plan.logSourceTypes.find(({ key }) => key === view.type)
    const extension = planned?.extension && extensions.get(planned.extension.file)
    if (!extension) return undefined
    const payload = payloadOf(view, inspected, format, plan.sends.hostname, maxPayload)
    const lookUp = tables.get(view.type) ?? (() => undefined)
    const { event, ambiguous } = readEvent((ask) =>
      evaluate(extension.lsx, extension.compiled, payload, { lookUp, collector }, ask),
    )
    const views = new Views(payload, presets)
    const properties = new Map<string, string>()
    for (const { property, expression } of expressions.get(view.type) ?? []) {
      const path = paths.path(expression, false)
      const value = isRefusal(path) ? undefined : templateValue(views.json, path, presets)
      if (value !== undefined) properties.set(property, value)
    }
    const got = new Map([...Object.entries(event.fields), ...properties])
    if (event.time !== undefined) got.set(timeField, new Date(event.time).toISOString())
    const cut = payload.includes('"sb_truncated":1')
    const known = new Set(expressions.get(view.type)?.map(({ property }) => property))
    const wanted = [...expectedFlatProperties(view, inspected.candidate)].filter(([name]) => known.has(name))
    const expected = new Map([...expectedFields(view), ...wanted])
    const parsed: ParsedEvent = {
      is: stateOf(event, view.type),
      parser: extension.lsx.file,
      type: view.type,
      fields: shownFields(event, properties),
      problems: compare(expected, got, cut),
      ambiguous,
    }
    return parsed
  }
}

/** A message as it comes: header, event, shortened where its format can be, and else cut. */
export function payloadOf(
  view: EventView,
  inspected: Inspected,
  format: Format,
  hostname: string,
  maxPayload: number,
): string {
  const header = headerFor(view, hostname)
  const room = maxPayload === 0 ? 0 : Math.max(512, maxPayload - header.length)
  return received(header + lineOf(view, inspected, format, room), maxPayload)
}
