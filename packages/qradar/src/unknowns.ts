import { logTypes } from '@siembridge/catalog'
import { inspect } from '@siembridge/engine/inspect'
import { categoryRules } from './categories/rules.ts'
import { categoryChoices, lowLevelCategory } from './categories/low-level.ts'
import { evaluateShipped } from './evaluate/shipped.ts'
import { dsms } from './native/dsms.ts'
import { nativeMappingKeys } from './native/mapping-keys.ts'
import { eventClasses } from './generate/classes.ts'
import { dsmOf, nativePayload } from './native/payloads.ts'
import { qidRows } from './plan/classes-to-rows.ts'
import { type Plan, planFormat } from './plan/model.ts'

/** An operation that the catalog does not list, as it was met. */
export interface UnknownOperation extends Readonly<Record<string, string | number>> {
  readonly type: string
  /** In the word of the source. */
  readonly operation: string
  readonly events: number
  /** What a shipped DSM looks it up by; empty where there is none for the log type. */
  readonly eventId: string
  readonly eventCategory: string
  /** A QID record that would fit. */
  readonly name: string
  readonly severity: number
  readonly category: string
}

/** Gathers operations that went out under the general id of their log type, or that a shipped DSM has no mapping of ours for. */
export class UnknownOperations {
  private readonly found = new Map<string, UnknownOperation>()
  private readonly known = new Map<string, ReadonlySet<string>>()

  /** Looks at a record (strict JSON). Records of no log type are passed over. */
  record(bytes: Buffer): void {
    const inspected = inspect(bytes)
    const view = inspected?.views[0]
    if (!inspected || !view) return
    const native = this.native(view.type, nativePayload(view, inspected, { activity: 'json', maxBytes: 0 }))
    const generic = view.signature.id === view.type
    if (!generic && (!native || native.known)) return
    const operation =
      view.fields.get('microsoft.operation')?.[0] ??
      view.fields.get('event.action')?.[0] ??
      native?.eventId ??
      view.signature.id
    const key = `${view.type}\0${operation}\0${native?.eventId ?? ''}\0${native?.category ?? ''}`
    const before = this.found.get(key)
    this.found.set(key, before ? { ...before, events: before.events + 1 } : rowOf(view.type, operation, native))
  }

  /** Most frequent first. */
  rows(): readonly UnknownOperation[] {
    return [...this.found.values()].toSorted((a, b) => b.events - a.events)
  }

  /** Rows for the shipped DSMs, as `apply` takes them. Other ways map the general id already. */
  plan(): Plan {
    const rows = this.rows().filter(({ eventId }) => eventId !== '')
    const byDsm = Map.groupBy(rows, ({ type }) => dsmOf(type) ?? 'office-365')
    const parts = [...byDsm].map(([dsm, list]) =>
      qidRows(
        'native',
        dsm,
        list.map((row) => ({
          type: row.type,
          id: row.eventId,
          outcomes: [''],
          name: row.name,
          description: `Operation ${row.operation} of ${row.type}`,
          severity: row.severity,
          categories: categoryChoices(row.category),
          generic: false,
        })),
        ({ id }) =>
          list.filter((row) => row.eventId === id).map((row) => ({ eventId: id, category: row.eventCategory })),
      ),
    )
    return {
      format: planFormat,
      way: 'native',
      sends: { format: 'native', hostname: 'siembridge-{type}' },
      logSourceTypes: [...byDsm.keys()].map((key) => {
        const { name, ...dsm } = dsms[key]
        return { key, name, shipped: true, ...('idHint' in dsm && { idHint: dsm.idHint }) }
      }),
      logSources: [],
      qidRecords: parts.flatMap(({ qidRecords }) => qidRecords),
      eventMappings: parts.flatMap(({ eventMappings }) => eventMappings),
      properties: [],
      expressions: [],
    }
  }

  private native(type: string, payload: string | undefined) {
    const dsm = dsmOf(type)
    if (dsm === undefined || payload === undefined) return undefined
    let known = this.known.get(type)
    if (!known) {
      known = new Set(eventClasses(type).flatMap((c) => nativeMappingKeys(c).map((k) => `${k.eventId}\0${k.category}`)))
      this.known.set(type, known)
    }
    const { fields } = evaluateShipped(dsm, payload, { lookUp: () => undefined, collector: { now: 0, zone: 0 } })
    const { EventName: eventId = '', EventCategory: category = '' } = fields
    return { eventId, category, known: known.has(`${eventId}\0${category}`) }
  }
}

function rowOf(
  type: string,
  operation: string,
  native: { eventId: string; category: string } | undefined,
): UnknownOperation {
  const rule = categoryRules.find(({ when }) => when.test(`${type} ${operation}`.toLowerCase()))
  const category = rule?.is ?? 'General Audit Event'
  const product = logTypes.find(({ id }) => id === type)?.product ?? type
  return {
    type,
    operation,
    events: 1,
    eventId: native?.eventId ?? '',
    eventCategory: native?.category ?? '',
    name: `${product}: ${operation}`.slice(0, 255),
    severity: Math.max(1, rule?.severity ?? lowLevelCategory(category).severity),
    category,
  }
}
