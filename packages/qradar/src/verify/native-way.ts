import type { KitOptions } from '@siembridge/core'
import type { EventView } from '@siembridge/engine/inspect'
import { isObject } from '@siembridge/engine/json'
import { evaluateShipped } from '../evaluate/shipped.ts'
import { presets } from '../evaluate/switches.ts'
import { fieldValue } from '../evaluate/values.ts'
import { Views } from '../evaluate/views.ts'
import { activityOperation } from '../native/azure.ts'
import { type ActivityForm, dsmOf, nativePayload } from '../native/payloads.ts'
import type { Plan } from '../plan/model.ts'
import { qidTables } from './plan-table.ts'
import { compare, shownFields, stateOf, timeField } from './result.ts'
import { collector, headerFor, received, type WayVerifier } from './way.ts'

/**
 * Records as the shipped DSMs parse them. A mapping that IBM ships counts as one of the plan's; user and address are compared
 * where the DSM's documented places hold one.
 */
export function nativeWay(plan: Plan, options: KitOptions, maxPayload: number): WayVerifier {
  const tables = qidTables(plan)
  const activity = (options['activity'] ?? 'json') as ActivityForm
  return (view, inspected) => {
    const dsm = dsmOf(view.type)
    // A record goes out once, however many events are in it.
    if (dsm === undefined || !tables.has(dsm) || view !== inspected.views[0]) return undefined
    const header = headerFor(view, plan.sends.hostname)
    const maxBytes = maxPayload === 0 ? 0 : maxPayload - header.length
    const message = header + (nativePayload(view, inspected, { activity, maxBytes }) ?? '')
    const payload = received(message, maxPayload)
    const event = evaluateShipped(dsm, payload, { lookUp: tables.get(dsm) ?? (() => undefined), collector })
    const got = new Map(Object.entries(event.fields))
    if (event.time !== undefined) got.set(timeField, new Date(event.time).toISOString())
    const expected = new Map<string, string>()
    // Azure Log Integration wrote whole seconds.
    const digits = payload.includes('LEEF:') ? 19 : 23
    // Office 365 logs when the record was made (sample of "Microsoft Office 365").
    if (view.time !== undefined && dsm !== 'office-365')
      expected.set(timeField, `${view.time.slice(0, digits).padEnd(23, '.000')}Z`)
    const ip = view.fields.get('source.ip')?.[0]
    for (const field of ['SourceIp', 'SourceIpv6'] as const)
      if (got.has(field) && ip !== undefined && dsm !== 'office-365') expected.set(field, fieldValue(field, ip) ?? '')
    const { json } = new Views(payload, presets)
    const state = stateOf(event, view.type)
    return {
      is: state === 'unknown' && isGeneric(view, event.fields.EventName ?? '') ? 'generic' : state,
      parser: `${dsm}, as documented`,
      type: view.type,
      fields: shownFields(event, new Map()),
      problems: compare(expected, got, isObject(json) && json.has('sb_truncated')),
      ambiguous: [],
    }
  }
}

/** Whether the catalog itself knows the event under no id of its own: then QRadar's list decides. */
function isGeneric(view: EventView, eventId: string): boolean {
  if (view.signature.id === view.type) return true
  return view.type === 'azure.activity' && activityOperation(view.signature.id) !== eventId
}
