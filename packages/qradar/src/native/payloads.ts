import { logTypes } from '@siembridge/catalog'
import { shrinkLeef } from '@siembridge/formats'
import type { EventView, Inspected } from '@siembridge/engine/inspect'
import { type Json, type JsonObject, parseJson } from '@siembridge/engine/json'
import { activityJson, activityLeef } from './azure.ts'
import type { DsmKey } from './dsms.ts'
import { entraPayload, entraTypes } from './entra.ts'
import { officeRecord } from './office.ts'
import { shrinkRecord } from './shrink.ts'

/** How the activity log goes out: JSON as Event Hubs send it, or the LEEF of Azure Log Integration. */
export const activityForms = ['json', 'leef'] as const
export type ActivityForm = (typeof activityForms)[number]

export interface PayloadOptions {
  readonly activity: ActivityForm
  /** Longest payload in bytes; 0 for no limit. */
  readonly maxBytes: number
}

export const tablePrefix = 'AdvancedHunting-'

/** The shipped DSM for a log type, or undefined where none reads it. Records of XDR are those of the streaming API. */
export function dsmOf(type: string): DsmKey | undefined {
  if (type === 'azure.activity') return 'azure-platform'
  if (entraTypes.includes(type)) return 'entra-id'
  if (type.startsWith('o365.')) return 'office-365'
  return tablesOf(type).length > 0 ? 'defender-xdr' : undefined
}

/** Tables of advanced hunting that a log type takes, as the streaming API names them. */
export function tablesOf(type: string): readonly string[] {
  const shapes = Object.values(logTypes.find(({ id }) => id === type)?.shapes ?? {})
  return shapes
    .flatMap(({ when }) => [when.is, when.also].flatMap((test) => (test?.[0] === 'category' ? test.slice(1) : [])))
    .filter((table) => table.startsWith(tablePrefix))
}

/**
 * What a shipped DSM parses of an event, one message: Microsoft's record in the shape of the door that the DSM knows.
 * Undefined where there is no DSM for its log type.
 */
export function nativePayload(
  view: EventView,
  inspected: Inspected,
  { activity, maxBytes }: PayloadOptions,
): string | undefined {
  switch (dsmOf(view.type)) {
    case 'azure-platform':
      if (activity === 'leef')
        return maxBytes === 0 ? activityLeef(view) : shrinkLeef(activityLeef(view), maxBytes, 'utf8')
      return shrinkRecord(activityJson(view, inspected), maxBytes)
    case 'entra-id':
      return shrinkRecord(entraPayload(view, inspected), maxBytes)
    case 'office-365':
      return shrinkRecord(officeRecord(view, inspected), maxBytes)
    case 'defender-xdr':
      return shrinkRecord(streamingRecord(view, inspected), maxBytes)
    default:
      return undefined
  }
}

/** The record with its time in ISO 8601, and `properties` as an object. */
function streamingRecord(view: EventView, { text }: Inspected): JsonObject {
  const record = parseJson(text) as JsonObject
  return new Map<string, Json>(
    [...record].map(([key, value]) => {
      if (key === 'time' && view.time !== undefined) return [key, `${view.time.slice(0, 23)}Z`]
      return [key, key === 'properties' && typeof value === 'string' ? (nested(value) ?? value) : value]
    }),
  )
}

function nested(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
